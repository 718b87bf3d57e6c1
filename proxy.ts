import { randomBytes, randomUUID } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "#lib/platform/security/content-security-policy.ts";
import { providerOrigins } from "#lib/platform/security/provider-origins.ts";

// What an API route answers is data or a file. Set here, because a header of the proxy's wins over the route's own.
const dataPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

// An address that no page has, for what can't be one.
const NO_PAGE = "/no-such-page";

// A percent sign without its letter ("%E0%A4%A") would end in a bare error before any page of ours is asked.
function isReadable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

// A page opened in full, or something sent, is a person's doing. What a page fetches by itself (a poll, a refresh, a page
// fetched ahead) is not, and neither is a move within the page: the page tells of the click behind it.
function isActivity(request: NextRequest): boolean {
  if (request.method === "POST") return true;
  const isAhead = /prefetch|prerender/.test(request.headers.get("sec-purpose") ?? "");
  return !isAhead && (request.headers.get("accept") ?? "").includes("text/html");
}

/** Headers only. Who may see what is decided where the data is read. */
export function proxy(request: NextRequest) {
  const nonce = randomBytes(16).toString("base64");
  const requestId = randomUUID();
  const policy = request.nextUrl.pathname.startsWith("/api/")
    ? dataPolicy
    : contentSecurityPolicy({
        nonce,
        development: process.env.NODE_ENV === "development",
        providers: providerOrigins(process.env),
      });

  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // Always ours: an id the client chose could be made to collide with another request's in the log.
  headers.set("x-request-id", requestId);
  // A page can't ask for its own address; the way to the sign-in page comes back to it.
  headers.set("x-wardbook-path", `${request.nextUrl.pathname}${request.nextUrl.search}`);
  headers.set("x-wardbook-activity", isActivity(request) ? "yes" : "no");
  // Next reads the nonce for its own scripts from here.
  headers.set("content-security-policy", policy);

  const response = isReadable(request.nextUrl.pathname)
    ? NextResponse.next({ request: { headers } })
    : NextResponse.rewrite(new URL(NO_PAGE, request.url), { request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-request-id", requestId);
  if (process.env.WARDBOOK_URL?.startsWith("https:")) {
    response.headers.set("strict-transport-security", "max-age=31536000; includeSubDomains");
  }
  return response;
}

export const config = { matcher: "/((?!_next/static|favicon.ico|icon.svg|robots.txt).*)" };
