import { describe, expect, test } from "vitest";
import { type StandingFacts, standingOf } from "#lib/domain/tools/rules.ts";
import { DEEPSEEK_RELATIONS, STATUSES } from "#lib/domain/tools/schema.ts";
import type { BaaFacts, BaaVersionFacts, CoverageFacts, HopFacts } from "#lib/domain/vendors/schema.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { baa as anyBaa, hop as anyHop, version } from "#tests/support/baas.ts";

const TODAY = "2026-11-22";
const YESTERDAY = "2026-11-21";
const TOMORROW = "2026-11-23";
const REVIEWS = { none: null, "later on": "2027-01-01", today: TODAY, yesterday: YESTERDAY } as const;

const baa = (fields: Partial<BaaVersionFacts> = {}, terminatedAfter: string | null = null) =>
  anyBaa([version(1, fields)], { terminatedAfter });
const hop = (fields: Partial<HopFacts> = {}) => anyHop({ coverage: "our_baa", baa: baa(), ...fields });
const coveredBy = (agreement: BaaFacts | null, path: HopFacts[] | null): CoverageFacts => ({
  toolId: "scribe",
  selfHosted: true,
  baas: agreement === null ? [] : [agreement],
  path,
});

/** Every gap that coverage can have, alone, and what leaves none. */
const COVERAGES: Record<string, CoverageFacts | null> = {
  covered: coveredBy(baa(), [hop()]),
  "covered until today": coveredBy(baa({ expiresOn: TODAY }), [hop()]),
  "covered since today": coveredBy(baa({ effectiveOn: TODAY }), [hop()]),
  "covered by its own equipment": coveredBy(null, [hop({ coverage: "own", baa: null })]),
  "a hop shown to us": coveredBy(baa(), [hop({ coverage: "shown_baa", baa: null, shownOn: TODAY, shownUntil: TODAY })]),
  "not looked at": null,
  "no BAA": coveredBy(null, [hop()]),
  "not signed": coveredBy(baa({ signature: "one_side" }), [hop()]),
  "signature unknown": coveredBy(baa({ signature: "unknown" }), [hop()]),
  "from tomorrow on": coveredBy(baa({ effectiveOn: TOMORROW }), [hop()]),
  "ran out yesterday": coveredBy(baa({ expiresOn: YESTERDAY }), [hop()]),
  "ended yesterday": coveredBy(baa({}, YESTERDAY), [hop()]),
  "names another surface": coveredBy(baa({ surfaces: ["another tool"] }), [hop()]),
  "no path": coveredBy(baa(), null),
  "an empty path": coveredBy(baa(), []),
  "a hop of nobody's": coveredBy(baa(), [hop(), hop({ processor: "Host", coverage: "none", baa: null })]),
  "a hop under a BAA that ran out": coveredBy(baa(), [hop({ baa: baa({ expiresOn: YESTERDAY }) })]),
  "a hop shown until yesterday": coveredBy(baa(), [
    hop({ coverage: "shown_baa", baa: null, shownOn: "2026-01-01", shownUntil: YESTERDAY }),
  ]),
  "nothing at all": coveredBy(null, null),
};

const factsOf = (facts: Partial<StandingFacts>): StandingFacts => ({
  ...{ status: "needs_review", deepseek: "none", narrowed: false, reviewOn: null, decided: true, excepted: false },
  ...{ coverage: null, ...facts },
});
const answer = (facts: StandingFacts, day = TODAY) => {
  const { standing, reasons } = standingOf(facts, day);
  return `${standing}: ${reasons.join(", ")}`;
};

