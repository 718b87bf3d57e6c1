import { createElement } from "react";
import { expect, test } from "vitest";
import { RequestDesk } from "#components/tools/request-desk.tsx";
import type { RequestDesk as Desk, RequestShown, ToolBeside } from "#lib/domain/tools/requests/schema.ts";
import { drawn } from "#tests/support/drawn.ts";

const TOOL: ToolBeside = {
  ...{ toolId: "t", vendor: "Northwind", product: "Quillfeather", surface: { text: "Team" }, status: "not_for_phi" },
  ...{ standing: { standing: "may_use_without_phi", reasons: [] }, conditions: [] },
};
const REQUEST: RequestShown = {
  ...{ id: "r", version: 1, vendor: "", product: "Quill", surface: { text: "" }, hostname: "", decisions: [] },
  ...{ goesIn: "nothing", purpose: "Letters.", status: "open", requestedBy: "Maria", isOwn: false, isSupported: false },
  ...{ requestedAt: new Date(0), recordedAt: new Date(0), closedAt: null, supporters: [], otherSupporters: 0 },
  ...{ tool: null, answer: null, takenBack: [], joinedAt: null, mayReopen: null },
};
const DESK: Desk = {
  ...{ mayAnswer: "yes", similar: { tools: [], entries: [], requests: [] }, answers: [], found: [], choices: [] },
};

function shown(tool: ToolBeside | null): string {
  const act = async () => ({});
  const props = { desk: DESK, q: "", start: "/c/harbor", link: act, unlink: act, answer: act };
  return drawn(createElement(RequestDesk, { ...props, request: { ...REQUEST, tool } }));
}

test("which tool a request means stands where a change of it is read aloud: there before any is said, and empty then", () => {
  expect(shown(null)).toMatch(/<div role="status"[^>]*><\/div>/);
  expect(shown(TOOL)).toMatch(/<div role="status"[^>]*>.*This request means.*Quillfeather/);
});
