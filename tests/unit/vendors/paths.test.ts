import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { parseInput } from "#lib/domain/parse.ts";
import { assertMayRecord, hopOnDay, namesProcessor } from "#lib/domain/vendors/paths/rules.ts";
import { HOP_STATES, HOPS_MAX, RecordInferencePath } from "#lib/domain/vendors/paths/schema.ts";
import { isHopCovered } from "#lib/domain/vendors/rules.ts";
import type { HopFacts } from "#lib/domain/vendors/schema.ts";
import { InvalidInput, Refusal } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { baa, hop, version } from "#tests/support/baas.ts";

const TODAY = "2026-11-22";

describe("a hop on a day", () => {
  const ours = (fields: Parameters<typeof version>[1] = {}, terminatedAfter: string | null = null) =>
    hop({ coverage: "our_baa", baa: baa([version(1, fields)], { terminatedAfter }) });
  const shown = (shownOn: string | null, shownUntil: string | null = null) =>
    hop({ coverage: "shown_baa", shownOn, shownUntil });
  const HOPS: Array<[string, HopFacts]> = [
    ["own equipment", hop()],
    ["nobody's", hop({ coverage: "none" })],
    ["our BAA", ours()],
    ["our BAA, last day", ours({ expiresOn: TODAY })],
    ["our BAA, first day", ours({ effectiveOn: TODAY })],
    ["our BAA, which ends next week", ours({}, "2026-11-29")],
    ["our BAA, ran out yesterday", ours({ expiresOn: "2026-11-21" })],
    ["our BAA, from tomorrow", ours({ effectiveOn: "2026-11-23" })],
    ["our BAA, one side signed", ours({ signature: "one_side" })],
    ["our BAA, ended yesterday", ours({}, "2026-11-21")],
    ["our BAA without a version", hop({ coverage: "our_baa", baa: baa([]) })],
    ["shown today", shown(TODAY)],
    ["shown, last day", shown("2026-01-01", TODAY)],
    ["shown, ended yesterday", shown("2026-01-01", "2026-11-21")],
    ["shown tomorrow", shown("2026-11-23")],
    ["shown nobody knows when", shown(null)],
  ];

  test("is covered or not, by what and until when, as this table says", () => {
    const table = HOPS.map(([words, facts]) => {
      const { state, covered, until } = hopOnDay(facts, TODAY);
      return `${words.padEnd(31)} | ${covered ? "covered" : "not    "} | ${state.padEnd(21)} | ${until ?? ""}`.trimEnd();
    });
    expect(table).toMatchInlineSnapshot(`
      [
        "own equipment                   | covered | own                   |",
        "nobody's                        | not     | nothing               |",
        "our BAA                         | covered | our_baa               |",
        "our BAA, last day               | covered | our_baa               | 2026-11-22",
        "our BAA, first day              | covered | our_baa               |",
        "our BAA, which ends next week   | covered | our_baa               | 2026-11-29",
        "our BAA, ran out yesterday      | not     | baa_expired           |",
        "our BAA, from tomorrow          | not     | baa_not_yet_effective |",
        "our BAA, one side signed        | not     | baa_not_signed        |",
        "our BAA, ended yesterday        | not     | baa_terminated        |",
        "our BAA without a version       | not     | nothing               |",
        "shown today                     | covered | shown_baa             |",
        "shown, last day                 | covered | shown_baa             | 2026-11-22",
        "shown, ended yesterday          | not     | shown_ended           |",
        "shown tomorrow                  | not     | shown_later           |",
        "shown nobody knows when         | not     | shown_later           |",
      ]
    `);
  });

  test("is covered by the rule that standings use, and every state is reached", () => {
    for (const [, facts] of HOPS) expect(hopOnDay(facts, TODAY).covered).toBe(isHopCovered(facts, TODAY));
    expect(new Set(HOPS.map(([, facts]) => hopOnDay(facts, TODAY).state))).toEqual(new Set(HOP_STATES));
  });
});

const PATH = { toolId: newId(), after: 0, statedIn: "The list of sub-processors" };
const ROW = {
  processor: "Northwind Labs",
  role: "vendor_application",
  place: "United States",
  coverage: "none",
} as const;

