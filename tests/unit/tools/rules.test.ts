import { describe, expect, test } from "vitest";
import {
  assertMayDecide,
  assertMayNarrow,
  type Decision,
  type DecisionFacts,
  isSoleDecider,
  namingWords,
  recordOf,
  statusOnAdoption,
} from "#lib/domain/tools/rules.ts";
import { DEEPSEEK_RELATIONS, STATUSES } from "#lib/domain/tools/schema.ts";
import type { BaaVersionFacts, CoverageFacts } from "#lib/domain/vendors/schema.ts";
import { Refusal } from "#lib/kernel/errors.ts";
import { baa, hop, version } from "#tests/support/baas.ts";

const TODAY = "2026-11-22";
const names = { vendor: "Northwind Labs", product: "Northwind Chat", surface: "Team plan" };
const APPROVAL: DecisionFacts = {
  ...names,
  deepseek: "none",
  narrowed: false,
  status: "not_for_phi",
  conditions: ["Nothing about patients goes in"],
  reviewOn: "2027-11-22",
  coverage: null,
};
/** What leaves no gap: a BAA in force that names the tool, and a path of which every hop is covered. */
const COVERED: CoverageFacts = {
  toolId: "scribe",
  selfHosted: false,
  baas: [baa([version(1)])],
  path: [hop({ processor: "Northwind Labs", coverage: "our_baa", baa: baa([version(1)]) })],
};

function having(fields: Partial<BaaVersionFacts>): CoverageFacts {
  return { ...COVERED, baas: [baa([version(1, fields)])] };
}

function refusalOf(work: () => void): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.field === undefined ? error.code : `${error.code} at ${error.field}`;
    throw error;
  }
  return "allowed";
}
const decide = (facts: Partial<DecisionFacts>) => refusalOf(() => assertMayDecide({ ...APPROVAL, ...facts }, TODAY));

