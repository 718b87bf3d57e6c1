import { describe, expect, test } from "vitest";
import type { ToolFacts } from "#lib/domain/tools/schema.ts";
import { answered, assertSameRelation, updatesOf, withAnswers } from "#lib/domain/tools/updates/rules.ts";
import { type Known, UPDATED_FIELDS } from "#lib/domain/tools/updates/schema.ts";
import { InvalidInput, Refusal } from "#lib/kernel/errors.ts";

const facts: ToolFacts = {
  jurisdiction: "United States",
  baa: "none",
  trainsOnInputs: "opt_out",
  dataResidency: "Not fixed",
  retention: "30 days",
  recommendation: "prohibited",
  conditions: [],
  why: { en: "No BAA.", es: "Sin BAA." },
  notes: "",
  sources: [{ title: "An index", url: "https://index.example" }],
  asOf: "2026-01-05",
  confidence: "low",
};
const hostnames = [
  { name: "a.example", verified: false },
  { name: "b.example", verified: true },
];
const ours: Known = { modelFamily: "gpt", category: "general_chat", facts, hostnames };

/** The same with every field said otherwise. */
const theirs: Known = {
  modelFamily: "claude",
  category: "scribe",
  facts: {
    jurisdiction: "Ireland",
    baa: "included",
    trainsOnInputs: "no",
    dataResidency: "United States",
    retention: "None",
    recommendation: "approved_for_phi",
    conditions: ["Only the clinic's account."],
    why: { en: "With a BAA.", es: "Con BAA." },
    notes: "Read it.",
    sources: [{ title: "The contract" }],
    asOf: "2026-10-01",
    confidence: "high",
  },
  hostnames: [{ name: "c.example", verified: true }],
};

describe("a newer entry differs", () => {
  test("in every field that it says otherwise, and in no other", () => {
    expect(updatesOf(ours, theirs)).toEqual([...UPDATED_FIELDS]);
    expect(updatesOf(ours, { ...ours, facts: { ...facts, asOf: "2026-10-01", confidence: "high" } })).toEqual([]);
  });

  test.each(UPDATED_FIELDS)("in %s alone, where that alone was accepted of another entry", (field) => {
    const one = withAnswers(ours, theirs, {
      accepted: [field],
      kept: UPDATED_FIELDS.filter((other) => other !== field),
    });
    expect(updatesOf(ours, one)).toEqual([field]);
    expect(updatesOf(one, theirs)).toEqual(UPDATED_FIELDS.filter((other) => other !== field));
  });

  test("not by the order of its addresses, but by which of them are verified", () => {
    expect(updatesOf(ours, { ...ours, hostnames: hostnames.toReversed() })).toEqual([]);
    const verified = hostnames.map(({ name }) => ({ name, verified: true }));
    expect(updatesOf(ours, { ...ours, hostnames: verified })).toEqual(["hostnames"]);
  });

  test("by a source's address, and by its absence", () => {
    const without = { ...facts, sources: [{ title: "An index" }] };
    expect(updatesOf(ours, { ...ours, facts: without })).toEqual(["sources"]);
  });
});

describe("an answer", () => {
  test("is needed for each field that differs, and asked for beside it", () => {
    const some = () => answered(["baa", "notes", "why"], { baa: "accept", retention: "keep" });
    expect(some).toThrow(InvalidInput);
    try {
      some();
    } catch (error) {
      expect((error as InvalidInput).issues.map(({ path, code }) => `${path}: ${code}`)).toEqual([
        ...["notes: accept_or_keep", "why: accept_or_keep"],
      ]);
    }
  });

  test("for a field that doesn't differ counts for nothing", () => {
    expect(answered(["baa"], { baa: "keep", retention: "accept" })).toEqual({ accepted: [], kept: ["baa"] });
  });

  test("accepting all accepts what differs, and makes the register as the catalogue", () => {
    const all = answered(updatesOf(ours, theirs), "accept_all");
    expect(withAnswers(ours, theirs, all)).toEqual(theirs);
    expect(answered([], "accept_all")).toEqual({ accepted: [], kept: [] });
  });

  test("keeping all changes nothing, not even the day of the facts", () => {
    expect(withAnswers(ours, theirs, { accepted: [], kept: [...UPDATED_FIELDS] })).toEqual(ours);
  });

  test("that keeps one field keeps the older day: no fact is called newer than it is", () => {
    const mixed = answered(["baa", "why"], { baa: "keep", why: "accept" });
    expect(withAnswers(ours, theirs, mixed).facts).toMatchObject({
      ...{ baa: "none", why: theirs.facts.why, asOf: "2026-01-05", confidence: "low" },
    });
    const taken = answered(["baa", "why"], { baa: "accept", why: "accept" });
    expect(withAnswers(ours, theirs, taken).facts).toMatchObject({ asOf: "2026-10-01", confidence: "high" });
  });
});

test.each([
  ["none", "own"],
  ["none", "hosted"],
  ["hosted", "own"],
  ["hosted", "none"],
  ["own", "none"],
] as const)("a tool that is %s and judged as %s now can't be turned into that", (deepseek, now) => {
  const tool = { product: "Northwind", surface: "Team plan", deepseek };
  expect(() => assertSameRelation(tool, { deepseek: now })).toThrow(Refusal);
  expect(() => assertSameRelation(tool, { deepseek })).not.toThrow();
});
