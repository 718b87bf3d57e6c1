import { describe, expect, test } from "vitest";
import { assertBaaDates, assertFits, assertMayTerminate, type BaaDates } from "#lib/domain/vendors/baas/rules.ts";
import { baaEndings, baaOnDay, baaUntil, bestStateOf } from "#lib/domain/vendors/rules.ts";
import type { BaaFacts } from "#lib/domain/vendors/schema.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { Refusal } from "#lib/kernel/errors.ts";
import { baa, version } from "#tests/support/baas.ts";

const YEAR = { expiresOn: "2026-12-31" };

describe("what a BAA is on a day", () => {
  test.each<[string, BaaFacts, string, string | null]>([
    ["the day before it begins", baa([version(1)]), "2025-12-31", "not_yet_effective"],
    ["the day it begins", baa([version(1)]), "2026-01-01", "in_force"],
    ["its last day", baa([version(1, YEAR)]), "2026-12-31", "in_force"],
    ["the day after its last day", baa([version(1, YEAR)]), "2027-01-01", "expired"],
    ["a day, where that is all of it", baa([version(1, { expiresOn: "2026-01-01" })]), "2026-01-01", "in_force"],
    ["a century on, without an end", baa([version(1)]), "2126-01-01", "in_force"],
    ["29 February, its last day", baa([version(1, { expiresOn: "2028-02-29" })]), "2028-02-29", "in_force"],
    ["1 March after it", baa([version(1, { expiresOn: "2028-02-29" })]), "2028-03-01", "expired"],
    ["a day without any version", baa([]), "2026-06-01", null],
    ["the last day of a termination", baa([version(1)], { terminatedAfter: "2026-06-30" }), "2026-06-30", "in_force"],
    ["the day after a termination", baa([version(1)], { terminatedAfter: "2026-06-30" }), "2026-07-01", "terminated"],
    [
      "after both its end and its termination",
      baa([version(1, YEAR)], { terminatedAfter: "2026-06-30" }),
      "2027-06-01",
      "terminated",
    ],
    [
      "a termination, whatever a renewal says",
      baa([version(1, YEAR), version(2, { effectiveOn: "2027-01-01" })], { terminatedAfter: "2026-06-30" }),
      "2027-02-01",
      "terminated",
    ],
    ["signed by one side", baa([version(1, { signature: "one_side" })]), "2026-06-01", "not_signed"],
    ["when nobody knows who signed", baa([version(1, { signature: "unknown" })]), "2026-06-01", "not_signed"],
    ["unsigned, and not begun either", baa([version(1, { signature: "unknown" })]), "2025-06-01", "not_yet_effective"],
  ])("%s", (_, facts, day, state) => {
    expect(baaOnDay(facts, day)?.state ?? null).toBe(state);
  });

  test.each<[string, BaaFacts, string, string, number]>([
    [
      "a renewal takes over on its first day",
      baa([version(1, YEAR), version(2, { effectiveOn: "2027-01-01" })]),
      "2027-01-01",
      "in_force",
      2,
    ],
    [
      "before it, the version that it renews governs",
      baa([version(1, YEAR), version(2, { effectiveOn: "2027-01-01" })]),
      "2026-12-31",
      "in_force",
      1,
    ],
    [
      "between an end and a later renewal there is nothing in force",
      baa([version(1, YEAR), version(2, { effectiveOn: "2027-02-01" })]),
      "2027-01-15",
      "expired",
      1,
    ],
    [
      "an amendment that ends sooner ends it",
      baa([version(1), version(2, { effectiveOn: "2026-03-01", expiresOn: "2026-06-30" })]),
      "2026-07-01",
      "expired",
      2,
    ],
    [
      "an amendment of the same day is the newer",
      baa([version(1), version(2, { surfaces: [] })]),
      "2026-01-01",
      "in_force",
      2,
    ],
    [
      "an amendment that is written down after the renewal doesn't undo it",
      baa([
        version(1, YEAR),
        version(2, { effectiveOn: "2027-01-01", expiresOn: "2027-12-31" }),
        version(3, { effectiveOn: "2026-07-01", ...YEAR }),
      ]),
      "2027-03-01",
      "in_force",
      2,
    ],
    [
      "a correction stands in place of what it corrects",
      baa([version(1, { expiresOn: "2026-02-28" }), version(2, { corrects: 1 })]),
      "2026-06-01",
      "in_force",
      2,
    ],
    [
      "a correction of a correction too",
      baa([version(1), version(2, { corrects: 1, expiresOn: "2026-02-28" }), version(3, { corrects: 2, ...YEAR })]),
      "2026-06-01",
      "in_force",
      3,
    ],
    [
      "a corrected original doesn't undo the amendment that followed it",
      baa([
        version(1),
        version(2, { effectiveOn: "2026-03-01", surfaces: ["chat"] }),
        version(3, { corrects: 1, effectiveOn: "2026-01-02" }),
      ]),
      "2026-06-01",
      "in_force",
      2,
    ],
    [
      "nor one of the same day",
      baa([version(1), version(2, { surfaces: ["chat"] }), version(3, { corrects: 1 })]),
      "2026-06-01",
      "in_force",
      2,
    ],
    [
      "a signature that was recorded wrongly is taken back by a correction",
      baa([version(1), version(2, { corrects: 1, signature: "unknown" })]),
      "2026-06-01",
      "not_signed",
      2,
    ],
    [
      "an unsigned amendment takes nothing away from what was signed",
      baa([version(1), version(2, { effectiveOn: "2026-03-01", signature: "one_side", surfaces: [] })]),
      "2026-06-01",
      "in_force",
      1,
    ],
    [
      "an unsigned renewal doesn't renew",
      baa([version(1, YEAR), version(2, { effectiveOn: "2027-01-01", signature: "unknown" })]),
      "2027-01-01",
      "expired",
      1,
    ],
  ])("%s", (_, facts, day, state, governing) => {
    expect(baaOnDay(facts, day)).toMatchObject({ state, version: { number: governing } });
  });

  test("ends at midnight of the clinic's zone, and not of another", () => {
    const facts = baa([version(1, { expiresOn: "2026-11-22" })]);
    const state = (zone: string, instant: string) => baaOnDay(facts, calendarDateIn(zone, new Date(instant)))?.state;
    expect(state("America/New_York", "2026-11-23T04:59:59.999Z")).toBe("in_force");
    expect(state("America/New_York", "2026-11-23T05:00:00Z")).toBe("expired");
    expect(state("America/Los_Angeles", "2026-11-23T05:00:00Z")).toBe("in_force");
    expect(state("Pacific/Honolulu", "2026-11-23T09:59:59Z")).toBe("in_force");
    expect(state("Pacific/Guam", "2026-11-22T14:00:00Z")).toBe("expired");
  });
});

