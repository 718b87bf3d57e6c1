import { createHash } from "node:crypto";
import english from "#messages/en/layout.json";
import spanish from "#messages/es/layout.json";

export const dynamic = "force-static";

const STYLE = "body{max-width:40rem;margin:0 auto;padding:4rem 1rem;font:1rem/1.5 system-ui,sans-serif}";

// It knows no reader: in both languages, as the other page that stands in when all else fails.
const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${english.offlinePage.title} · Wardbook</title>
<style>${STYLE}</style>
<main>
<h1>${english.offlinePage.title}</h1>
<p>${english.offlinePage.text}</p>
<p><a href="">${english.offlinePage.retry}</a></p>
<div lang="es">
<h2>${spanish.offlinePage.title}</h2>
<p>${spanish.offlinePage.text}</p>
<p><a href="">${spanish.offlinePage.retry}</a></p>
</div>
</main>
`;

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'`,
};

// Only the opening of a page is looked at, and only where the network has no answer to it. Nothing is cached: the one page
// is a part of this text.
const WORKER = `const page = ${JSON.stringify(PAGE)};
const answer = ${JSON.stringify({ status: 503, headers: HEADERS })};
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const { mode, method } = event.request;
  if (mode !== "navigate" || method !== "GET") return;
  event.respondWith(fetch(event.request).catch(() => new Response(page, answer)));
});
`;

/** The worker that shows a page of ours where the browser would show its own, because there is no connection. */
export function GET(): Response {
  return new Response(WORKER, {
    headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": "no-cache" },
  });
}
