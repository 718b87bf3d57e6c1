import { answerRequest } from "#app/api/answer-request.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getEvidencePack } from "#lib/domain/evidence/queries.ts";
import type { PackProgressAnswer } from "#lib/domain/evidence/schema.ts";

type Context = { params: Promise<{ clinic: string; packId: string }> };

/** How far a pack is, for the page that waits for it. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return answerRequest(async () => {
    const { clinic, packId } = await params;
    const ctx = await requireClinicContext(clinic);
    const { status, progress } = await getEvidencePack(ctx, { packId });
    const answer: PackProgressAnswer = { status, progress };
    return Response.json(answer, { headers: { "Cache-Control": "no-store" } });
  });
}
