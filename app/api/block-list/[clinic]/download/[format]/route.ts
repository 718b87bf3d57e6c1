import { answerRequest } from "#app/api/answer-request.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getBlockListFile } from "#lib/domain/tools/block-list/queries.ts";
import type { BlockListFormat } from "#lib/domain/tools/block-list/schema.ts";

type Context = { params: Promise<{ clinic: string; format: string }> };

/** The block list as a file, for somebody who is signed in. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return answerRequest(async () => {
    const { clinic, format } = await params;
    const ctx = await requireClinicContext(clinic);
    // The query parses what the address says before it believes it.
    const { bytes, fileName, mediaType } = await getBlockListFile(ctx, { format: format as BlockListFormat });
    return new Response(bytes, {
      headers: {
        "Content-Type": mediaType,
        "Content-Disposition": `attachment; filename="${fileName}"`,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
    });
  });
}