describe("a tool outside the DeepSeek rule", () => {
  test("that is approved for patient data stands only on a BAA in force that names it and a covered path", () => {
    const table = Object.entries(COVERAGES).map(
      ([words, coverage]) => `${words.padEnd(30)} | ${answer(factsOf({ status: "approved_for_phi", coverage }))}`,
    );
    expect(table).toMatchInlineSnapshot(`
      [
        "covered                        | may_use_with_phi: approved_with_phi",
        "covered until today            | may_use_with_phi: approved_with_phi",
        "covered since today            | may_use_with_phi: approved_with_phi",
        "covered by its own equipment   | may_use_with_phi: approved_with_phi",
        "a hop shown to us              | may_use_with_phi: approved_with_phi",
        "not looked at                  | ask: no_baa_on_record, path_not_on_record",
        "no BAA                         | ask: no_baa_on_record",
        "not signed                     | ask: baa_not_signed",
        "signature unknown              | ask: baa_not_signed",
        "from tomorrow on               | ask: baa_not_yet_effective",
        "ran out yesterday              | ask: baa_expired",
        "ended yesterday                | ask: baa_terminated",
        "names another surface          | ask: baa_names_other_surface",
        "no path                        | ask: path_not_on_record",
        "an empty path                  | ask: path_not_on_record",
        "a hop of nobody's              | ask: hop_uncovered",
        "a hop under a BAA that ran out | ask: hop_uncovered",
        "a hop shown until yesterday    | ask: hop_uncovered",
        "nothing at all                 | ask: no_baa_on_record, path_not_on_record",
      ]
    `);
  });

  test("that is approved past its review date falls back to asking, with every other reason", () => {
    const table = (["approved_for_phi", "not_for_phi"] as const).flatMap((status) =>
      Object.entries(REVIEWS).flatMap(([words, reviewOn]) =>
        (["covered", "nothing at all"] as const).map((covered) => {
          const said = answer(factsOf({ status, reviewOn, coverage: COVERAGES[covered] ?? null }));
          return `${status.padEnd(16)} | review ${words.padEnd(9)} | ${covered.padEnd(14)} | ${said}`;
        }),
      ),
    );
    expect(table).toMatchInlineSnapshot(`
      [
        "approved_for_phi | review none      | covered        | may_use_with_phi: approved_with_phi",
        "approved_for_phi | review none      | nothing at all | ask: no_baa_on_record, path_not_on_record",
        "approved_for_phi | review later on  | covered        | may_use_with_phi: approved_with_phi",
        "approved_for_phi | review later on  | nothing at all | ask: no_baa_on_record, path_not_on_record",
        "approved_for_phi | review today     | covered        | may_use_with_phi: approved_with_phi",
        "approved_for_phi | review today     | nothing at all | ask: no_baa_on_record, path_not_on_record",
        "approved_for_phi | review yesterday | covered        | ask: approval_past_date",
        "approved_for_phi | review yesterday | nothing at all | ask: approval_past_date, no_baa_on_record, path_not_on_record",
        "not_for_phi      | review none      | covered        | may_use_without_phi: approved_without_phi",
        "not_for_phi      | review none      | nothing at all | may_use_without_phi: approved_without_phi",
        "not_for_phi      | review later on  | covered        | may_use_without_phi: approved_without_phi",
        "not_for_phi      | review later on  | nothing at all | may_use_without_phi: approved_without_phi",
        "not_for_phi      | review today     | covered        | may_use_without_phi: approved_without_phi",
        "not_for_phi      | review today     | nothing at all | may_use_without_phi: approved_without_phi",
        "not_for_phi      | review yesterday | covered        | ask: approval_past_date",
        "not_for_phi      | review yesterday | nothing at all | ask: approval_past_date",
      ]
    `);
  });

  test("stands as its decision says, and an exception lifts no further than use without patient data", () => {
    const table = STATUSES.flatMap((status) =>
      [true, false].flatMap((decided) =>
        [true, false].map((excepted) => {
          const said = answer(factsOf({ status, decided, excepted, coverage: COVERAGES.covered ?? null }));
          const words = `${decided ? "decided" : "undecided"}, ${excepted ? "excepted" : "no exception"}`;
          return `${status.padEnd(16)} | ${words.padEnd(23)} | ${said}`;
        }),
      ),
    );
    expect(table).toMatchInlineSnapshot(`
      [
        "approved_for_phi | decided, excepted       | may_use_with_phi: approved_with_phi",
        "approved_for_phi | decided, no exception   | may_use_with_phi: approved_with_phi",
        "approved_for_phi | undecided, excepted     | may_use_with_phi: approved_with_phi",
        "approved_for_phi | undecided, no exception | may_use_with_phi: approved_with_phi",
        "not_for_phi      | decided, excepted       | may_use_without_phi: approved_without_phi",
        "not_for_phi      | decided, no exception   | may_use_without_phi: approved_without_phi",
        "not_for_phi      | undecided, excepted     | may_use_without_phi: approved_without_phi",
        "not_for_phi      | undecided, no exception | may_use_without_phi: approved_without_phi",
        "needs_review     | decided, excepted       | may_use_without_phi: exception",
        "needs_review     | decided, no exception   | ask: under_review",
        "needs_review     | undecided, excepted     | may_use_without_phi: exception",
        "needs_review     | undecided, no exception | ask: not_decided",
        "prohibited       | decided, excepted       | may_use_without_phi: exception",
        "prohibited       | decided, no exception   | may_not_use: prohibited",
        "prohibited       | undecided, excepted     | may_use_without_phi: exception",
        "prohibited       | undecided, no exception | may_not_use: prohibited",
        "retired          | decided, excepted       | may_not_use: retired",
        "retired          | decided, no exception   | may_not_use: retired",
        "retired          | undecided, excepted     | may_not_use: retired",
        "retired          | undecided, no exception | may_not_use: retired",
      ]
    `);
  });
});

