import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { proxy } from "../../../proxy.ts";

const HTML = "text/html,application/xhtml+xml";

test.each<[string, string, Record<string, string>, "yes" | "no"]>([
  ["a page opened in full", "GET", { accept: HTML }, "yes"],
  ["a form that is sent", "POST", { accept: "text/x-component" }, "yes"],
  ["a poll", "GET", { accept: "*/*" }, "no"],
  ["a refresh or a move within the page", "GET", { accept: "*/*", rsc: "1" }, "no"],
  ["a page that the browser opens ahead", "GET", { accept: HTML, "sec-purpose": "prefetch;prerender" }, "no"],
  ["a poll that claims to be a person", "GET", { accept: "*/*", "x-wardbook-activity": "yes" }, "no"],
])("%s counts as activity, or doesn't: %s", (_, method, headers, counts) => {
  const answer = proxy(new NextRequest("https://wardbook.test/c/harbor-family", { method, headers }));
  expect(answer.headers.get("x-middleware-request-x-wardbook-activity")).toBe(counts);
});
