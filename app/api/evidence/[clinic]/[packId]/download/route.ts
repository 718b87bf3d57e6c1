import { answerRequest } from "#app/api/answer-request.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { downloadEvidencePack } from "#lib/domain/evidence/commands/download-evidence-pack.ts";
import { getEvidencePackChunk } from "#lib/domain/evidence/queries.ts";
import { currentSession } from "#lib/platform/auth/session.ts";

type Context = { params: Promise<{ clinic: string; packId: string }> };

/** Hands out a pack. POST, because it leaves an entry in the ledger: nothing that only looks ahead may count as a download. */
export async function POST(_request: Request, { params }: Context): Promise<Response> {
  // The form is sent by a person at a page: they are shown the way in, which 307 would send the form to.
  if ((await currentSession()) === null) return new Response(null, { status: 303, headers: { Location: "/sign-in" } });
  return answerRequest(async () => {
    const { clinic, packId } = await params;
    const ctx = await requireClinicContext(clinic);
    const { fileName } = await downloadEvidencePack(ctx, { packId });
    return new Response(packStream(ctx, packId), {
      headers: {
        "Content-Type": "application/zip",
        // The name is of letters, digits, dots and dashes only (complete-evidence-pack.ts).
        "Content-Disposition": `attachment; filename="${fileName}"`,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
    });
  });
}

// One piece at a time, asked for as the reader takes it: memory does not grow with the pack.
function packStream(ctx: ClinicContext, packId: string): ReadableStream<Uint8Array> {
  let number = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = await getEvidencePackChunk(ctx, { packId, number });
      number += 1;
      if (piece === null) controller.close();
      else controller.enqueue(piece);
    },
  });
}
