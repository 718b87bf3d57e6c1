import { expect, test } from "vitest";
import { POLICY_CODES } from "#lib/domain/policies/documents/schema.ts";
import { readPolicyDocument } from "#lib/domain/policies/documents/store.ts";
import { wordsOf } from "#lib/domain/policies/rules.ts";
import { SIGNATURE_STATES } from "#lib/domain/policies/schema.ts";
import english from "#messages/en/policies.json";
import spanish from "#messages/es/policies.json";

// Officers write a directive, and packs are read, in English.
const OFFICERS_ONLY = ["issue", "pdf"];

function keys(value: unknown, path: string[] = []): string[] {
  if (typeof value !== "object" || value === null) return [path.join(".")];
  return Object.entries(value).flatMap(([key, inner]) => keys(inner, [...path, key]));
}

test("all that staff can read of policies is there in Spanish", () => {
  const staff = keys(english).filter((key) => !OFFICERS_ONLY.includes(key.split(".")[0] ?? ""));
  expect(staff.length).toBeGreaterThan(50);
  expect(keys(spanish).sort()).toEqual(staff.sort());
});

test("every state of a signature has a word", () => {
  expect(Object.keys(english.state).sort()).toEqual([...SIGNATURE_STATES].sort());
});

test.each(POLICY_CODES.flatMap((code) => (["en", "es"] as const).map((locale) => [code, locale] as const)))(
  "what the form gives fills every blank of %s in %s, and nothing is given that it has no blank for",
  (code, locale) => {
    const given = {
      ...{
        orderedFrom: "2026-03-01",
        dueDays: 3,
        amnestyUntil: "2026-03-15",
        reportMinutes: 60,
        addresses: ["x.example"],
      },
      ...{ privacyOfficer: "a", securityOfficer: "b", governingBody: "c", governingBodyEs: "" },
    };
    const words = wordsOf(given, { name: "d", toolRequestUrl: "https://e.example" }, locale);
    expect(Object.keys(words).sort()).toEqual([...readPolicyDocument(code, locale).variables].sort());
  },
);
