import { describe, expect, test } from "vitest";
import {
  assertMayExcept,
  EXCEPTION_DAYS_MAX,
  exceptionState,
  grantsAlone,
  lastDays,
  latestEnd,
  overlap,
} from "#lib/domain/tools/exceptions/rules.ts";
import { standingOf } from "#lib/domain/tools/rules.ts";
import { DEEPSEEK_RELATIONS, STATUSES } from "#lib/domain/tools/schema.ts";
import { addDays } from "#lib/kernel/dates.ts";
import { Refusal } from "#lib/kernel/errors.ts";

const TODAY = "2026-11-22";
const NAMES = { product: "Northwind Chat", surface: "Team plan" };

function outcome(work: () => unknown): string {
  try {
    const value = work();
    return value === undefined ? "may be granted" : String(value);
  } catch (error) {
    if (error instanceof Refusal) return error.field === undefined ? error.code : `${error.code} at ${error.field}`;
    throw error;
  }
}

test("an exception can be made from a prohibition or an open question, never from DeepSeek's own or the blanket", () => {
  const table = DEEPSEEK_RELATIONS.flatMap((deepseek) =>
    (deepseek === "hosted" ? [false, true] : [false]).flatMap((deepseekNarrowed) =>
      STATUSES.map((status) => {
        const tool = { ...NAMES, status, deepseek, deepseekNarrowed };
        const name = `${deepseek}${deepseekNarrowed ? ", narrowed" : ""}`;
        const said = outcome(() => assertMayExcept(tool, { startsOn: TODAY, endsOn: TODAY }, TODAY));
        return `${name.padEnd(16)} | ${status.padEnd(16)} | ${said}`;
      }),
    ),
  );
  expect(table).toMatchInlineSnapshot(`
    [
      "own              | approved_for_phi | tool_exception.deepseek_own",
      "own              | not_for_phi      | tool_exception.deepseek_own",
      "own              | needs_review     | tool_exception.deepseek_own",
      "own              | prohibited       | tool_exception.deepseek_own",
      "own              | retired          | tool_exception.deepseek_own",
      "hosted           | approved_for_phi | tool_exception.deepseek_not_narrowed",
      "hosted           | not_for_phi      | tool_exception.deepseek_not_narrowed",
      "hosted           | needs_review     | tool_exception.deepseek_not_narrowed",
      "hosted           | prohibited       | tool_exception.deepseek_not_narrowed",
      "hosted           | retired          | tool_exception.deepseek_not_narrowed",
      "hosted, narrowed | approved_for_phi | tool_exception.not_needed",
      "hosted, narrowed | not_for_phi      | tool_exception.not_needed",
      "hosted, narrowed | needs_review     | may be granted",
      "hosted, narrowed | prohibited       | may be granted",
      "hosted, narrowed | retired          | tool_exception.retired",
      "none             | approved_for_phi | tool_exception.not_needed",
      "none             | not_for_phi      | tool_exception.not_needed",
      "none             | needs_review     | may be granted",
      "none             | prohibited       | may be granted",
      "none             | retired          | tool_exception.retired",
    ]
  `);
});

