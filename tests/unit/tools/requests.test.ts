import { describe, expect, test } from "vitest";
import { parseInput } from "#lib/domain/parse.ts";
import {
  type AnswerFacts,
  answersAlone,
  askedHost,
  assertAnswer,
  isAllowedAlready,
  wayOn,
  whyNotYet,
} from "#lib/domain/tools/requests/rules.ts";
import { ANSWERS, AskForTool, FindSimilar, GOES_IN } from "#lib/domain/tools/requests/schema.ts";
import {
  STANDINGS,
  type Standing,
  type StandingReason,
  type StandingWithReasons,
  type Status,
} from "#lib/domain/tools/schema.ts";
import { alikeOf, mayBeSame, similarityOf, tellingWords } from "#lib/domain/tools/similar/rules.ts";
import { InvalidInput, Refusal } from "#lib/kernel/errors.ts";
import englishRequests from "#messages/en/requests.json";
import spanishRefusals from "#messages/es/refusals.json";
import spanishRequests from "#messages/es/requests.json";

function outcome(work: () => unknown): string {
  try {
    return String(work());
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

const said = (work: () => void) => outcome(work).replace("undefined", "may be");

describe("who may answer", () => {
  const [dana, grace, maria, luis] = ["dana", "grace", "maria", "luis"];
  test.each([
    ["somebody else's, with another officer", dana, maria, [], [dana, grace], "false"],
    ["somebody else's, as the only officer", dana, maria, [], [dana], "false"],
    ["one's own, with another officer", dana, dana, [], [dana, grace], "tool_request.own"],
    ["one's own, alone", dana, dana, [], [dana], "true"],
    ["one's own, when the other officer supports it", dana, dana, [grace], [dana, grace], "tool_request.own"],
    ["one that one supports, with another officer", dana, maria, [dana], [dana, grace], "tool_request.supported_own"],
    ["one that one supports, when the other asked for it", dana, grace, [dana], [dana, grace], "true"],
    ["one that all officers support", dana, maria, [dana, grace], [dana, grace], "true"],
    ["one that one supports, alone", dana, maria, [dana, luis], [dana], "true"],
  ])("%s", (_, answererId, requesterId, supporterIds, deciders, expected) => {
    expect(outcome(() => answersAlone({ answererId, requesterId, supporterIds, deciders }))).toBe(expected);
  });
});

test("beside “This is it” an officer reads why the tool may not be used for what was asked, and only then", () => {
  const said = (status: Status, standing: Standing) =>
    GOES_IN.map((goesIn) => whyNotYet({ status, standing: { standing, reasons: [] } }, goesIn));
  expect(said("approved_for_phi", "may_use_with_phi")).toEqual([null, null, null]);
  expect(said("not_for_phi", "may_use_without_phi")).toEqual([null, "deidentified", "without_phi"]);
  expect(said("approved_for_phi", "ask")).toEqual(["does_not_hold", "does_not_hold", "does_not_hold"]);
  expect(said("needs_review", "ask")).toEqual(["needs_review", "needs_review", "needs_review"]);
  expect(said("prohibited", "may_not_use")).toEqual(["prohibited", "prohibited", "prohibited"]);
  expect(said("retired", "may_not_use")).toEqual(["retired", "retired", "retired"]);
});

describe("what an answer may be", () => {
  const TOOLS = {
    none: null,
    "with patient data": ["approved_for_phi", "may_use_with_phi", "approved_with_phi"],
    "without patient data": ["not_for_phi", "may_use_without_phi", "approved_without_phi"],
    "approved, and run out": ["not_for_phi", "ask", "approval_past_date"],
    "under review": ["needs_review", "ask", "under_review"],
    prohibited: ["prohibited", "may_not_use", "prohibited"],
    retired: ["retired", "may_not_use", "retired"],
  } as const;

  test("by answer, tool and what was to go in", () => {
    const table = ANSWERS.flatMap((answer) =>
      Object.entries(TOOLS).flatMap(([name, tool]) =>
        GOES_IN.map((goesIn) => {
          const facts: AnswerFacts = {
            ...{ answer, reason: "", request: { goesIn, toolId: null, product: "Quillfeather" } },
            tool:
              tool === null
                ? null
                : {
                    ...{ id: "tool", product: "Quillfeather", surface: "Free", status: tool[0] },
                    standing: { standing: tool[1], reasons: [tool[2]] },
                    isAskedFor: true,
                  },
          };
          return `${answer.padEnd(11)} | ${name.padEnd(21)} | ${goesIn.padEnd(12)} | ${said(() => assertAnswer(facts))}`;
        }),
      ),
    );
    expect(table).toMatchInlineSnapshot(`
      [
        "granted     | none                  | nothing      | tool_request.choose_tool",
        "granted     | none                  | deidentified | tool_request.choose_tool",
        "granted     | none                  | phi          | tool_request.choose_tool",
        "granted     | with patient data     | nothing      | may be",
        "granted     | with patient data     | deidentified | may be",
        "granted     | with patient data     | phi          | may be",
        "granted     | without patient data  | nothing      | may be",
        "granted     | without patient data  | deidentified | tool_request.grant_deidentified",
        "granted     | without patient data  | phi          | tool_request.grant_is_less",
        "granted     | approved, and run out | nothing      | tool_request.grant_does_not_hold",
        "granted     | approved, and run out | deidentified | tool_request.grant_does_not_hold",
        "granted     | approved, and run out | phi          | tool_request.grant_does_not_hold",
        "granted     | under review          | nothing      | tool_request.grant_needs_approval",
        "granted     | under review          | deidentified | tool_request.grant_needs_approval",
        "granted     | under review          | phi          | tool_request.grant_needs_approval",
        "granted     | prohibited            | nothing      | tool_request.grant_needs_approval",
        "granted     | prohibited            | deidentified | tool_request.grant_needs_approval",
        "granted     | prohibited            | phi          | tool_request.grant_needs_approval",
        "granted     | retired               | nothing      | tool_request.grant_needs_approval",
        "granted     | retired               | deidentified | tool_request.grant_needs_approval",
        "granted     | retired               | phi          | tool_request.grant_needs_approval",
        "refused     | none                  | nothing      | tool_request.reason_needed",
        "refused     | none                  | deidentified | tool_request.reason_needed",
        "refused     | none                  | phi          | tool_request.reason_needed",
        "refused     | with patient data     | nothing      | tool_request.reason_needed",
        "refused     | with patient data     | deidentified | tool_request.reason_needed",
        "refused     | with patient data     | phi          | tool_request.reason_needed",
        "refused     | without patient data  | nothing      | tool_request.reason_needed",
        "refused     | without patient data  | deidentified | tool_request.reason_needed",
        "refused     | without patient data  | phi          | tool_request.reason_needed",
        "refused     | approved, and run out | nothing      | tool_request.reason_needed",
        "refused     | approved, and run out | deidentified | tool_request.reason_needed",
        "refused     | approved, and run out | phi          | tool_request.reason_needed",
        "refused     | under review          | nothing      | tool_request.reason_needed",
        "refused     | under review          | deidentified | tool_request.reason_needed",
        "refused     | under review          | phi          | tool_request.reason_needed",
        "refused     | prohibited            | nothing      | tool_request.reason_needed",
        "refused     | prohibited            | deidentified | tool_request.reason_needed",
        "refused     | prohibited            | phi          | tool_request.reason_needed",
        "refused     | retired               | nothing      | tool_request.reason_needed",
        "refused     | retired               | deidentified | tool_request.reason_needed",
        "refused     | retired               | phi          | tool_request.reason_needed",
        "use_instead | none                  | nothing      | tool_request.choose_tool",
        "use_instead | none                  | deidentified | tool_request.choose_tool",
        "use_instead | none                  | phi          | tool_request.choose_tool",
        "use_instead | with patient data     | nothing      | tool_request.reason_needed",
        "use_instead | with patient data     | deidentified | tool_request.reason_needed",
        "use_instead | with patient data     | phi          | tool_request.reason_needed",
        "use_instead | without patient data  | nothing      | tool_request.reason_needed",
        "use_instead | without patient data  | deidentified | tool_request.reason_needed",
        "use_instead | without patient data  | phi          | tool_request.reason_needed",
        "use_instead | approved, and run out | nothing      | tool_request.instead_not_usable",
        "use_instead | approved, and run out | deidentified | tool_request.instead_not_usable",
        "use_instead | approved, and run out | phi          | tool_request.instead_not_usable",
        "use_instead | under review          | nothing      | tool_request.instead_not_usable",
        "use_instead | under review          | deidentified | tool_request.instead_not_usable",
        "use_instead | under review          | phi          | tool_request.instead_not_usable",
        "use_instead | prohibited            | nothing      | tool_request.instead_not_usable",
        "use_instead | prohibited            | deidentified | tool_request.instead_not_usable",
        "use_instead | prohibited            | phi          | tool_request.instead_not_usable",
        "use_instead | retired               | nothing      | tool_request.instead_not_usable",
        "use_instead | retired               | deidentified | tool_request.instead_not_usable",
        "use_instead | retired               | phi          | tool_request.instead_not_usable",
      ]
    `);
  });

  test("about the tool it means", () => {
    const tool = { id: "one", product: "Quillfeather", surface: "Free", status: "not_for_phi" } as const;
    const standing: StandingWithReasons = { standing: "may_use_without_phi", reasons: ["approved_without_phi"] };
    const answer = (toolId: string | null, kind: "granted" | "use_instead", isAskedFor = true) =>
      said(() =>
        assertAnswer({
          ...{ answer: kind, reason: "So.", request: { goesIn: "nothing", toolId, product: "Quillfeather" } },
          tool: { ...tool, standing, isAskedFor },
        }),
      );
    expect(answer("one", "granted")).toBe("may be");
    expect(answer("two", "granted")).toBe("tool_request.grant_is_other_tool");
    expect(answer("two", "use_instead")).toBe("may be");
    expect(answer("one", "use_instead")).toBe("tool_request.instead_is_same");
    expect(answer(null, "granted", false)).toBe("tool_request.grant_not_asked_for");
    expect(answer(null, "use_instead", false)).toBe("may be");
  });
});

describe("a tool that is there already", () => {
  const standingOf = (standing: (typeof STANDINGS)[number], reason: StandingReason = "prohibited") => ({
    ...{ standing, reasons: [reason] },
  });

  test("is used, asked for, or neither", () => {
    const ways = STANDINGS.map((standing) => {
      const { use, ask } = wayOn(standingOf(standing));
      return `${standing}: ${[use && "use", ask && "ask"].filter(Boolean).join(", ")}`;
    });
    expect(ways).toEqual(["may_use_with_phi: use", "may_use_without_phi: use, ask", "ask: ask", "may_not_use: ask"]);
    for (const rule of ["deepseek_own", "deepseek_blanket"] as const) {
      expect(wayOn(standingOf("may_not_use", rule))).toEqual({ use: false, ask: false });
    }
  });

  test("needs no request for what it may be used for, unless that is by exception", () => {
    const allowed = STANDINGS.flatMap((standing) =>
      GOES_IN.filter((goesIn) => isAllowedAlready(standingOf(standing), goesIn)).map(
        (goesIn) => `${standing} ${goesIn}`,
      ),
    );
    expect(allowed).toEqual([...GOES_IN.map((goesIn) => `may_use_with_phi ${goesIn}`), "may_use_without_phi nothing"]);
    expect(isAllowedAlready(standingOf("may_use_without_phi", "exception"), "nothing")).toBe(false);
  });
});

describe("what is similar", () => {
  const known = (product: string, vendor = "", surface = "", ...hostnames: string[]) => ({
    ...{ product, vendor, surface, hostnames },
  });
  const asked = (product: string, vendor = "", hostname = "") => ({ product, vendor, hostname, surface: "" });
  const WORKSPACE = known("Google Workspace", "Google", "Business", "google.com");

  test.each([
    ["the same name", asked("ChatGPT"), known("ChatGPT", "OpenAI"), "name"],
    ["in other letters", asked("chatgpt!"), known("ChatGPT"), "name"],
    ["written apart", asked("chat gpt"), known("ChatGPT"), "name"],
    ["with a plan", asked("ChatGPT Plus for nurses"), known("ChatGPT", "OpenAI", "Free, Go, Plus and Pro"), "name"],
    ["a name within it", asked("Copilot"), known("GitHub Copilot"), "name"],
    ["the same company", asked("Sora", "OpenAI"), known("ChatGPT", "OpenAI"), "vendor"],
    ["the same company, written apart", asked("Sora", "Open AI"), known("ChatGPT", "OpenAI"), "vendor"],
    ["the company with its form", asked("Scribe", "Abridge, Inc."), known("Ambient", "Abridge AI"), "vendor"],
    ["a company typed for the name", asked("OpenAI"), known("ChatGPT", "OpenAI"), "vendor"],
    ["its address", asked("Something", "", "chat.openai.com"), known("ChatGPT", "", "", "*.openai.com"), "address"],
    [
      "an address before a name",
      asked("ChatGPT", "", "chatgpt.com"),
      known("ChatGPT", "", "", "chatgpt.com"),
      "address",
    ],
    ["another tool", asked("Midjourney"), known("ChatGPT", "OpenAI"), "nothing"],
    ["words that many share", asked("AI chat assistant"), known("Northwind Chat Assistant"), "nothing"],
    ["another company of a common word", asked("Pine", "Health Labs"), known("Oak", "Health Systems"), "nothing"],
    ["the top level only", asked("Pine", "", "pine.example"), known("Oak", "", "", "oak.example"), "nothing"],
    ["nothing at all", asked("", "", ""), known("", ""), "nothing"],
  ])("%s", (_, one, other, by) => {
    expect(similarityOf(one, other)?.by ?? "nothing").toBe(by);
  });

  test.each([
    ["Chat GPT", asked("chat gpt!"), known("ChatGPT", "OpenAI", "Free"), ["same_name"]],
    [
      "another plan",
      { ...asked("ChatGPT"), surface: "Team" },
      known("ChatGPT", "OpenAI", "Free"),
      ["same_name", "other_plan"],
    ],
    ["ChatGPT Plus", asked("ChatGPT Plus for nurses"), known("ChatGPT", "OpenAI", "Free and Plus"), ["name"]],
    ["Copilot", asked("Copilot"), known("GitHub Copilot", "GitHub"), ["name"]],
    ["Perplexity", asked("Perplexity"), known("Perplexity API", "Perplexity"), ["name"]],
    ["a word of its plan", asked("Jane AI Scribe", "Jane"), known("Abridge", "Abridge", "Ambient scribe"), ["word"]],
    ["the company in the name", asked("Google Assistant"), known("Gemini in Google Workspace", "Google"), ["company"]],
    ["the company alone", asked("Sora", "OpenAI"), known("ChatGPT", "OpenAI"), ["company"]],
    ["the very host", asked("A chat", "", "www.pine.example"), known("Pine", "", "", "pine.example"), ["address"]],
    ["a host below", asked("A chat", "", "eu.pine.example"), known("Pine", "", "", "*.pine.example"), ["site"]],
    ["both", asked("Pine", "", "pine.example"), known("Pine", "", "", "pine.example"), ["same_name", "address"]],
  ])("says what is alike: %s", (_, one, other, alike) => {
    expect(similarityOf(one, other)).not.toBeNull();
    expect(alikeOf(one, other)).toEqual(alike);
  });

  test.each([
    ["the same name", asked("ChatGPT"), known("ChatGPT", "OpenAI", "Free"), true],
    ["written apart", asked("chat gpt"), known("ChatGPT", "OpenAI"), true],
    ["with the company in the name", asked("GitHub Copilot"), known("Copilot", "GitHub"), true],
    ["with a word for its use", asked("ChatGPT for nurses"), known("ChatGPT", "OpenAI"), true],
    ["with the company's form", asked("Quill", "Nib Works"), known("Quill", "Nib Works, Inc."), true],
    ["by its address", asked("A chat", "", "nib.example"), known("Quill", "Nib Works", "", "www.nib.example"), true],
    ["but another product below its host", asked("Gemini", "", "gemini.google.com"), WORKSPACE, false],
    ["that has the company in its name", asked("Google Gemini", "", "gemini.google.com"), WORKSPACE, false],
    ["above its host", asked("Workspace", "", "google.com"), known("Gmail", "Google", "", "mail.google.com"), false],
    [
      "under all names of its host",
      asked("A chat", "", "chat.nib.example"),
      known("Quill", "", "", "*.nib.example"),
      false,
    ],
    ["below its host with a word in common", asked("Workspace Docs", "", "docs.google.com"), WORKSPACE, true],
    ["by an address alone", asked("", "", "chat.nib.example"), known("Quill", "Nib Works", "", "nib.example"), true],
    ["with its plan", asked("ChatGPT Plus"), known("ChatGPT", "OpenAI", "Free, Go, Plus and Pro"), true],
    ["on a surface that names no plan", asked("Quill Pro"), known("Quill", "Nib Works", "Web"), true],
    ["but another plan", asked("ChatGPT Enterprise"), known("ChatGPT", "OpenAI", "Free, Go, Plus and Pro"), false],
    [
      "but another plan at its address",
      asked("ChatGPT Enterprise", "", "chatgpt.com"),
      known("ChatGPT", "", "Free", "chatgpt.com"),
      false,
    ],
    ["but another company's", asked("Copilot", "GitHub"), known("Copilot", "Microsoft"), false],
    ["a name that shares one word of two", asked("Dragon Copilot"), known("GitHub Copilot"), false],
    ["the same company only", asked("Sora", "OpenAI"), known("ChatGPT", "OpenAI"), false],
    ["nothing in common", asked("Quill"), known("Northwind Chat"), false],
  ])("may be the same: %s", (_, one, other, same) => {
    expect(mayBeSame(one, other)).toBe(same);
  });

  test("all the words of a name are nearer than some, an address nearer than any name", () => {
    const weights = [
      similarityOf(asked("Sora", "OpenAI"), known("ChatGPT", "OpenAI")),
      similarityOf(asked("Quill Feather Notes"), known("Quill")),
      similarityOf(asked("Quill Feather"), known("Quill Feather")),
      similarityOf(asked("Quill Feather", "", "q.example"), known("Other", "", "", "q.example")),
    ].map((similar) => similar?.weight ?? 0);
    expect(weights).toEqual([...weights].sort((a, b) => a - b));
    expect(new Set(weights).size).toBe(4);
  });

  test("is looked for by the words that tell one tool from another", () => {
    expect(tellingWords("ChatGPT Plus app")).toEqual(["chatgpt"]);
    expect(tellingWords("AI assistant")).toEqual(["ai", "assistant"]);
    expect(tellingWords("🙂")).toEqual([]);
  });
});

test.each([
  ["", ""],
  ["https://App.Nib.example/notes/jane?dob=1960#x", "app.nib.example"],
  ["www.nib.example", "nib.example"],
  ["dana:secret@nib.example", "nib.example"],
])("of the address “%s” only the host is kept", (typed, host) => {
  expect(askedHost(typed)).toBe(host);
});

describe("who asks in Spanish is answered in Spanish", () => {
  test("on every page of theirs; only the officers' desk is in English", () => {
    const { desk: _, ...english } = englishRequests;
    expect(keysOf(spanishRequests)).toEqual(keysOf(english));
  });

  test.each([
    "own",
    "support_own",
    "deepseek_own",
    "allowed_already",
    "already_asked",
    "address_not_understood",
    "answered_meanwhile",
    "withdrawn_meanwhile",
    "changed_meanwhile",
  ])("when it is refused: tool_request.%s", (code) => {
    expect(Object.keys(spanishRefusals.tool_request)).toContain(code);
  });

  test.each([
    ["nothing", {}],
    [
      "too much",
      { product: "x".repeat(200), vendor: "x".repeat(200), address: "x".repeat(600), purpose: "x".repeat(2000) },
    ],
    ["what is no text", { product: 7, purpose: 7, goesIn: 7, toolId: 7, catalogueKey: 7 }],
    ["signs for a name", { product: "!!!", purpose: " ", goesIn: "all" }],
  ])("after typing %s", (_, raw) => {
    const codes = [AskForTool, FindSimilar].flatMap((schema) => codesOf(schema, raw));
    expect(codes.length).toBeGreaterThan(1);
    expect(codes.filter((code) => !(code in spanishRefusals.input))).toEqual([]);
  });
});

function codesOf(schema: Parameters<typeof parseInput>[0], raw: unknown): string[] {
  try {
    parseInput(schema, raw);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.issues.map(({ code }) => code);
  }
}

function keysOf(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => keysOf(inner, `${path}.${key}`));
}
