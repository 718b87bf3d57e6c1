import { answerRequest } from "#app/api/answer-request.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getFile } from "#lib/domain/files/queries.ts";
import { contentDispositionOf } from "#lib/domain/files/rules.ts";
import { currentSession } from "#lib/platform/auth/session.ts";

type Context = { params: Promise<{ clinic: string; fileId: string }> };

/**
 * Hands out a kept file to save, never to show: what somebody brought doesn't run in our name. It only reads, so it leaves
 * nothing in the ledger. Next answers HEAD with the same headers, and sends no length of a body with either.
 */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  // A person follows the link from a page; after a night they are shown the way in again.
  if ((await currentSession()) === null) {
    return new Response(null, { status: 303, headers: { Location: "/sign-in", "Cache-Control": "no-store" } });
  }
  return answerRequest(async () => {
    const { clinic, fileId } = await params;
    const ctx = await requireClinicContext(clinic);
    const { name, mediaType, bytes } = await getFile(ctx, { fileId });
    return new Response(bytes, {
      headers: {
        "Content-Type": mediaType,
        "Content-Disposition": contentDispositionOf(name),
        "X-Content-Type-Options": "nosniff",
        // The proxy sets the same; the route doesn't count on it.
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "Cache-Control": "no-store",
      },
    });
  });
}