describe("its days", () => {
  const tool = { ...NAMES, status: "prohibited", deepseek: "none", deepseekNarrowed: false } as const;
  const day = (days: number) => addDays(TODAY, days);
  test.each([
    ["today alone", 0, 0, "may be granted"],
    ["today and tomorrow", 0, 1, "may be granted"],
    ["90 days from today", 0, 89, "may be granted"],
    ["91 days from today", 0, 90, "tool_exception.too_long at endsOn"],
    ["90 days from tomorrow", 1, 90, "may be granted"],
    ["91 days from tomorrow", 1, 91, "tool_exception.too_long at endsOn"],
    ["from yesterday", -1, 5, "tool_exception.starts_in_past at startsOn"],
    ["a year ago", -365, -360, "tool_exception.starts_in_past at startsOn"],
    ["backwards", 5, 4, "tool_exception.ends_before_start at endsOn"],
    ["from the 90th day on", 90, 91, "may be granted"],
    ["from the 91st day on", 91, 92, "tool_exception.starts_too_late at startsOn"],
  ])("%s", (_, from, to, expected) => {
    expect(outcome(() => assertMayExcept(tool, { startsOn: day(from), endsOn: day(to) }, TODAY))).toBe(expected);
  });

  test("are limited by a rule of the clinic, and by none of the law", () => {
    expect(EXCEPTION_DAYS_MAX).toEqual({ days: 90, source: "clinic rule" });
    expect(latestEnd("2026-01-01")).toBe("2026-03-31");
  });

  test.each([
    ["upcoming", { startsOn: day(1), endsOn: day(9), withdrawnAt: null }, "upcoming", null],
    ["from today", { startsOn: day(0), endsOn: day(9), withdrawnAt: null }, "in_force", null],
    ["ending in two days", { startsOn: day(-9), endsOn: day(2), withdrawnAt: null }, "in_force", null],
    ["ending tomorrow", { startsOn: day(-9), endsOn: day(1), withdrawnAt: null }, "in_force", 1],
    ["on its last day", { startsOn: day(-9), endsOn: day(0), withdrawnAt: null }, "in_force", 0],
    ["over since yesterday", { startsOn: day(-9), endsOn: day(-1), withdrawnAt: null }, "ended", null],
    ["withdrawn", { startsOn: day(-9), endsOn: day(9), withdrawnAt: new Date() }, "withdrawn", null],
    ["withdrawn before it began", { startsOn: day(3), endsOn: day(9), withdrawnAt: new Date() }, "withdrawn", null],
  ] as const)("%s", (_, exception, state, left) => {
    expect([exceptionState(exception, TODAY), lastDays(exception, TODAY)]).toEqual([state, left]);
  });

  test.each([
    ["one after the other", 0, 4, 5, 9, false],
    ["sharing a day", 0, 5, 5, 9, true],
    ["one within the other", 0, 9, 3, 4, true],
    ["the same", 2, 3, 2, 3, true],
  ])("of two: %s", (_, a, b, c, d, shared) => {
    const [one, other] = [
      { startsOn: day(a), endsOn: day(b) },
      { startsOn: day(c), endsOn: day(d) },
    ];
    expect([overlap(one, other), overlap(other, one)]).toEqual([shared, shared]);
  });
});

test.each([
  ["to somebody else", { memberId: "maria" }, ["dana", "grace"], "false"],
  ["to oneself, with another officer", { memberId: "dana" }, ["dana", "grace"], "tool_exception.own"],
  ["to oneself, alone", { memberId: "dana" }, ["dana"], "true"],
  ["to one's own role, with another officer", { role: "privacy_officer" }, ["dana", "grace"], "tool_exception.own"],
  ["to one's own role, alone", { role: "privacy_officer" }, ["dana"], "true"],
  ["to another role", { role: "staff" }, ["dana", "grace"], "false"],
])("nobody lifts a prohibition for themselves while somebody else could: %s", (_, holder, deciders, expected) => {
  const people = { granterId: "dana", granterRole: "privacy_officer", memberId: null, role: null, deciders, ...holder };
  expect(outcome(() => grantsAlone(people))).toBe(expected);
});

test("whatever it is made from, an exception never lifts a standing above use without patient data, and never DeepSeek", () => {
  for (const status of STATUSES) {
    for (const deepseek of DEEPSEEK_RELATIONS) {
      for (const narrowed of [false, true]) {
        const facts = { status, deepseek, narrowed, reviewOn: null, decided: true, coverage: null };
        const plain = standingOf({ ...facts, excepted: false }, TODAY);
        const excepted = standingOf({ ...facts, excepted: true }, TODAY);
        if (excepted.standing !== plain.standing) {
          expect(excepted).toEqual({ standing: "may_use_without_phi", reasons: ["exception"] });
          expect([status, deepseek === "none" || (deepseek === "hosted" && narrowed)]).toEqual([
            expect.stringMatching(/^(prohibited|needs_review)$/),
            true,
          ]);
        }
      }
    }
  }
});