describe("until when a BAA in force stays so", () => {
  test.each<[string, BaaFacts, string, string | null]>([
    ["has no end where it is evergreen", baa([version(1)]), "2026-06-01", null],
    ["is its last day", baa([version(1, YEAR)]), "2026-06-01", "2026-12-31"],
    ["is its last day on that day too", baa([version(1, YEAR)]), "2026-12-31", "2026-12-31"],
    ["is nothing once it has run out", baa([version(1, YEAR)]), "2027-01-01", null],
    ["is nothing before it begins", baa([version(1, YEAR)]), "2025-12-31", null],
    ["is nothing while it is unsigned", baa([version(1, { ...YEAR, signature: "one_side" })]), "2026-06-01", null],
    [
      "is the end of a termination",
      baa([version(1, YEAR)], { terminatedAfter: "2026-06-30" }),
      "2026-06-01",
      "2026-06-30",
    ],
    [
      "goes on through a renewal without a gap",
      baa([version(1, YEAR), version(2, { effectiveOn: "2027-01-01" })]),
      "2026-06-01",
      null,
    ],
    [
      "goes on to the renewal's own end",
      baa([version(1, YEAR), version(2, { effectiveOn: "2027-01-01", expiresOn: "2027-12-31" })]),
      "2026-06-01",
      "2027-12-31",
    ],
    [
      "goes on through two renewals",
      baa([
        version(1, YEAR),
        version(2, { effectiveOn: "2027-01-01", expiresOn: "2027-12-31" }),
        version(3, { effectiveOn: "2027-12-01", expiresOn: "2028-12-31" }),
      ]),
      "2026-06-01",
      "2028-12-31",
    ],
    [
      "stops before a renewal with a gap of one day",
      baa([version(1, YEAR), version(2, { effectiveOn: "2027-01-02" })]),
      "2026-06-01",
      "2026-12-31",
    ],
    [
      "doesn't count on an unsigned renewal",
      baa([version(1, YEAR), version(2, { effectiveOn: "2027-01-01", signature: "one_side" })]),
      "2026-06-01",
      "2026-12-31",
    ],
    [
      "doesn't count on a renewal that was corrected to begin later",
      baa([
        version(1, YEAR),
        version(2, { effectiveOn: "2027-01-01" }),
        version(3, { corrects: 2, effectiveOn: "2027-03-01" }),
      ]),
      "2026-06-01",
      "2026-12-31",
    ],
    [
      "sees an amendment of later that ends an evergreen one",
      baa([version(1), version(2, { effectiveOn: "2026-09-01", expiresOn: "2026-12-31" })]),
      "2026-06-01",
      "2026-12-31",
    ],
    [
      "is the termination's day even through a renewal",
      baa([version(1, YEAR), version(2, { effectiveOn: "2027-01-01" })], { terminatedAfter: "2027-03-31" }),
      "2026-06-01",
      "2027-03-31",
    ],
  ])("%s", (_, facts, day, until) => {
    expect(baaUntil(facts, day)).toBe(until);
  });
});