describe("a decision", () => {
  test("to each status is allowed or refused by the tool's relation to DeepSeek", () => {
    const table = (["own", "hosted", "hosted and narrowed", "none"] as const).flatMap((relation) =>
      STATUSES.map((status) => {
        const deepseek = relation === "hosted and narrowed" ? "hosted" : relation;
        const refusal = decide({ deepseek, narrowed: relation === "hosted and narrowed", status });
        return `${relation.padEnd(19)} → ${status.padEnd(16)} ${refusal}`;
      }),
    );
    expect(table).toMatchInlineSnapshot(`
      [
        "own                 → approved_for_phi tool.deepseek_own_stays_prohibited at status",
        "own                 → not_for_phi      tool.deepseek_own_stays_prohibited at status",
        "own                 → needs_review     tool.deepseek_own_stays_prohibited at status",
        "own                 → prohibited       tool.deepseek_own_stays_prohibited at status",
        "own                 → retired          tool.deepseek_own_stays_prohibited at status",
        "hosted              → approved_for_phi tool.deepseek_not_narrowed at status",
        "hosted              → not_for_phi      tool.deepseek_not_narrowed at status",
        "hosted              → needs_review     tool.deepseek_not_narrowed at status",
        "hosted              → prohibited       allowed",
        "hosted              → retired          allowed",
        "hosted and narrowed → approved_for_phi tool.approval_lacks.no_baa_on_record at status",
        "hosted and narrowed → not_for_phi      allowed",
        "hosted and narrowed → needs_review     allowed",
        "hosted and narrowed → prohibited       allowed",
        "hosted and narrowed → retired          allowed",
        "none                → approved_for_phi tool.approval_lacks.no_baa_on_record at status",
        "none                → not_for_phi      allowed",
        "none                → needs_review     allowed",
        "none                → prohibited       allowed",
        "none                → retired          allowed",
      ]
    `);
  });

  test.each([
    ["without a condition", { conditions: [] }, "tool.approval_needs_conditions at conditions"],
    ["with a review date of today", { reviewOn: TODAY }, "tool.review_not_in_future at reviewOn"],
    ["with a review date past", { reviewOn: "2026-01-01" }, "tool.review_not_in_future at reviewOn"],
    ["with a review date tomorrow", { reviewOn: "2026-11-23" }, "allowed"],
    ["with a review date three years on", { reviewOn: "2029-11-21" }, "allowed"],
    ["with a review date later than that", { reviewOn: "2029-11-22" }, "tool.review_too_far at reviewOn"],
    ["with a review date in another age", { reviewOn: "9999-12-31" }, "tool.review_too_far at reviewOn"],
    ["without a review date", { reviewOn: null }, "allowed"],
  ] as const)("to approve %s: %s", (_, facts, outcome) => {
    expect(decide(facts)).toBe(outcome);
  });

  test.each<[string, CoverageFacts, string]>([
    ["everything that it asks for", COVERED, "allowed"],
    [
      "its own equipment alone and no BAA, self-hosted",
      { ...COVERED, selfHosted: true, baas: [], path: [hop()] },
      "allowed",
    ],
    [
      "its own equipment alone and no BAA, another's service",
      { ...COVERED, baas: [], path: [hop()] },
      "no_baa_on_record",
    ],
    ["no BAA on record", { ...COVERED, baas: [] }, "no_baa_on_record"],
    ["a BAA that one side signed", having({ signature: "one_side" }), "baa_not_signed"],
    ["a BAA of which nobody knows who signed", having({ signature: "unknown" }), "baa_not_signed"],
    ["a BAA that begins tomorrow", having({ effectiveOn: "2026-11-23" }), "baa_not_yet_effective"],
    ["a BAA that ran out yesterday", having({ expiresOn: "2026-11-21" }), "baa_expired"],
    ["a BAA that ends today", having({ expiresOn: TODAY }), "allowed"],
    [
      "a BAA that was ended yesterday",
      { ...COVERED, baas: [baa([version(1)], { terminatedAfter: "2026-11-21" })] },
      "baa_terminated",
    ],
    ["a BAA that names another surface", having({ surfaces: ["chat"] }), "baa_names_other_surface"],
    ["no path", { ...COVERED, path: null }, "path_not_on_record"],
    ["a hop that nothing covers", { ...COVERED, path: [hop(), hop({ coverage: "none" })] }, "hop_uncovered"],
    ["neither BAA nor path", { ...COVERED, baas: [], path: null }, "no_baa_on_record"],
  ])("for patient data, with %s", (_, coverage, outcome) => {
    const expected = outcome === "allowed" ? outcome : `tool.approval_lacks.${outcome} at status`;
    expect(decide({ status: "approved_for_phi", coverage })).toBe(expected);
    // Nobody asks for coverage where nothing about patients goes in.
    expect(decide({ status: "not_for_phi", coverage })).toBe("allowed");
  });

  test("refused for what nothing covers names each of them", () => {
    const path = [
      hop(),
      hop({ processor: "Cloudhaven", coverage: "none" }),
      hop({ processor: "Modelworks", coverage: "none" }),
    ];
    expect(() =>
      assertMayDecide({ ...APPROVAL, status: "approved_for_phi", coverage: { ...COVERED, path } }, TODAY),
    ).toThrow(expect.objectContaining({ params: expect.objectContaining({ uncovered: "Cloudhaven, Modelworks" }) }));
  });

  test("that is no approval needs no conditions", () => {
    for (const status of ["needs_review", "prohibited", "retired"] as const) {
      expect(decide({ status, conditions: [], reviewOn: null })).toBe("allowed");
    }
  });

  test("refused names the tool it is about", () => {
    expect(() => assertMayDecide({ ...APPROVAL, deepseek: "own" }, TODAY)).toThrow(
      expect.objectContaining({
        params: { product: "Northwind Chat", surface: "Team plan", vendor: "Northwind Labs" },
      }),
    );
  });
});

describe("narrowing the DeepSeek prohibition", () => {
  test.each([
    ["own", false, "deepseek_narrowing.own_surface"],
    ["none", false, "deepseek_narrowing.not_deepseek"],
    ["hosted", false, "allowed"],
    ["hosted", true, "deepseek_narrowing.already_open"],
  ] as const)("of a tool that is %s (narrowed: %s): %s", (deepseek, deepseekNarrowed, outcome) => {
    expect(refusalOf(() => assertMayNarrow({ ...names, deepseek, deepseekNarrowed }))).toBe(outcome);
  });
});

