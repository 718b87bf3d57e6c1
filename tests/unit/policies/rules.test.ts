import { describe, expect, test } from "vitest";
import {
  assertMayIssue,
  countsOf,
  dueOnFor,
  dueOnOf,
  orderedFrom,
  servesOn,
  stateOf,
  wordsOf,
} from "#lib/domain/policies/rules.ts";

const TODAY = "2026-11-22";
const from = (...days: string[]) => days.map((effectiveOn) => ({ effectiveOn }));

describe("the day from which an order holds", () => {
  test.each([
    ["the first version's own", from(), "2026-11-22", "2026-11-22"],
    ["a later version goes on from the first day of what is in force", from("2026-03-01"), "2026-11-22", "2026-03-01"],
    ["of several in force the earliest counts", from("2026-06-01", "2026-03-01"), "2027-01-01", "2026-03-01"],
    ["a version that comes into force today is in force", from("2026-11-22"), "2026-12-01", "2026-11-22"],
    ["what has not come into force yet can be put off", from("2026-12-01"), "2027-01-01", "2027-01-01"],
    ["or brought forward", from("2026-12-01"), "2026-11-23", "2026-11-23"],
  ])("is %s", (_, earlier, effectiveOn, expected) => {
    expect(orderedFrom(earlier, { effectiveOn }, TODAY)).toBe(expected);
  });
});

describe("a version may be issued", () => {
  const draft = { effectiveOn: TODAY, amnestyUntil: "2026-12-06" };
  test.each([
    ["from today", {}, TODAY],
    ["for a day a year ahead", { effectiveOn: "2027-11-22", amnestyUntil: "2027-11-22" }, "2027-11-22"],
    ["with self-reports on the first day alone", { amnestyUntil: TODAY }, TODAY],
    ["again, when the time for self-reports is long over", { amnestyUntil: "2026-03-14" }, "2026-03-01"],
  ])("%s", (_, fields, ordered) => {
    expect(() => assertMayIssue({ ...draft, ...fields }, ordered, TODAY)).not.toThrow();
  });

  test.each([
    ["yesterday", { effectiveOn: "2026-11-21" }, TODAY, "policy.effective_in_past", "effectiveOn"],
    ["more than a year ahead", { effectiveOn: "2027-11-24" }, TODAY, "policy.effective_too_far", "effectiveOn"],
    [
      "with self-reports that end before the order",
      { amnestyUntil: "2026-11-21" },
      TODAY,
      "policy.amnesty_before_order",
      "amnestyUntil",
    ],
  ])("but not %s", (_, fields, ordered, code, field) => {
    expect(() => assertMayIssue({ ...draft, ...fields }, ordered, TODAY)).toThrow(
      expect.objectContaining({ code, field }),
    );
  });
});

describe("a signature is due", () => {
  test.each([
    ["so many days from today", TODAY, 3, "2026-11-25"],
    ["over the end of a month and a year", "2026-12-30", 3, "2027-01-02", "2026-12-30"],
    ["not before the version is in force", "2026-12-10", 3, "2026-12-10"],
  ] as const)("%s", (_, effectiveOn, dueDays, expected, today: string = TODAY) => {
    expect(dueOnOf({ effectiveOn, dueDays }, today)).toBe(expected);
  });

  const version = { dueOn: "2026-11-25", variables: { given: { dueDays: 3 } } };
  test.each([
    ["with everybody's, for who was there", "2020-01-01", "2026-11-25"],
    ["with everybody's, for who came on that day", "2026-11-22", "2026-11-25"],
    ["as many days after they came, for who came later", "2027-02-01", "2027-02-04"],
  ])("%s", (_, since, expected) => {
    expect(dueOnFor(version, { since })).toBe(expected);
  });
});

describe("a member serves", () => {
  test.each([
    ["on the first day", "2026-11-22", null, true],
    ["on the last day", "2026-01-01", "2026-11-22", true],
    ["not before", "2026-11-23", null, false],
    ["not after", "2026-01-01", "2026-11-21", false],
  ])("%s", (_, startedOn, endedOn, expected) => {
    expect(servesOn({ startedOn, endedOn }, TODAY)).toBe(expected);
  });
});

describe("where a person stands", () => {
  test.each([
    ["signed, whatever the day", { serves: true, signed: true, dueOn: "2020-01-01" }, "signed"],
    ["signed and left", { serves: false, signed: true, dueOn: "2020-01-01" }, "left"],
    ["not yet, on the day it is due", { serves: true, signed: false, dueOn: TODAY }, "unsigned"],
    ["late, on the day after", { serves: true, signed: false, dueOn: "2026-11-21" }, "overdue"],
  ])("%s", (_, facts, state) => {
    expect(stateOf(facts, TODAY)).toBe(state);
  });

  test("counts only who serves", () => {
    const rows = (["signed", "left", "unsigned", "overdue", "signed"] as const).map((state) => ({ state }));
    expect(countsOf(rows)).toEqual({ of: 4, signed: 2, overdue: 1 });
    expect(countsOf([])).toEqual({ of: 0, signed: 0, overdue: 0 });
  });
});

test("the words for the blanks are the clinic's, each date in the language of the text", () => {
  const given = {
    ...{ orderedFrom: "2026-03-01", dueDays: 3, amnestyUntil: "2026-03-15", reportMinutes: 60 },
    ...{
      privacyOfficer: "Dana",
      securityOfficer: "Luis",
      governingBody: "The owners",
      governingBodyEs: "la dirección",
    },
    addresses: ["deepseek.com", "chat.deepseek.com"],
  };
  const clinic = { name: "Harbor Family", toolRequestUrl: "https://wardbook.test/c/harbor/requests/new" };
  expect(wordsOf(given, clinic, "en")).toEqual({
    ...{ ackDueDays: "3", amnestyUntil: "15 March 2026", clinicName: "Harbor Family", effectiveDate: "1 March 2026" },
    ...{ governingBody: "The owners", internalReportMinutes: "60", privacyOfficer: "Dana", securityOfficer: "Luis" },
    ...{ prohibitedDomains: "deepseek.com, chat.deepseek.com", toolRequestUrl: clinic.toolRequestUrl },
  });
  expect(wordsOf(given, clinic, "es")).toMatchObject({
    ...{ effectiveDate: "1 de marzo de 2026", amnestyUntil: "15 de marzo de 2026", governingBody: "la dirección" },
  });
  expect(wordsOf({ ...given, governingBodyEs: "" }, clinic, "es").governingBody).toBe("The owners");
});
