import { describe, expect, test } from "vitest";
import { listCatalogue } from "#lib/domain/tools/store.ts";
import { listCatalogueWords, toolSaid } from "#lib/domain/tools/words/store.ts";

const words = listCatalogueWords().get("es") ?? { surfaces: {}, conditions: {}, names: {} };
const catalogue = listCatalogue();
const surfaces = new Set(catalogue.map(({ surface }) => surface));
const conditions = new Set(catalogue.flatMap((entry) => entry.conditions));
const names = new Set(catalogue.flatMap(({ product, vendor }) => [product, vendor]));

describe("in Spanish", () => {
  test("every plan and every condition of the catalogue has words", () => {
    expect([...surfaces].filter((surface) => !Object.hasOwn(words.surfaces, surface))).toEqual([]);
    expect([...conditions].filter((condition) => !Object.hasOwn(words.conditions, condition))).toEqual([]);
  });

  test("no words are for what the catalogue no longer says", () => {
    expect(Object.keys(words.surfaces).filter((surface) => !surfaces.has(surface))).toEqual([]);
    expect(Object.keys(words.conditions).filter((condition) => !conditions.has(condition))).toEqual([]);
    expect(Object.keys(words.names).filter((name) => !names.has(name))).toEqual([]);
  });

  test("a condition is not left in English", () => {
    expect(Object.entries(words.conditions).filter(([english, spanish]) => english === spanish)).toEqual([]);
  });

  test("a plan of the catalogue is said in Spanish; what a clinic typed stays as typed, and is marked", () => {
    const typed = { vendor: "OpenAI", product: "ChatGPT", surface: "Our front desk's plan" };
    expect(toolSaid({ ...typed, surface: "All paid plans" }, "es").surface).toEqual({
      text: "Todos los planes de pago",
    });
    expect(toolSaid(typed, "es").surface).toEqual({ text: "Our front desk's plan", lang: "en" });
    expect(toolSaid(typed, "en")).toEqual({ ...typed, surface: { text: "Our front desk's plan" } });
    expect(toolSaid({ ...typed, surface: "constructor" }, "es").surface.text).toBe("constructor");
  });
});
