import { describe, expect, test } from "vitest";
import {
  answersTo,
  assertComplete,
  assertFits,
  isPastReverification,
  lackOf,
} from "#lib/domain/vendors/worksheet/rules.ts";
import { ANSWERS, WORKSHEET_BYTES_MAX } from "#lib/domain/vendors/worksheet/schema.ts";
import { Refusal } from "#lib/kernel/errors.ts";

const TODAY = "2026-11-22";
const QUESTIONS = [
  { key: "training", text: "Do you train on what we type?" },
  { key: "retention", text: "How long do you keep it?" },
];

describe("a question", () => {
  test("is done with an answer, and words or a file unless it isn't known", () => {
    const table = [null, ...ANSWERS].flatMap((answer) =>
      ["", "Clause 4"].flatMap((note) =>
        [0, 1].map((files) => {
          const lacks = lackOf({ answer, note, files }) ?? "nothing";
          return `${String(answer).padEnd(14)} | ${note === "" ? "no words" : "words   "} | ${files} files | lacks ${lacks}`;
        }),
      ),
    );
    expect(table).toMatchInlineSnapshot(`
      [
        "null           | no words | 0 files | lacks answer",
        "null           | no words | 1 files | lacks answer",
        "null           | words    | 0 files | lacks answer",
        "null           | words    | 1 files | lacks answer",
        "good           | no words | 0 files | lacks words",
        "good           | no words | 1 files | lacks nothing",
        "good           | words    | 0 files | lacks nothing",
        "good           | words    | 1 files | lacks nothing",
        "concern        | no words | 0 files | lacks words",
        "concern        | no words | 1 files | lacks nothing",
        "concern        | words    | 0 files | lacks nothing",
        "concern        | words    | 1 files | lacks nothing",
        "not_applicable | no words | 0 files | lacks words",
        "not_applicable | no words | 1 files | lacks nothing",
        "not_applicable | words    | 0 files | lacks nothing",
        "not_applicable | words    | 1 files | lacks nothing",
        "unknown        | no words | 0 files | lacks nothing",
        "unknown        | no words | 1 files | lacks nothing",
        "unknown        | words    | 0 files | lacks nothing",
        "unknown        | words    | 1 files | lacks nothing",
      ]
    `);
  });

  test("takes what was answered now, else what was kept, else nothing", () => {
    const kept = [
      { question: "training", answer: "good", note: "Kept" },
      { question: "retention", answer: "concern", note: "Kept" },
    ] as const;
    expect(answersTo(QUESTIONS, kept, [{ question: "retention", answer: null, note: "Now" }])).toMatchObject([
      { question: "training", text: QUESTIONS[0]?.text, answer: "good", note: "Kept" },
      { question: "retention", text: QUESTIONS[1]?.text, answer: null, note: "Now" },
    ]);
    expect(answersTo(QUESTIONS, [], [])).toMatchObject([
      { answer: null, note: "" },
      { answer: null, note: "" },
    ]);
  });

  test("that the worksheet doesn't ask is refused, and one that it no longer asks is left behind", () => {
    const stray = { question: "favourite-colour", answer: "good", note: "" } as const;
    expect(refusalOf(() => answersTo(QUESTIONS, [], [stray]))).toBe("due_diligence.questions_changed");
    expect(answersTo(QUESTIONS, [stray], []).map(({ question }) => question)).toEqual(["training", "retention"]);
  });
});

describe("a worksheet", () => {
  const done = { question: "training", answer: "good", note: "Clause 4", files: 0 } as const;
  test.each([
    ["a question without an answer", [{ ...done, answer: null }], "2027-11-22", "due_diligence.questions_open"],
    ["an answer without words or a file", [{ ...done, note: "" }], "2027-11-22", "due_diligence.questions_open"],
    ["what isn't known", [{ ...done, answer: "unknown", note: "" }], "2027-11-22", "allowed"],
    ["a file for words", [{ ...done, note: "", files: 1 }], "2027-11-22", "allowed"],
    ["a day that is today", [done], TODAY, "due_diligence.reverify_not_in_future"],
    ["a day that is tomorrow", [done], "2026-11-23", "allowed"],
    ["a day in three years", [done], "2029-11-21", "allowed"],
    ["a day after that", [done], "2029-11-22", "due_diligence.reverify_too_far"],
  ] as const)("with %s to be done again on %s: %s", (_, answers, reverifyOn, outcome) => {
    expect(refusalOf(() => assertComplete({ answers, reverifyOn }, TODAY))).toBe(outcome);
  });

  test.each([
    [null, false],
    ["2026-11-23", false],
    [TODAY, false],
    ["2026-11-21", true],
  ] as const)("to be verified again by %s is past that today: %s", (reverifyOn, isPast) => {
    expect(isPastReverification(reverifyOn, TODAY)).toBe(isPast);
  });

  test("may be as long as can be hashed into the ledger, and no longer", () => {
    expect(refusalOf(() => assertFits(WORKSHEET_BYTES_MAX))).toBe("allowed");
    expect(refusalOf(() => assertFits(WORKSHEET_BYTES_MAX + 1))).toBe("due_diligence.too_long");
  });
});

function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return "allowed";
}
