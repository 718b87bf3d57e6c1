import { createElement } from "react";
import { describe, expect, test } from "vitest";
import { LookUpAskedBefore } from "#components/tools/look-up-asked-before.tsx";
import { LookUpResults, type ShownLookUp } from "#components/tools/look-up-results.tsx";
import { AnswersTakenBack, RequestAnswer } from "#components/tools/request-answer.tsx";
import { RequestSimilar } from "#components/tools/request-similar.tsx";
import type { AnswerShown, EarlierAnswer, RequestShown } from "#lib/domain/tools/requests/schema.ts";
import { WORKS } from "#lib/domain/tools/usable/rules.ts";
import { drawn, textOf } from "#tests/support/drawn.ts";

const FOUND: ShownLookUp = {
  ...{ asked: "DeepL", goesIn: null, isReadable: true, results: [], inCatalogue: [], nearMisses: [] },
  ...{ instead: [], nothingFor: null, before: { requests: [], answers: [] }, officers: ["Dana Whitfield"] },
};
const PATHS = { lookUp: "/c/harbor/may-i-use-it", tools: undefined, ask: "/c/harbor/requests/new" };

const shown = (found: Partial<ShownLookUp>, locale: "en" | "es" = "en") =>
  textOf(drawn(createElement(LookUpResults, { found: { ...FOUND, ...found }, paths: PATHS }), { locale }));

const GRANTED: EarlierAnswer = {
  ...{ vendor: "Anthropic", product: "Claude", surface: { text: "" }, requestId: "r", status: "granted" },
  ...{ answeredOn: "2026-03-03", reason: "Use the Team plan.", instead: null, answeredBy: null, isReaders: true },
  granted: {
    ...{ vendor: "Anthropic", product: "Claude", surface: { text: "Team" }, toolId: "t" },
    standing: "may_use_without_phi",
  },
};
const TEAM = { product: "ChatGPT", vendor: "OpenAI", surface: { text: "Team" }, toolId: "g" };
const INSTEAD: EarlierAnswer = {
  ...{ ...GRANTED, status: "use_instead", granted: null },
  instead: { ...TEAM, standing: "may_use_without_phi" },
};
const REFUSED: EarlierAnswer = { ...GRANTED, status: "refused", granted: null };
const answered = (answer: EarlierAnswer) => ({ before: { requests: [], answers: [answer] } });

const ANSWER: AnswerShown = {
  ...{ by: "Dana Whitfield", at: new Date(0), reason: "", soleDecider: false, emergency: null },
  tool: { ...TEAM, status: "not_for_phi", standing: { standing: "may_use_without_phi", reasons: [] }, conditions: [] },
};
const ASKED: RequestShown = {
  ...{ id: "r", version: 2, vendor: "", product: "ChatGPT", surface: { text: "" }, hostname: "", decisions: [] },
  ...{ goesIn: "nothing", purpose: "Letters.", status: "granted", requestedBy: "Maria", isOwn: true },
  ...{ requestedAt: new Date(0), recordedAt: new Date(0), closedAt: new Date(0), isSupported: false },
  ...{ supporters: null, otherSupporters: 0, tool: null, takenBack: [], joinedAt: null, mayReopen: null },
  answer: ANSWER,
};
const PAGE = { toolsPath: undefined, start: "/c/harbor", timeZone: "UTC" };

const told = (answer: EarlierAnswer, locale: "en" | "es" = "en") => {
  const asked = { requests: [], answers: [answer] };
  const paths = { lookUp: PATHS.lookUp, requests: "/c/harbor/requests" };
  return textOf(drawn(createElement(LookUpAskedBefore, { before: asked, paths, support: undefined }), { locale }));
};