test("adoption applies only prohibitions; DeepSeek is prohibited whatever the entry recommends", () => {
  const table = DEEPSEEK_RELATIONS.flatMap((deepseek) =>
    STATUSES.map((recommendation) => {
      const { status, basis } = statusOnAdoption({ deepseek, recommendation });
      return `${deepseek.padEnd(6)} recommended ${recommendation.padEnd(16)} → ${status} (${basis})`;
    }),
  );
  expect(table).toMatchInlineSnapshot(`
    [
      "own    recommended approved_for_phi → prohibited (deepseek_rule)",
      "own    recommended not_for_phi      → prohibited (deepseek_rule)",
      "own    recommended needs_review     → prohibited (deepseek_rule)",
      "own    recommended prohibited       → prohibited (deepseek_rule)",
      "own    recommended retired          → prohibited (deepseek_rule)",
      "hosted recommended approved_for_phi → prohibited (deepseek_rule)",
      "hosted recommended not_for_phi      → prohibited (deepseek_rule)",
      "hosted recommended needs_review     → prohibited (deepseek_rule)",
      "hosted recommended prohibited       → prohibited (deepseek_rule)",
      "hosted recommended retired          → prohibited (deepseek_rule)",
      "none   recommended approved_for_phi → needs_review (adoption)",
      "none   recommended not_for_phi      → needs_review (adoption)",
      "none   recommended needs_review     → needs_review (adoption)",
      "none   recommended prohibited       → prohibited (adoption)",
      "none   recommended retired          → needs_review (adoption)",
    ]
  `);
});

test("a sole decider is one beside whom nobody else could have decided", () => {
  expect(isSoleDecider("dana", ["dana"])).toBe(true);
  expect(isSoleDecider("dana", [])).toBe(true);
  expect(isSoleDecider("dana", ["dana", "grace"])).toBe(false);
  expect(isSoleDecider("dana", ["grace"])).toBe(false);
});

test("each status has its own event, which says what was decided and names the decision", () => {
  const decision: Omit<Decision, "status"> = {
    ...names,
    id: "decision-1",
    toolId: "tool-1",
    deepseek: "none",
    narrowed: false,
    number: 3,
    basis: "officer",
    conditions: ["One"],
    reason: "Because",
    reviewOn: "2027-01-01",
    soleDecider: true,
    decidedBy: "dana",
    decidedAt: new Date("2026-11-22T10:00:00Z"),
    snapshot: { a: 1 },
    snapshotSha256: "ab",
  };
  const types = STATUSES.map((status) => {
    const { row, event } = recordOf({ ...decision, status });
    expect(event).toMatchObject({ id: "tool-1", decisionId: "decision-1", status, number: 3, soleDecider: true });
    expect(row).toMatchObject({ id: "decision-1", toolId: "tool-1", status, snapshotHash: "ab" });
    expect(row.reviewOn).toEqual(new Date("2027-01-01T00:00:00Z"));
    return event.type;
  });
  expect(types).toEqual([
    "tool.approved_for_phi",
    "tool.approved_without_phi",
    "tool.put_under_review",
    "tool.prohibited",
    "tool.retired",
  ]);
});

test.each([
  ["Can I use ChatGPT?", ["chatgpt"]],
  ["¿Puedo usar Otter.ai para mi trabajo?", ["otter", "ai", "trabajo"]],
  ["the", ["the"]],
  ["is it allowed to use it", ["is", "it", "allowed", "to", "use", "it"]],
  ["  ", []],
  ["🧠 ???", []],
  ["Ｃｌａｕｄｅ", ["claude"]],
  ["a1 b2 c3 d4 e5 f6 g7 h8 i9 j10", ["a1", "b2", "c3", "d4", "e5", "f6", "g7", "h8"]],
])("of “%s” these words name a tool: %j", (typed, words) => {
  expect(namingWords(typed)).toEqual(words);
});
