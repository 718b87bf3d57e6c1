import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { WORKSHEET_GROUPS, WorksheetQuestions } from "#lib/domain/vendors/worksheet/schema.ts";
import { listWorksheetQuestions } from "#lib/domain/vendors/worksheet/store.ts";

const folder = "content/due-diligence";
const files = readdirSync(folder).map((name) => ({
  name,
  ...WorksheetQuestions.safeParse(parse(readFileSync(`${folder}/${name}`, "utf8"))),
}));
const questions = listWorksheetQuestions();
const keys = questions.map(({ key }) => key);

describe("the vendor worksheet", () => {
  test.each(files)("of $name fits its schema", ({ error }) => {
    expect(error?.issues ?? []).toEqual([]);
  });

  test("asks each question once, in both languages, group after group", () => {
    expect(new Set(keys).size).toBe(keys.length);
    for (const locale of ["en", "es"] as const) {
      expect(new Set(questions.map(({ question }) => question[locale])).size).toBe(questions.length);
    }
    const groups = questions.map(({ group }) => group);
    expect(groups.filter((group, index) => group !== groups[index - 1])).toEqual([...WORKSHEET_GROUPS]);
  });

  test.each([
    "inference-path-in-writing",
    "every-hop-covered",
    "subprocessor-list-and-notice",
    "training-on-inputs",
    "retention-by-kind",
    "places-of-processing",
    "vendor-staff-access",
    "audit-trail-complete",
    "model-change-notice",
    "incident-notice",
    "deletion-and-return",
    "certification-claims",
  ])("asks for %s", (key) => {
    expect(keys).toContain(key);
  });

  test("asks in questions, and says why, what is good and what is not in words that end", () => {
    for (const { key, question, why, goodAnswer, redFlag } of questions) {
      expect(question.en, key).toMatch(/\?$/);
      expect(question.es, key).toMatch(/\?$/);
      expect(question.es.split("¿").length, key).toBe(question.es.split("?").length);
      for (const sentence of [why, goodAnswer, redFlag]) expect(sentence, key).toMatch(/[.”]$/);
      expect(why.match(/[.!?](\s|$)/g), `${key}: one sentence says why`).toHaveLength(1);
    }
  });

  test("asks for papers where papers matter", () => {
    const papers = questions.filter(({ evidence }) => evidence !== null);
    expect(papers.length).toBeGreaterThan(10);
    expect(papers.length).toBeLessThan(questions.length);
  });

  test("says of each question where it is from, of when and how sure, and claims no rule on its own word", () => {
    for (const { key, sources, asOf, confidence, citations } of questions) {
      expect(sources.length, key).toBeGreaterThan(0);
      expect(asOf >= "2026-01-01" && asOf <= "2026-11-22", key).toBe(true);
      expect(["high", "medium", "low"], key).toContain(confidence);
      if (sources.every(({ url }) => url === undefined)) expect(confidence, key).toBe("low");
      expect(new Set(citations).size, key).toBe(citations.length);
    }
  });

  test("states nothing as law that isn't: encryption is addressable, and no retention time for logs is the rule's", () => {
    const all = questions.map(({ question, why, goodAnswer, redFlag }) =>
      [question.en, why, goodAnswer, redFlag].join(" "),
    );
    expect(all.filter((text) => /encryption is (required|mandatory)|must (be )?encrypt/i.test(text))).toEqual([]);
    expect(all.filter((text) => /(six|seven|6|7) years/i.test(text) && /\blogs?\b/i.test(text))).toEqual([]);
    expect(all.filter((text) => /HIPAA[- ](certified|compliant)\b/i.test(text))).toEqual([]);
  });
});
