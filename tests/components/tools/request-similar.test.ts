import { createElement } from "react";
import { expect, test } from "vitest";
import { RequestForm, type ShownAsking } from "#components/tools/request-form.tsx";
import { RequestSimilar } from "#components/tools/request-similar.tsx";
import {
  type EarlierAnswer,
  GOES_IN,
  LIKENESSES,
  type SimilarEntry,
  type SimilarTool,
} from "#lib/domain/tools/requests/schema.ts";
import type { StandingWithReasons } from "#lib/domain/tools/schema.ts";
import { drawn, textOf } from "#tests/support/drawn.ts";

const PATHS = { lookUp: "/c/harbor/may-i-use-it", requests: "/c/harbor/requests" };
const NAMES = { vendor: "OpenAI", product: "ChatGPT", surface: { text: "Free" } };
const ENTRY: SimilarEntry = {
  ...NAMES,
  catalogueKey: "chatgpt",
  by: "name",
  alike: ["same_name"],
  isProhibited: false,
};

function tool(standing: StandingWithReasons["standing"], fields: Partial<SimilarTool> = {}): SimilarTool {
  return {
    ...{ ...NAMES, toolId: "t", status: "needs_review", conditions: [], by: "name", alike: ["same_name"] },
    ...{ standing: { standing, reasons: [] }, way: { use: false, ask: true }, ...fields },
  };
}

const REFUSED: EarlierAnswer = {
  ...{ ...NAMES, requestId: "r", status: "refused", answeredOn: "2026-03-03", reason: null },
  ...{ instead: null, granted: null, isReaders: false, answeredBy: null },
};

function asking(answers: EarlierAnswer[]): string {
  const initial: ShownAsking = {
    ...{ asked: NAMES, hostname: "", toolId: null, catalogueKey: null, isDeepseeksOwn: false },
    ...{ similar: { tools: [], entries: [], requests: [] }, answers, instead: [] },
  };
  const act = async () => ({});
  const props = { ask: act, support: act, initial, choices: GOES_IN, goesIn: undefined, paths: PATHS };
  return textOf(drawn(createElement(RequestForm, props)));
}

type Shown = {
  tools?: SimilarTool[];
  entries?: SimilarEntry[];
  toolId?: string;
  isAnswered?: boolean;
  locale?: "en" | "es";
};

function shown({ tools = [], entries = [], toolId, isAnswered = false, locale = "en" }: Shown): string {
  const similar = { tools, entries, requests: [] };
  const support = async () => ({});
  const props = { similar, toolId: toolId ?? null, isAnswered, paths: PATHS, support };
  const part = createElement(RequestSimilar, props);
  return textOf(drawn(part, { locale }));
}

test("what is alike is said of each, and nothing of the very tool that is asked for", () => {
  for (const alike of LIKENESSES) {
    const inEach = (["en", "es"] as const).map((locale) => shown({ tools: [tool("ask", { alike: [alike] })], locale }));
    for (const text of inEach) expect(text).toMatch(/OpenAI \([^()]+\)/);
  }
  const tools = [tool("ask", { alike: ["same_name", "address"] })];
  expect(shown({ tools })).toContain("OpenAI (same name, same address)");
  expect(shown({ tools, locale: "es" })).toContain("OpenAI (mismo nombre, misma dirección)");
  expect(shown({ tools, toolId: "t" })).not.toContain("(same name");
});

test("of a tool that the clinic said no to another decision is asked for, not its use", () => {
  expect(shown({ tools: [tool("may_not_use")] })).toContain("Ask for another decision on it");
  expect(shown({ tools: [tool("may_not_use")], locale: "es" })).toContain("Pedir otra decisión sobre ella");
  expect(shown({ tools: [tool("may_not_use")] })).not.toContain("instead");
  expect(shown({ tools: [tool("ask")] })).toContain("Ask to use this one instead");
  expect(shown({ tools: [tool("may_use_without_phi")] })).toContain("Ask to use it with patient data");
});

test("nobody is invited to ask for what runs DeepSeek's models: in the register or known from the catalogue", () => {
  expect(shown({ tools: [tool("may_not_use", { way: { use: false, ask: false } })] })).not.toContain("Ask");
  expect(shown({ entries: [ENTRY] })).toContain("Ask for this one");
  const prohibited = shown({ entries: [{ ...ENTRY, isProhibited: true }] });
  expect(prohibited).not.toContain("Ask");
  expect(prohibited).toContain("You may not use it");
});

test("that nothing is like it is said only where nothing was answered before", () => {
  expect(shown({})).toBe("There is nothing like it here yet.");
  expect(shown({ isAnswered: true, entries: [ENTRY] })).toContain("Ask for this one");
  expect(asking([])).toContain("There is nothing like it here yet.");
  expect(asking([REFUSED])).toContain("Asked for already");
  expect(asking([REFUSED])).not.toContain("nothing like it");
});
