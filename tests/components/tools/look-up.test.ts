import { createElement } from "react";
import { describe, expect, test } from "vitest";
import { LookUpResults, type ShownLookUp } from "#components/tools/look-up-results.tsx";
import { WORKS } from "#lib/domain/tools/usable/rules.ts";
import { drawn, textOf } from "#tests/support/drawn.ts";

const FOUND: ShownLookUp = {
  ...{ asked: "DeepL", goesIn: null, isReadable: true, results: [], inCatalogue: [], nearMisses: [] },
  ...{ instead: [], nothingFor: null, before: { requests: [], answers: [] }, officers: ["Dana Whitfield"] },
};
const PATHS = { lookUp: "/c/harbor/may-i-use-it", tools: undefined, ask: "/c/harbor/requests/new" };

const shown = (found: Partial<ShownLookUp>, locale: "en" | "es" = "en") =>
  textOf(drawn(createElement(LookUpResults, { found: { ...FOUND, ...found }, paths: PATHS }), { locale }));

describe("where nothing does the same work", () => {
  test("that is said, for what would go in, and whom to ask", () => {
    expect(shown({ nothingFor: "translation" })).toContain(
      "No tool for translation is approved in your clinic today. Ask Dana Whitfield what to do this work with.",
    );
    expect(shown({ nothingFor: "visit_notes", goesIn: "phi" })).toContain(
      "No tool for visit notes is approved in your clinic today for patient data.",
    );
    expect(shown({ nothingFor: "translation", goesIn: "phi" }, "es")).toContain(
      "Hoy su clínica no tiene aprobada ninguna herramienta para traducir con datos de pacientes.",
    );
    expect(shown({})).not.toContain("What you may use instead");
  });

  test.each(WORKS)("%s has words in both languages", (work) => {
    expect(shown({ nothingFor: work })).not.toBe(shown({ nothingFor: work }, "es"));
  });
});
