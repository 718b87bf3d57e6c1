import { readFileSync } from "node:fs";
import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { proxy } from "../../../proxy.ts";

const HOME = "/c/harbor-family";
const HTML = "text/html,application/xhtml+xml";

test.each<[string, string, Record<string, string>, "yes" | "no", string?]>([
  ["a tab that asks whether emergency access is open", "GET", { accept: "*/*" }, "no", "/api/emergency-access/a/b"],
  ["a page opened in full", "GET", { accept: HTML }, "yes"],
  ["a form that is sent", "POST", { accept: "text/x-component" }, "yes"],
  ["a poll", "GET", { accept: "*/*" }, "no"],
  ["a refresh or a move within the page", "GET", { accept: "*/*", rsc: "1" }, "no"],
  ["a page that the browser opens ahead", "GET", { accept: HTML, "sec-purpose": "prefetch;prerender" }, "no"],
  ["a poll that claims to be a person", "GET", { accept: "*/*", "x-wardbook-activity": "yes" }, "no"],
])("%s counts as activity, or doesn't: %s", (_, method, headers, counts, path = HOME) => {
  const answer = proxy(new NextRequest(`https://wardbook.test${path}`, { method, headers }));
  expect(answer.headers.get("x-middleware-request-x-wardbook-activity")).toBe(counts);
});

test("a tab that comes back asks whether emergency access is open by no form of its own, which would count", () => {
  const text = readFileSync("components/people/emergency-standing.tsx", "utf8");
  const [asks, ...others] = [...text.matchAll(/fetch\(([^)]*)\)/g)].map(([, given]) => given);
  expect(others).toEqual([]);
  expect(asks).not.toMatch(/method/);
  expect(readFileSync("app/(workspace)/c/[clinic]/people/emergency-access/actions.ts", "utf8")).not.toMatch(/boolean/);
});
