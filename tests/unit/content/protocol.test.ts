import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ProtocolFile } from "#lib/domain/evidence/schema.ts";

const folder = "content/protocol";
const files = readdirSync(folder).map((name) => ({
  name,
  ...ProtocolFile.safeParse(parse(readFileSync(`${folder}/${name}`, "utf8"))),
}));
const items = files.flatMap(({ data }) =>
  data === undefined ? [] : data.items.map((item) => ({ ...item, rule: data.rule })),
);

describe("the OCR protocol", () => {
  test.each(files)("of $name fits its schema, bears its rule's name and is dated", ({ name, error, data }) => {
    expect(error?.issues ?? []).toEqual([]);
    expect(name).toBe(`${data?.rule}.yaml`);
    expect((data?.asOf ?? "") <= "2026-11-22").toBe(true);
  });

  test("has its 64 items once each, ascending within each rule", () => {
    const numbers = items.map(({ item }) => item);
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 64 }, (_, index) => index + 1));
    for (const { name, data } of files) {
      const own = (data?.items ?? []).map(({ item }) => item);
      expect(own, name).toEqual([...own].sort((a, b) => a - b));
    }
  });

  test("cites for each item a place under the rule it belongs to", () => {
    const place = {
      security: /^45 CFR 164\.3(0[2-9]|1\d)/,
      privacy: /^45 CFR 164\.5\d\d/,
      breach: /^45 CFR 164\.4\d\d/,
    };
    expect(items.filter(({ rule, citation }) => !place[rule].test(citation))).toEqual([]);
    for (const { citation } of items) {
      for (const part of citation.split("; ")) expect(part).toMatch(/^45 CFR 164\.\d{3}(\([0-9a-zA-Z]+\))*$/);
    }
  });

  test("asks, keeps and names in finished words, and never the same title twice", () => {
    const titles = items.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
    expect(items.filter(({ asks, keeps }) => !asks.endsWith(".") || !keeps.endsWith("."))).toEqual([]);
  });

  test("says what is missing where a section answers only partly, and names a section once an item", () => {
    for (const { item, answers } of items) {
      const sections = answers.map(({ section }) => section);
      expect(new Set(sections).size, `item ${item}`).toBe(sections.length);
      for (const answer of answers) {
        if (answer.extent === "partly") expect(answer.missing, `item ${item}`).toMatch(/\.$/);
      }
    }
  });
});
