import { answerRequest } from "#app/api/answer-request.ts";
import { signOutHere } from "#lib/platform/auth/browser.ts";
import { currentSession } from "#lib/platform/auth/session.ts";

/** How long this session lasts. Asking doesn't make it longer. */
export async function GET(): Promise<Response> {
  return answerRequest(async () => {
    const session = await currentSession();
    return Response.json({ secondsLeft: session?.secondsLeft ?? 0 }, { headers: { "Cache-Control": "no-store" } });
  });
}

/** The page tells that somebody is there; what is posted is a person's doing (proxy.ts). */
export const POST = GET;

/** Ends it. */
export async function DELETE(): Promise<Response> {
  return answerRequest(async () => {
    await signOutHere();
    return new Response(null, { status: 204 });
  });
}