describe("which BAAs of a vendor run out", () => {
  const soon = baa([version(1, { expiresOn: "2026-07-31", surfaces: ["scribe", "chat"] })], { id: "soon" });
  const later = baa([version(1, { expiresOn: "2026-09-30", surfaces: ["chat"] })], { id: "later" });

  test("the soonest comes first, each with the tools that it leaves without cover", () => {
    expect(baaEndings([later, soon], "2026-06-01")).toEqual([
      { baaId: "soon", reference: "BAA 2026", until: "2026-07-31", losing: ["scribe"] },
      { baaId: "later", reference: "BAA 2026", until: "2026-09-30", losing: ["chat"] },
    ]);
  });

  test("one whose tools another goes on to cover is not among them", () => {
    const next = baa([version(1, { effectiveOn: "2026-08-01", surfaces: ["scribe", "chat"] })], { id: "next" });
    expect(baaEndings([soon, next], "2026-06-01")).toEqual([]);
    const tooLate = baa([version(1, { effectiveOn: "2026-08-02", surfaces: ["scribe", "chat"] })], { id: "next" });
    expect(baaEndings([soon, tooLate], "2026-06-01")).toMatchObject([{ baaId: "soon", losing: ["scribe", "chat"] }]);
  });

  test("one that names no tool still runs out", () => {
    const unnamed = baa([version(1, { expiresOn: "2026-07-31", surfaces: [] })]);
    expect(baaEndings([unnamed], "2026-06-01")).toMatchObject([{ until: "2026-07-31", losing: [] }]);
  });

  test("evergreen, expired, unsigned and future ones don't", () => {
    const expired = baa([version(1, { expiresOn: "2026-05-31" })]);
    const unsigned = baa([version(1, { expiresOn: "2026-07-31", signature: "unknown" })]);
    const future = baa([version(1, { effectiveOn: "2026-06-15", expiresOn: "2026-07-31" })]);
    expect(baaEndings([baa([version(1)]), expired, unsigned, future], "2026-06-01")).toEqual([]);
  });

  test("the best state of a vendor's BAAs counts, and without any there is none", () => {
    const expired = baa([version(1, { expiresOn: "2026-05-31" })]);
    expect(bestStateOf([expired, soon], "2026-06-01")).toBe("in_force");
    expect(bestStateOf([expired], "2026-06-01")).toBe("expired");
    expect(bestStateOf([], "2026-06-01")).toBeNull();
  });
});

/** The code and the field of a refusal; null where there is none. */
function refusal(work: () => void): [string, string | undefined] | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return [error.code, error.field];
    throw error;
  }
}

describe("the dates of an agreement", () => {
  const TODAY = "2026-11-22";
  const dates = { agreedOn: "2026-01-10", effectiveOn: "2026-02-01", expiresOn: "2027-01-31" };
  test.each<[string, Partial<BaaDates>, [string, string] | null]>([
    ["are taken", {}, null],
    ["may have no end", { expiresOn: null }, null],
    ["may be of one day", { effectiveOn: "2026-02-01", expiresOn: "2026-02-01" }, null],
    ["may begin before the signature", { agreedOn: "2026-06-01", effectiveOn: "2026-02-01" }, null],
    ["may go back to HIPAA's first day", { agreedOn: "1996-08-21", effectiveOn: "1996-08-21" }, null],
    ["may be signed for next year", { agreedOn: "2027-11-23", effectiveOn: "2028-01-01", expiresOn: null }, null],
    ["may last a century", { effectiveOn: "2026-02-01", expiresOn: "2126-02-01" }, null],
    ["don't end before they begin", { expiresOn: "2026-01-31" }, ["baa.ends_before_it_begins", "expiresOn"]],
    ["aren't signed before HIPAA", { agreedOn: "1996-08-20" }, ["baa.before_hipaa", "agreedOn"]],
    ["don't begin before HIPAA", { effectiveOn: "1996-08-20" }, ["baa.before_hipaa", "effectiveOn"]],
    ["aren't of the year 202", { agreedOn: "0202-01-01" }, ["baa.before_hipaa", "agreedOn"]],
    ["aren't signed years ahead", { agreedOn: "2027-11-24" }, ["baa.too_far_ahead", "agreedOn"]],
    [
      "don't begin in eleven years",
      { effectiveOn: "2036-11-23", expiresOn: null },
      ["baa.too_far_ahead", "effectiveOn"],
    ],
    ["don't end in the year 9999", { expiresOn: "9999-12-31" }, ["baa.ends_too_late", "expiresOn"]],
  ])("%s", (_, change, expected) => {
    expect(refusal(() => assertBaaDates({ ...dates, ...change }, TODAY))).toEqual(expected);
  });
});