describe("who asked before reads", () => {
  test("that it was granted, when, and which plan for what that covers", () => {
    expect(told(GRANTED)).toContain("You asked for this, and it was granted on 3 Mar 2026. It covers:Claude, Team");
    expect(told(GRANTED)).toContain("You may use it without patient data");
    expect(told(GRANTED, "es")).toContain("Usted la pidió y se concedió el 3 mar 2026. Vale para:Claude, Team");
  });

  test("that another tool is to be used, with its plan; of another's request, that the clinic said so", () => {
    expect(told(INSTEAD)).toContain(
      "You asked for this, and your clinic answered on 3 Mar 2026: use ChatGPT, Team, instead.",
    );
    expect(told({ ...INSTEAD, isReaders: false })).toContain(
      "Your clinic answered on 3 Mar 2026: use ChatGPT, Team, instead.",
    );
    expect(told({ ...INSTEAD, status: "refused", instead: null })).toContain(
      "You asked for this, and your clinic refused it",
    );
  });

  test("on the page of their request, which plan they may use", () => {
    const answer = textOf(drawn(createElement(RequestAnswer, { request: ASKED, ...PAGE })));
    expect(answer).toContain("Yes: you may use ChatGPT, Team");
  });

  test("of an answer that was taken back, in its heading, that it no longer stands", () => {
    const takenBack = { by: "Dana Whitfield", at: new Date(0), reason: "Typo.", alone: false, emergency: null };
    const gone = { ...ANSWER, number: 1, status: "granted", takenBack } as const;
    const request: RequestShown = { ...ASKED, status: "open", answer: null, takenBack: [gone] };
    const headings = (["en", "es"] as const).map((locale) =>
      drawn(createElement(AnswersTakenBack, { request, ...PAGE }), { locale }),
    );
    expect(textOf(headings[0] ?? "")).toMatch(/^No longer stands: Yes: you may use ChatGPT, Team/);
    expect(headings[0]).toMatch(/<s [^>]*>Yes: you may use ChatGPT, Team<\/s>/);
    expect(textOf(headings[1] ?? "")).toMatch(/^Ya no vale: Sí: puede usar ChatGPT, Team/);
  });

  test("that what they typed stands in the register under another name, and no word of asking for it", () => {
    const text = shown({ asked: "Dr. Claude", before: { requests: [], answers: [GRANTED] } });
    expect(text).toContain(
      "“Dr. Claude” is Claude, Team, in your clinic's register: you asked for it, and it was granted.",
    );
    expect(text).not.toMatch(/Ask for it|Not today|no decision|No answer on record/);
  });

  test("another tool as the answer itself, for what would go in, and no word of asking again", () => {
    const nearMisses = ["DeepSeek"];
    const text = shown({ ...answered(INSTEAD), nearMisses });
    expect(text).toContain("Use ChatGPT, Team, instead of “DeepL”.You may use it without patient data.");
    expect(text).not.toMatch(/Ask for it|Not today|no decision|No answer on record|Did you mean/);
    expect(shown({ ...answered(INSTEAD), goesIn: "phi" })).toContain("but put no patient data into it.");
    expect(shown({ ...answered(INSTEAD), goesIn: "deidentified" })).toContain(
      "ask Dana Whitfield before de-identified data goes in.",
    );
    expect(shown({ ...answered(INSTEAD), goesIn: "nothing" })).toContain("instead of “DeepL”.");
    expect(shown(answered(INSTEAD), "es")).toContain("Use ChatGPT, Team, en lugar de «DeepL».");
  });

  test("that it was refused, of a tool of the catalogue too, and no word of asking again", () => {
    expect(shown({})).toMatch(/No answer on record.*Ask for it/);
    expect(shown(answered(REFUSED))).toContain("your clinic refused a request for it.");
    expect(shown(answered(REFUSED))).not.toMatch(/Ask for it|No answer on record/);
    const entry = (text: string) => ({ ...TEAM, surface: { text }, catalogueKey: text });
    const inCatalogue = [
      { ...entry("Free"), answered: "refused" as const },
      { ...entry("API"), answered: null },
    ];
    const text = shown({ ...answered(REFUSED), inCatalogue });
    expect(text).toContain("ChatGPT, FreeRefused");
    expect(text.match(/Ask for it: ChatGPT, (Free|API)/g)).toEqual(["Ask for it: ChatGPT, API"]);
  });
});

test("before what was asked and what was answered stand the same words", () => {
  const request = { ...TEAM, requestId: "r", requestedOn: "2026-03-03", by: "name", alike: [] } as const;
  const open = { ...request, people: 1, isOwn: true, isSupported: false };
  const paths = { lookUp: PATHS.lookUp, requests: "/c/harbor/requests" };
  const similar = { tools: [], entries: [], requests: [open] };
  const form = createElement(RequestSimilar, {
    similar,
    toolId: null,
    isAnswered: false,
    paths,
    support: async () => ({}),
  });
  expect(textOf(drawn(form))).toContain("Asked for already, waiting for an answer");
  expect(told(INSTEAD)).toMatch(/^Asked for already/);
});

describe("where nothing does the same work", () => {
  test("that is said, for what would go in, and whom to ask", () => {
    expect(shown({ nothingFor: "translation" })).toContain(
      "No tool for translation is approved in your clinic today. Ask Dana Whitfield what to do this work with.",
    );
    expect(shown({ nothingFor: "visit_notes", goesIn: "phi" })).toContain(
      "No tool for visit notes is approved in your clinic today for patient data.",
    );
    expect(shown({ nothingFor: "translation", goesIn: "phi" }, "es")).toContain(
      "Hoy su clínica no tiene aprobada ninguna herramienta para traducir con datos de pacientes.",
    );
    expect(shown({})).not.toContain("What you may use instead");
  });

  test.each(WORKS)("%s has words in both languages", (work) => {
    expect(shown({ nothingFor: work })).not.toBe(shown({ nothingFor: work }, "es"));
  });
});
