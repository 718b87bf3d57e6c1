import { expect, test } from "vitest";
import { isAbout, type Subject } from "#lib/domain/tools/asked-before/rules.ts";
import { nameKeyOf } from "#lib/domain/tools/rules.ts";

const request = (product: string, surface = "", toolId: string | null = null) => {
  const names = { vendor: "", product, surface };
  return { ...names, toolId, hostname: "", nameKey: nameKeyOf(names) };
};
const subject = (product: string, surface = "", toolId: string | null = null): Subject => {
  return { vendor: "Northwind Labs", product, surface, toolId, hostnames: [] };
};

test.each([
  ["both tied to the same tool, whatever they are called", request("Quill", "", "a"), subject("Other", "", "a"), true],
  ["both tied, to two tools", request("Quill", "", "a"), subject("Quill", "", "b"), false],
  ["typed, of the tool's name", request("quill"), subject("Quill", "Free", "a"), true],
  ["typed nearly so", request("Quill app"), subject("Quill", "Free", "a"), true],
  ["tied, and looked up by its name", request("Quill", "Free", "a"), subject("quill"), true],
  ["of the catalogue, and the same entry", request("Quill", "API"), subject("Quill", "API"), true],
  ["of the catalogue, and another way of access", request("Quill", "API"), subject("Quill", "Website", "a"), false],
  ["of another tool", request("Northwind"), subject("Quill", "Free", "a"), false],
])("a request is about a tool: %s", (_, one, other, about) => {
  expect(isAbout(one, other)).toBe(about);
});
