import { expect, test } from "vitest";
import { type StandingFacts, standingOf } from "#lib/domain/tools/rules.ts";
import { DEEPSEEK_RELATIONS, STATUSES } from "#lib/domain/tools/schema.ts";

const TODAY = "2026-11-22";
const REVIEWS = { none: null, "later on": "2027-01-01", today: TODAY, yesterday: "2026-11-21" } as const;
const BAAS = ["in_force", "not_on_record"] as const;

type Review = keyof typeof REVIEWS;
const factsOf = (facts: Partial<StandingFacts>): StandingFacts => ({
  status: "needs_review",
  deepseek: "none",
  narrowed: false,
  reviewOn: null,
  baa: "not_on_record",
  ...facts,
});
const answer = (facts: StandingFacts) => {
  const { standing, reasons } = standingOf(facts, TODAY);
  return `${standing}: ${reasons.join(", ")}`;
};

test("a tool outside the DeepSeek rule stands as its decision says, as long as that is in date and a BAA covers patient data", () => {
  const table = STATUSES.flatMap((status) =>
    BAAS.flatMap((baa) =>
      (Object.keys(REVIEWS) as Review[]).map(
        (review) =>
          `${status.padEnd(16)} | BAA ${baa.padEnd(13)} | review ${review.padEnd(9)} | ${answer(factsOf({ status, baa, reviewOn: REVIEWS[review] }))}`,
      ),
    ),
  );
  expect(table).toMatchInlineSnapshot(`
    [
      "approved_for_phi | BAA in_force      | review none      | may_use_with_phi: approved_with_phi",
      "approved_for_phi | BAA in_force      | review later on  | may_use_with_phi: approved_with_phi",
      "approved_for_phi | BAA in_force      | review today     | may_use_with_phi: approved_with_phi",
      "approved_for_phi | BAA in_force      | review yesterday | ask: approval_past_date",
      "approved_for_phi | BAA not_on_record | review none      | ask: no_baa_on_record",
      "approved_for_phi | BAA not_on_record | review later on  | ask: no_baa_on_record",
      "approved_for_phi | BAA not_on_record | review today     | ask: no_baa_on_record",
      "approved_for_phi | BAA not_on_record | review yesterday | ask: approval_past_date, no_baa_on_record",
      "not_for_phi      | BAA in_force      | review none      | may_use_without_phi: approved_without_phi",
      "not_for_phi      | BAA in_force      | review later on  | may_use_without_phi: approved_without_phi",
      "not_for_phi      | BAA in_force      | review today     | may_use_without_phi: approved_without_phi",
      "not_for_phi      | BAA in_force      | review yesterday | ask: approval_past_date",
      "not_for_phi      | BAA not_on_record | review none      | may_use_without_phi: approved_without_phi",
      "not_for_phi      | BAA not_on_record | review later on  | may_use_without_phi: approved_without_phi",
      "not_for_phi      | BAA not_on_record | review today     | may_use_without_phi: approved_without_phi",
      "not_for_phi      | BAA not_on_record | review yesterday | ask: approval_past_date",
      "needs_review     | BAA in_force      | review none      | ask: needs_review",
      "needs_review     | BAA in_force      | review later on  | ask: needs_review",
      "needs_review     | BAA in_force      | review today     | ask: needs_review",
      "needs_review     | BAA in_force      | review yesterday | ask: needs_review",
      "needs_review     | BAA not_on_record | review none      | ask: needs_review",
      "needs_review     | BAA not_on_record | review later on  | ask: needs_review",
      "needs_review     | BAA not_on_record | review today     | ask: needs_review",
      "needs_review     | BAA not_on_record | review yesterday | ask: needs_review",
      "prohibited       | BAA in_force      | review none      | may_not_use: prohibited",
      "prohibited       | BAA in_force      | review later on  | may_not_use: prohibited",
      "prohibited       | BAA in_force      | review today     | may_not_use: prohibited",
      "prohibited       | BAA in_force      | review yesterday | may_not_use: prohibited",
      "prohibited       | BAA not_on_record | review none      | may_not_use: prohibited",
      "prohibited       | BAA not_on_record | review later on  | may_not_use: prohibited",
      "prohibited       | BAA not_on_record | review today     | may_not_use: prohibited",
      "prohibited       | BAA not_on_record | review yesterday | may_not_use: prohibited",
      "retired          | BAA in_force      | review none      | may_not_use: retired",
      "retired          | BAA in_force      | review later on  | may_not_use: retired",
      "retired          | BAA in_force      | review today     | may_not_use: retired",
      "retired          | BAA in_force      | review yesterday | may_not_use: retired",
      "retired          | BAA not_on_record | review none      | may_not_use: retired",
      "retired          | BAA not_on_record | review later on  | may_not_use: retired",
      "retired          | BAA not_on_record | review today     | may_not_use: retired",
      "retired          | BAA not_on_record | review yesterday | may_not_use: retired",
    ]
  `);
});

test("DeepSeek's own surfaces may not be used, whatever anybody decided", () => {
  const standings = combinations("own").map(answer);
  expect(standings).toHaveLength(80);
  expect(new Set(standings)).toEqual(new Set(["may_not_use: deepseek_own"]));
});

test("DeepSeek weights on another host may not be used until narrowed, whatever anybody decided", () => {
  const standings = combinations("hosted")
    .filter(({ narrowed }) => !narrowed)
    .map(answer);
  expect(standings).toHaveLength(40);
  expect(new Set(standings)).toEqual(new Set(["may_not_use: deepseek_blanket"]));
});

test("once narrowed, DeepSeek weights on another host stand as any other tool does", () => {
  for (const facts of combinations("hosted").filter(({ narrowed }) => narrowed)) {
    expect(answer(facts)).toBe(answer({ ...facts, deepseek: "none", narrowed: false }));
  }
});

test("patient data needs three things at once: the approval, its date, and a BAA in force", () => {
  const withPhi = DEEPSEEK_RELATIONS.flatMap(combinations).filter((facts) =>
    answer(facts).startsWith("may_use_with_phi"),
  );
  expect(withPhi.length).toBeGreaterThan(0);
  for (const facts of withPhi) {
    expect(facts).toMatchObject({ status: "approved_for_phi", baa: "in_force" });
    expect(facts.deepseek === "none" || (facts.deepseek === "hosted" && facts.narrowed)).toBe(true);
    expect(facts.reviewOn === null || facts.reviewOn >= TODAY).toBe(true);
  }
});

function combinations(deepseek: StandingFacts["deepseek"]): StandingFacts[] {
  return STATUSES.flatMap((status) =>
    BAAS.flatMap((baa) =>
      Object.values(REVIEWS).flatMap((reviewOn) =>
        [true, false].map((narrowed) => factsOf({ status, baa, reviewOn, narrowed, deepseek })),
      ),
    ),
  );
}
