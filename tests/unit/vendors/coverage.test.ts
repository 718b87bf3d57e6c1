import { describe, expect, test } from "vitest";
import { coverageOn, isHopCovered } from "#lib/domain/vendors/rules.ts";
import type { BaaFacts, Coverage, HopFacts } from "#lib/domain/vendors/schema.ts";
import { baa, hop, version } from "#tests/support/baas.ts";

const TODAY = "2026-06-01";
const PATH: HopFacts[] = [hop({ processor: "Vendor", coverage: "our_baa", baa: baa([version(1)]) })];

function coverage(baas: readonly BaaFacts[], path: readonly HopFacts[] | null = PATH, day = TODAY): Coverage {
  return coverageOn({ toolId: "scribe", selfHosted: true, baas, path }, day);
}

describe("a tool is covered", () => {
  test("by a BAA in force that names it and a path that is covered", () => {
    expect(coverage([baa([version(1, { expiresOn: "2026-12-31" })])])).toEqual({
      ...{ gaps: [], uncovered: [] },
      ...{ baaId: "baa", baaVersionId: "version 1", baaUntil: "2026-12-31" },
    });
  });

  test("by any one of several BAAs, and the one that lasts longest is named", () => {
    const short = baa([version(1, { expiresOn: "2026-06-30" })], { id: "short" });
    const long = baa([version(1, { id: "of long" })], { id: "long" });
    const unsigned = baa([version(1, { signature: "unknown" })], { id: "unsigned" });
    expect(coverage([unsigned, short, long])).toMatchObject({
      gaps: [],
      baaId: "long",
      baaVersionId: "of long",
      baaUntil: null,
    });
    expect(coverage([short])).toMatchObject({ baaId: "short", baaUntil: "2026-06-30" });
  });

  test("as long as one BAA follows on another, and no longer", () => {
    const first = baa([version(1, { expiresOn: "2026-06-30" })], { id: "first" });
    const second = baa([version(1, { effectiveOn: "2026-07-01", expiresOn: "2026-12-31" })], { id: "second" });
    const third = baa([version(1, { effectiveOn: "2027-02-01" })], { id: "third" });
    expect(coverage([first, second, third])).toMatchObject({ baaId: "first", baaUntil: "2026-12-31" });
  });

  test("only until an amendment drops it", () => {
    const facts = baa([version(1), version(2, { effectiveOn: "2026-07-01", surfaces: ["chat"] })]);
    expect(coverage([facts])).toMatchObject({ gaps: [], baaUntil: "2026-06-30" });
    expect(coverage([facts], PATH, "2026-06-30")).toMatchObject({ gaps: [] });
    expect(coverage([facts], PATH, "2026-07-01")).toMatchObject({ gaps: ["baa_names_other_surface"], baaId: null });
  });

  test("from the day on which an amendment adds it", () => {
    const facts = baa([version(1, { surfaces: [] }), version(2, { effectiveOn: "2026-07-01" })]);
    expect(coverage([facts]).gaps).toEqual(["baa_names_other_surface"]);
    expect(coverage([facts], PATH, "2026-07-01").gaps).toEqual([]);
  });
});

