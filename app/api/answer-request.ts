import "server-only";
import { unstable_rethrow } from "next/navigation";
import { Conflict, Forbidden, InvalidInput, NotFound } from "#lib/kernel/errors.ts";
import { currentSession } from "#lib/platform/auth/session.ts";

/**
 * The one way from a route handler to a command or query: signed out is 401, a missing permission 403, and what isn't
 * there, or can't be, 404.
 */
export async function answerRequest(work: () => Promise<Response>): Promise<Response> {
  if ((await currentSession()) === null) return empty(401);
  try {
    return await work();
  } catch (error) {
    unstable_rethrow(error);
    if (error instanceof Forbidden) return empty(403);
    if (error instanceof NotFound || error instanceof InvalidInput) return empty(404);
    if (error instanceof Conflict) return empty(409);
    throw error;
  }
}

function empty(status: number): Response {
  return new Response(null, { status, headers: { "Cache-Control": "no-store" } });
}
