import type { Refusal } from "#lib/kernel/errors.ts";

// Nobody's host; what still points to it after parsing is a path of this site.
const HERE = "http://wardbook.invalid";

/** Where to go after signing in, if that is a page of this site; null for another site's address, however written. */
export function safeNextPath(next: unknown): string | null {
  if (typeof next !== "string" || !next.startsWith("/") || next.length > 2000) return null;
  // Parsed as a browser would: it drops tabs and line feeds, takes "\" for "/", and folds "/./" away.
  const url = URL.parse(next, HERE);
  if (url === null || url.origin !== HERE || url.pathname.startsWith("//")) return null;
  return `${url.pathname}${url.search}${url.hash}`;
}

/** The sign-in page, which comes back to `path` afterwards. */
export function signInPath(path: string | null): string {
  const next = safeNextPath(path);
  return next === null || next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
}

/** A clinic's own sign-in address, which says what stands against going on there, and comes back to `path` afterwards. */
export function clinicSignInPath(clinic: string, path: string | null, { code }: Refusal): string {
  const asked = new URLSearchParams({ clinic, problem: code.replace("sign_on.", "") });
  const next = safeNextPath(path);
  if (next !== null) asked.set("next", next);
  return `/sign-in?${asked}`;
}

/** The second step of signing in, which goes on to `next`. */
export function secondStepPath(next: string | null): string {
  return next === null ? "/sign-in/second-step" : `/sign-in/second-step?next=${encodeURIComponent(next)}`;
}