describe("what is missing", () => {
  test.each<[string, readonly BaaFacts[], Coverage["gaps"]]>([
    ["no BAA at all", [], ["no_baa_on_record"]],
    ["a BAA for another surface", [baa([version(1, { surfaces: ["chat"] })])], ["baa_names_other_surface"]],
    ["a BAA that has not begun", [baa([version(1, { effectiveOn: "2026-06-02" })])], ["baa_not_yet_effective"]],
    ["a BAA that ran out yesterday", [baa([version(1, { expiresOn: "2026-05-31" })])], ["baa_expired"]],
    ["a BAA that was ended", [baa([version(1)], { terminatedAfter: "2026-05-31" })], ["baa_terminated"]],
    ["a BAA signed by one side", [baa([version(1, { signature: "one_side" })])], ["baa_not_signed"]],
    [
      "several, each for its own reason",
      [baa([version(1, { expiresOn: "2026-05-31" })]), baa([version(1, { signature: "unknown" })])],
      ["baa_expired", "baa_not_signed"],
    ],
    [
      "an expired one that named it, beside one in force that doesn't",
      [baa([version(1, { expiresOn: "2026-05-31" })]), baa([version(1, { surfaces: ["chat"] })])],
      ["baa_expired"],
    ],
    ["a BAA all of whose versions are gone", [baa([])], ["no_baa_on_record"]],
  ])("%s", (_, baas, gaps) => {
    expect(coverage(baas)).toMatchObject({ gaps, baaId: null, baaVersionId: null, baaUntil: null });
  });

  test.each([
    ["no path on record", null],
    ["a path without a hop", []],
  ])("%s is never covered", (_, path) => {
    expect(coverage([baa([version(1)])], path).gaps).toEqual(["path_not_on_record"]);
  });

  test("a hop that nothing covers, by name and in order", () => {
    const path = [
      hop({ processor: "Model host", coverage: "none" }),
      ...PATH,
      hop({ processor: "Logs", coverage: "none" }),
    ];
    expect(coverage([baa([version(1)])], path)).toMatchObject({
      gaps: ["hop_uncovered"],
      uncovered: ["Model host", "Logs"],
    });
  });

  test("both a BAA and a covered path", () => {
    expect(coverage([], [hop({ processor: "Model host", coverage: "none" })]).gaps).toEqual([
      "no_baa_on_record",
      "hop_uncovered",
    ]);
  });
});

describe("the clinic's own equipment", () => {
  test("needs no BAA where nobody else touches a prompt", () => {
    expect(coverage([], [hop(), hop()])).toMatchObject({ gaps: [], baaId: null, baaUntil: null });
  });

  test("needs one where the tool is registered as somebody else's service", () => {
    const facts = { toolId: "scribe", selfHosted: false, baas: [], path: [hop()] };
    expect(coverageOn(facts, TODAY).gaps).toEqual(["no_baa_on_record"]);
  });

  test("needs one as soon as one hop is another's", () => {
    expect(coverage([], [hop(), ...PATH]).gaps).toEqual(["no_baa_on_record"]);
  });
});

describe("a hop", () => {
  const inForce = baa([version(1, { expiresOn: "2026-12-31" })]);
  test.each<[string, Partial<HopFacts>, string, boolean]>([
    ["of the clinic's own is covered", { coverage: "own" }, TODAY, true],
    ["that nothing covers is not", { coverage: "none" }, TODAY, false],
    ["under a BAA of ours is covered on its last day", { coverage: "our_baa", baa: inForce }, "2026-12-31", true],
    ["under a BAA of ours is not covered the day after", { coverage: "our_baa", baa: inForce }, "2027-01-01", false],
    ["whose BAA is gone is not covered", { coverage: "our_baa", baa: null }, TODAY, false],
    [
      "under an unsigned BAA is not covered",
      { coverage: "our_baa", baa: baa([version(1, { signature: "one_side" })]) },
      TODAY,
      false,
    ],
    ["under a BAA that we were shown is covered from that day", { coverage: "shown_baa", shownOn: TODAY }, TODAY, true],
    ["is not covered before that day", { coverage: "shown_baa", shownOn: "2026-06-02" }, TODAY, false],
    ["is not covered without a day", { coverage: "shown_baa" }, TODAY, false],
    [
      "is covered to the last day that we were shown",
      { coverage: "shown_baa", shownOn: "2026-01-01", shownUntil: TODAY },
      TODAY,
      true,
    ],
    [
      "is not covered after it",
      { coverage: "shown_baa", shownOn: "2026-01-01", shownUntil: "2026-05-31" },
      TODAY,
      false,
    ],
  ])("%s", (_, fields, day, covered) => {
    expect(isHopCovered(hop(fields), day)).toBe(covered);
  });
});
