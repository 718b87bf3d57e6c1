import { describe, expect, test } from "vitest";
import { askedItems, missingNow } from "#lib/domain/calendar/asked/rules.ts";
import { STEPS } from "#lib/domain/calendar/first-steps/rules.ts";
import type { SectionContent } from "#lib/domain/evidence/rules.ts";
import { SECTIONS, type Section } from "#lib/domain/evidence/schema.ts";
import { listProtocol } from "#lib/domain/evidence/store.ts";
import english from "#messages/en/calendar.json";
import spanish from "#messages/es/calendar.json";

function sections(records: Partial<Record<Section, number>>): Record<Section, SectionContent> {
  const contents = SECTIONS.map((section) => [section, { records: records[section] ?? 0, files: [], events: [] }]);
  return Object.fromEntries(contents) as Record<Section, SectionContent>;
}

describe("what would be missing if OCR wrote today", () => {
  const nothing = missingNow(listProtocol(), sections({ ledger: 5, members: 1, role_history: 1 }));

  test("only items that a record made here would answer, each with the page that makes it", () => {
    const answerable = new Set(listProtocol().flatMap(({ item, answers }) => (answers.length > 0 ? [item] : [])));
    expect(nothing.length).toBeGreaterThan(5);
    expect(nothing.filter(({ item }) => !answerable.has(item))).toEqual([]);
    expect(nothing.find(({ item }) => item === 10)).toMatchObject({
      section: "designations",
      path: "/people/officers",
    });
    expect(nothing.map(({ item }) => item)).not.toContain(3);
  });

  test("an item that has a record is not among them", () => {
    const withOfficers = missingNow(listProtocol(), sections({ designations: 1 }));
    expect(withOfficers.map(({ item }) => item)).not.toContain(10);
  });

  test("nobody is told to have people leave, ask or be excepted for the sake of a record", () => {
    const forced = ["tool_requests", "tool_exceptions", "offboarding", "role_history"];
    const empty = missingNow(listProtocol(), sections({}));
    expect(empty.length).toBeGreaterThan(nothing.length);
    expect(empty.filter(({ section, path }) => forced.includes(section) || !path)).toEqual([]);
  });
});

test("an item names only the places where a record is", () => {
  const items = askedItems(listProtocol(), sections({ ledger: 5, baas: 2 }));
  expect(items).toHaveLength(listProtocol().length);
  const [baas, ledger] = [items.find(({ item }) => item === 23), items.find(({ item }) => item === 32)];
  expect(baas).toMatchObject({ status: "partly", places: [{ section: "baas", path: "/vendors" }] });
  expect(ledger?.places).toEqual([{ section: "ledger", path: "/ledger" }]);
  expect(items.find(({ item }) => item === 10)?.places).toEqual([]);
});

test("every item that a first step answers to exists in the protocol", () => {
  const known = new Set(listProtocol().map(({ item }) => item));
  expect(Object.values(STEPS).flatMap(({ items }) => items.filter((item) => !known.has(item)))).toEqual([]);
});

test.each([
  ["en", english],
  ["es", spanish],
])("every section and step has words in %s", (_, words) => {
  expect(Object.keys(words.section).sort()).toEqual([...SECTIONS].sort());
  expect(Object.keys(words.firstSteps.step)).toEqual(Object.keys(STEPS));
});