describe("DeepSeek", () => {
  test("on surfaces of its own may not be used, whatever anybody decided, covered or excepted", () => {
    const standings = combinations("own").map((facts) => answer(facts));
    expect(new Set(standings)).toEqual(new Set(["may_not_use: deepseek_own"]));
  });

  test("on another host may not be used until narrowed, whatever anybody decided, covered or excepted", () => {
    const standings = combinations("hosted")
      .filter(({ narrowed }) => !narrowed)
      .map((facts) => answer(facts));
    expect(new Set(standings)).toEqual(new Set(["may_not_use: deepseek_blanket"]));
  });

  test("on another host stands as any other tool does once it is narrowed", () => {
    for (const facts of combinations("hosted").filter(({ narrowed }) => narrowed)) {
      expect(answer(facts)).toBe(answer({ ...facts, deepseek: "none", narrowed: false }));
    }
  });
});

test("patient data needs everything at once: the approval, its date, a BAA in force that names it and a covered path", () => {
  const withPhi = DEEPSEEK_RELATIONS.flatMap(combinations).filter((facts) =>
    answer(facts).startsWith("may_use_with_phi"),
  );
  expect(withPhi.length).toBeGreaterThan(0);
  const covering = Object.entries(COVERAGES).filter(([words]) => /^(covered|a hop shown to us)/.test(words));
  for (const facts of withPhi) {
    expect(facts.status).toBe("approved_for_phi");
    expect(covering.map(([, coverage]) => coverage)).toContain(facts.coverage);
    expect(facts.deepseek === "none" || (facts.deepseek === "hosted" && facts.narrowed)).toBe(true);
    expect(facts.reviewOn === null || facts.reviewOn >= TODAY).toBe(true);
  }
});

test("an exception raises no standing above use without patient data, and lowers none", () => {
  const ranks = ["may_not_use", "ask", "may_use_without_phi", "may_use_with_phi"];
  for (const facts of DEEPSEEK_RELATIONS.flatMap(combinations)) {
    const without = standingOf({ ...facts, excepted: false }, TODAY).standing;
    const excepted = standingOf({ ...facts, excepted: true }, TODAY).standing;
    if (excepted !== without) expect(excepted).toBe("may_use_without_phi");
    expect(ranks.indexOf(excepted)).toBeGreaterThanOrEqual(ranks.indexOf(without));
  }
});

test.each([
  ["America/New_York", "2026-11-22T23:59:59.999-05:00", "2026-11-23T00:00:00-05:00"],
  ["America/Los_Angeles", "2026-11-22T23:59:59.999-08:00", "2026-11-23T00:00:00-08:00"],
  ["Pacific/Honolulu", "2026-11-22T23:59:59.999-10:00", "2026-11-23T00:00:00-10:00"],
])(
  "in %s a BAA of which 22 Nov 2026 is the last day covers at 23:59 and not a moment after midnight",
  (timeZone, before, after) => {
    const facts = factsOf({ status: "approved_for_phi", coverage: coveredBy(baa({ expiresOn: TODAY }), [hop()]) });
    expect(answer(facts, calendarDateIn(timeZone, new Date(before)))).toBe("may_use_with_phi: approved_with_phi");
    expect(answer(facts, calendarDateIn(timeZone, new Date(after)))).toBe("ask: baa_expired");
  },
);

function combinations(deepseek: StandingFacts["deepseek"]): StandingFacts[] {
  return STATUSES.flatMap((status) =>
    Object.values(COVERAGES).flatMap((coverage) =>
      Object.values(REVIEWS).flatMap((reviewOn) =>
        [true, false].flatMap((narrowed) =>
          [true, false].map((excepted) => factsOf({ status, coverage, reviewOn, narrowed, deepseek, excepted })),
        ),
      ),
    ),
  );
}