describe("a version that is added", () => {
  const stands = baa([
    version(1, { effectiveOn: "2025-01-01", expiresOn: "2025-12-31" }),
    version(2, { effectiveOn: "2026-01-01", expiresOn: "2026-12-31" }),
    version(3, { corrects: 2, effectiveOn: "2026-01-01", expiresOn: "2027-12-31" }),
  ]);
  const ended = { ...stands, terminatedAfter: "2026-06-30" };
  test.each<[string, Parameters<typeof assertFits>[0], BaaFacts, [string, string | undefined] | null]>([
    ["renews", { kind: "renewal", corrects: null, effectiveOn: "2028-01-01" }, stands, null],
    ["amends from the first day on", { kind: "amendment", corrects: null, effectiveOn: "2025-01-01" }, stands, null],
    ["corrects an original", { kind: "correction", corrects: 1, effectiveOn: "2024-01-01" }, stands, null],
    ["corrects a correction", { kind: "correction", corrects: 3, effectiveOn: "2026-01-01" }, stands, null],
    ["corrects what has ended", { kind: "correction", corrects: 1, effectiveOn: "2025-01-01" }, ended, null],
    [
      "doesn't renew from the day that the last one began",
      { kind: "renewal", corrects: null, effectiveOn: "2026-01-01" },
      stands,
      ["baa.renewal_not_later", "effectiveOn"],
    ],
    [
      "doesn't amend what wasn't there yet",
      { kind: "amendment", corrects: null, effectiveOn: "2024-12-31" },
      stands,
      ["baa.amendment_too_early", "effectiveOn"],
    ],
    [
      "doesn't correct what isn't there",
      { kind: "correction", corrects: 4, effectiveOn: "2026-01-01" },
      stands,
      ["baa.corrects_unknown", "corrects"],
    ],
    [
      "doesn't correct nothing",
      { kind: "correction", corrects: null, effectiveOn: "2026-01-01" },
      stands,
      ["baa.corrects_unknown", "corrects"],
    ],
    [
      "doesn't correct what is corrected already",
      { kind: "correction", corrects: 2, effectiveOn: "2026-01-01" },
      stands,
      ["baa.already_corrected", "corrects"],
    ],
    [
      "doesn't renew what was ended",
      { kind: "renewal", corrects: null, effectiveOn: "2028-01-01" },
      ended,
      ["baa.ended_takes_no_more", undefined],
    ],
    [
      "doesn't amend what was ended",
      { kind: "amendment", corrects: null, effectiveOn: "2026-02-01" },
      ended,
      ["baa.ended_takes_no_more", undefined],
    ],
  ])("%s", (_, added, facts, expected) => {
    expect(refusal(() => assertFits(added, facts))).toEqual(expected);
  });
});

describe("an end before its time", () => {
  const TODAY = "2026-06-01";
  const runs = baa([version(1, YEAR)]);
  test.each<[string, BaaFacts, string, [string, string | undefined] | null]>([
    ["may be today", runs, "2026-06-01", null],
    ["may be the first day", runs, "2026-01-01", null],
    ["may be ahead, as a notice gives it", runs, "2026-12-31", null],
    ["may be found out years later", baa([version(1, { effectiveOn: "2001-01-01" })]), "2001-02-01", null],
    ["may be of one that was to begin", baa([version(1, { effectiveOn: "2026-07-01" })]), "2026-07-01", null],
    ["may come before an end that has passed", baa([version(1, { expiresOn: "2026-05-31" })]), "2026-05-31", null],
    ["isn't before the first day", runs, "2025-12-31", ["baa.ends_before_it_begins", "lastDay"]],
    ["isn't after it runs out anyway", runs, "2027-01-01", ["baa.runs_out_sooner", "lastDay"]],
    [
      "isn't after it ran out",
      baa([version(1, { expiresOn: "2026-05-31" })]),
      "2026-06-01",
      ["baa.runs_out_sooner", "lastDay"],
    ],
    ["isn't in twenty years", baa([version(1)]), "2046-06-01", ["baa.too_far_ahead", "lastDay"]],
    [
      "isn't there twice",
      baa([version(1)], { terminatedAfter: "2026-07-31" }),
      "2026-06-30",
      ["baa.terminated_already", undefined],
    ],
  ])("%s", (_, facts, lastDay, expected) => {
    expect(refusal(() => assertMayTerminate(facts, lastDay, TODAY))).toEqual(expected);
  });
});