describe("a typed path", () => {
  test("leaves rows that nobody filled in out, and keeps the places of the others", () => {
    const blank = { processor: "  ", role: "", place: "\u200B", coverage: "", baaId: "", shownOn: "", evidence: "\n" };
    const { hops } = parseInput(RecordInferencePath, {
      ...PATH,
      hops: [blank, ROW, {}, { ...ROW, processor: "Host" }],
    });
    expect(hops.map((row) => row?.processor ?? null)).toEqual([null, "Northwind Labs", null, "Host"]);
  });

  test("drops what its coverage doesn't ask for", () => {
    const dates = { shownOn: "2026-01-01", shownUntil: "2027-01-01" };
    const typed = { ...ROW, ...dates, baaId: newId(), evidence: "Their letter", keptFileId: newId() };
    const [none, own] = parseInput(RecordInferencePath, {
      ...PATH,
      hops: [typed, { ...typed, coverage: "own", role: "own_equipment" }],
    }).hops;
    const nothing = { baaId: null, shownOn: null, shownUntil: null, evidence: "", file: null, keptFileId: null };
    for (const row of [none, own]) expect(row).toMatchObject(nothing);
  });

  test.each([
    ["no name", { ...ROW, processor: "" }, ["hops.0.processor: required"]],
    ["no role", { ...ROW, role: "" }, ["hops.0.role: choose_hop_role"]],
    ["another role", { ...ROW, role: "friend" }, ["hops.0.role: not_a_choice"]],
    ["a company that nobody needs to cover", { ...ROW, coverage: "own" }, ["hops.0.coverage: own_is_equipment"]],
    ["no coverage", { ...ROW, coverage: "" }, ["hops.0.coverage: choose_coverage"]],
    ["our BAA and none chosen", { ...ROW, coverage: "our_baa" }, ["hops.0.baaId: choose_baa"]],
    ["what is no id", { ...ROW, coverage: "our_baa", baaId: "1 OR 1=1" }, ["hops.0.baaId: not_understood"]],
    [
      "a BAA shown at no time and without evidence",
      { ...ROW, coverage: "shown_baa" },
      ["hops.0.shownOn: required", "hops.0.evidence: required"],
    ],
    ["a day that isn't", { ...ROW, shownOn: "2026-02-30" }, ["hops.0.shownOn: date_not_understood"]],
    ["a year of two digits", { ...ROW, shownOn: "0026-01-01" }, ["hops.0.shownOn: date_out_of_range"]],
    ["a year of five digits", { ...ROW, shownUntil: "12026-01-01" }, ["hops.0.shownUntil: date_not_understood"]],
    ["a name of 121 letters", { ...ROW, processor: "n".repeat(121) }, ["hops.0.processor: too_long"]],
    ["a text for a file", { ...ROW, file: "list.pdf" }, ["hops.0.file: required"]],
  ])("with %s is not understood there", (_, row, issues) => {
    expect(issuesOf(() => parseInput(RecordInferencePath, { ...PATH, hops: [row] }))).toEqual(issues);
  });

  test(`of more than ${HOPS_MAX} companies is refused`, () => {
    const hops = Array.from({ length: HOPS_MAX + 1 }, () => ROW);
    expect(issuesOf(() => parseInput(RecordInferencePath, { ...PATH, hops }))).toEqual(["hops: too_many_hops"]);
  });
});

describe("a path that can't be", () => {
  const recorded = (statedOn: string | null, ...rows: object[]) => {
    const { hops } = parseInput(RecordInferencePath, {
      ...PATH,
      hops: rows as z.input<typeof RecordInferencePath>["hops"],
    });
    return refusalOf(() => assertMayRecord({ statedOn, hops }, TODAY));
  };
  const shown = { ...ROW, coverage: "shown_baa", evidence: "Their letter" };
  test.each([
    ["without a company", null, [{}, {}], "inference_path.empty at hops"],
    ["with no row at all", null, [], "inference_path.empty at hops"],
    ["stated tomorrow", "2026-11-23", [ROW], "inference_path.in_future at statedOn"],
    ["stated today", TODAY, [ROW], "allowed"],
    ["shown tomorrow", null, [{}, { ...shown, shownOn: "2026-11-23" }], "inference_path.in_future at hops.1.shownOn"],
    [
      "shown until before it was shown",
      null,
      [{ ...shown, shownOn: TODAY, shownUntil: "2026-11-21" }],
      "inference_path.shown_reversed at hops.0.shownUntil",
    ],
    ["shown for one day", null, [{ ...shown, shownOn: TODAY, shownUntil: TODAY }], "allowed"],
  ])("%s: %s", (_, statedOn, rows, outcome) => {
    expect(recorded(statedOn, ...rows)).toBe(outcome);
  });
});

test.each([
  ["OpenAI", ["OpenAI, Inc."], true],
  ["OpenAI OpCo, LLC", ["OpenAI"], true],
  ["openai", ["Another vendor", "OpenAI L.L.C."], true],
  ["Azure OpenAI", ["Microsoft", "Azure OpenAI service"], true],
  ["Metabase", ["Meta"], false],
  ["AI", ["OpenAI"], false],
  ["Cloudhaven", ["Northwind Labs", ""], false],
  ["Cloudhaven", [], false],
] as const)("an agreement with %2$j is one with “%1$s”: %3$s", (processor, names, outcome) => {
  expect(namesProcessor(names, processor)).toBe(outcome);
});

function issuesOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidInput) return error.issues.map(({ path, code }) => `${path}: ${code}`);
    throw error;
  }
  return [];
}

function refusalOf(work: () => void): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return `${error.code} at ${error.field}`;
    throw error;
  }
  return "allowed";
}
