import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { BaaTerms } from "#lib/domain/vendors/terms/schema.ts";
import { listBaaTerms } from "#lib/domain/vendors/terms/store.ts";

const folder = "content/baa-terms";
const files = readdirSync(folder).map((name) => ({
  name,
  ...BaaTerms.safeParse(parse(readFileSync(`${folder}/${name}`, "utf8"))),
}));
const terms = listBaaTerms();

describe("the terms of a BAA", () => {
  test.each(files)("of $name fit their schema", ({ error }) => {
    expect(error?.issues ?? []).toEqual([]);
  });

  test("are ten of the contract, three on security and eight on AI, in this order", () => {
    expect(terms.map(({ group }) => group)).toEqual([
      ...Array(10).fill("contract"),
      ...Array(3).fill("security"),
      ...Array(8).fill("ai"),
    ]);
  });

  test("have each a key and a title of their own, in both languages", () => {
    for (const values of [
      terms.map(({ key }) => key),
      terms.map(({ title }) => title.en),
      terms.map(({ title }) => title.es),
    ])
      expect(new Set(values).size).toBe(terms.length);
    expect(terms.filter(({ title, text }) => title.en === title.es || text.en === text.es)).toEqual([]);
  });

  test("hold every item of 45 CFR 164.504(e)(2) and 164.314(a)(2)(i) once, and nothing but those as a term of its own", () => {
    const cited = terms
      .flatMap((term) => (term.force === "required" ? term.citations : []))
      .filter((citation) => /164\.504\(e\)\(2\)|164\.314/.test(citation))
      .sort();
    expect(cited).toEqual(
      [
        ..."ABC".split("").map((letter) => `45 CFR 164.314(a)(2)(i)(${letter})`),
        "45 CFR 164.504(e)(2)(i)",
        ..."ABCDEFGHIJ".split("").map((letter) => `45 CFR 164.504(e)(2)(ii)(${letter})`),
        "45 CFR 164.504(e)(2)(iii)",
      ].sort(),
    );
  });

  test("are required only where a rule requires them: those on AI are recommended, cite none and don't say must", () => {
    for (const term of terms) expect(term.force, term.key).toBe(term.group === "ai" ? "recommended" : "required");
    const ai = terms.filter(({ group }) => group === "ai");
    expect(ai.filter(({ text }) => /\b(must|required by|the law requires|HIPAA requires)\b/i.test(text.en))).toEqual(
      [],
    );
    expect(ai.filter(({ confidence }) => confidence === "high")).toEqual([]);
  });

  test("say each where they are from, of when, how sure, and what to look for, in finished sentences", () => {
    for (const { key, sources, asOf, confidence, text, lookFor } of terms) {
      expect(sources.length, key).toBeGreaterThan(0);
      expect(asOf >= "2026-01-01" && asOf <= "2026-11-22", key).toBe(true);
      expect(["high", "medium", "low"], key).toContain(confidence);
      for (const sentence of [text.en, text.es, lookFor]) expect(sentence, key).toMatch(/[.?]$/);
    }
  });
});
