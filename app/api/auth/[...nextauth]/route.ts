import type { NextRequest } from "next/server";
import { handlers } from "#lib/platform/auth/config.ts";

// Our own pages sign in and out. `session` would hand the cookie's token to any script of the page, and `callback`
// would take a token without the sign-in page's waiting times, so neither is served.
const SERVED = new Set(["csrf", "signin", "signout", "error"]);

type Handler = (request: NextRequest) => Promise<Response>;

function onlyServed(handle: Handler) {
  return async (request: NextRequest, { params }: { params: Promise<{ nextauth: string[] }> }): Promise<Response> => {
    const [action = ""] = (await params).nextauth;
    return SERVED.has(action) ? handle(request) : new Response(null, { status: 404 });
  };
}

export const GET = onlyServed(handlers.GET);
export const POST = onlyServed(handlers.POST);
