import { answerRequest } from "#app/api/answer-request.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getEmergencyBanner } from "#lib/domain/clinic/emergency-access/queries.ts";
import type { EmergencyStatusAnswer } from "#lib/domain/clinic/emergency-access/schema.ts";

type Context = { params: Promise<{ clinic: string; useId: string }> };

/** Whether a use whose banner a tab shows is open still. A question of the page's own: it keeps no session open (proxy.ts). */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return answerRequest(async () => {
    const { clinic, useId } = await params;
    const { own, open } = await getEmergencyBanner(await requireClinicContext(clinic), {});
    const answer: EmergencyStatusAnswer = { open: own?.useId === useId || open.some((use) => use.useId === useId) };
    return Response.json(answer, { headers: { "Cache-Control": "no-store" } });
  });
}
