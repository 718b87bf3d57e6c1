import { describe, expect, test } from "vitest";
import { assertOwnName } from "#lib/domain/attestations/rules.ts";
import { Signing } from "#lib/domain/attestations/schema.ts";
import { Refusal } from "#lib/kernel/errors.ts";

const isOwn = (typed: string, name: string) => {
  try {
    assertOwnName(typed, name);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === "attestation.name_differs" && error.field === "typedName")
      return false;
    throw error;
  }
};

describe("a signature is one's own name", () => {
  test.each([
    ["as the clinic has it", "María Santos", "María Santos"],
    ["without its accents", "Maria Santos", "María Santos"],
    ["with accents that the clinic left out", "José Peña", "Jose Pena"],
    ["composed another way", "Marı\u0301a Santos".replace("ı", "i"), "María Santos"],
    ["in capitals", "MARÍA SANTOS", "María Santos"],
    ["with other spaces and signs", " maria   santos. ", "María Santos"],
    ["with another apostrophe", "Grace O’Brien", "Grace O'Brien"],
    ["with a hyphen or without", "Anne Marie Roy", "Anne-Marie Roy"],
    ["in wide letters", "Ｄａｎａ Whitfield", "Dana Whitfield"],
    ["with invisible characters", "Dana\u200b Whit\u00adfield", "Dana Whitfield"],
    ["of another script", "Наталья Иванова", "НАТАЛЬЯ ИВАНОВА"],
  ])("%s", (_, typed, name) => {
    expect(isOwn(typed, name)).toBe(true);
  });

  test.each([
    ["nothing", "", "Maria Santos"],
    ["signs alone", "---", "Maria Santos"],
    ["the first name", "Maria", "Maria Santos"],
    ["the names the other way round", "Santos Maria", "Maria Santos"],
    ["initials", "M. S.", "Maria Santos"],
    ["a letter more", "Maria Santoss", "Maria Santos"],
    ["somebody else", "Dana Whitfield", "Maria Santos"],
    ["letters that only look the same", "Mаria Santos", "Maria Santos"],
    ["the two names as one", "MariaSantos", "Maria Santos"],
  ])("%s is not", (_, typed, name) => {
    expect(isOwn(typed, name)).toBe(false);
  });

  test("the refusal says how the clinic has it", () => {
    expect(() => assertOwnName("x", "María Santos")).toThrow(
      expect.objectContaining({ code: "attestation.name_differs", params: { name: "María Santos" } }),
    );
  });
});

test("what a form sends is a hash, a language and a line, or nothing", () => {
  const signing = { textSha256: "a".repeat(64), locale: "es", typedName: "  Ana \t Ruiz\n" };
  expect(Signing.parse(signing)).toEqual({ ...signing, typedName: "Ana Ruiz" });
  for (const wrong of [
    { textSha256: "A".repeat(64) },
    { textSha256: "" },
    { locale: "fr" },
    { typedName: "x".repeat(201) },
  ]) {
    expect(Signing.safeParse({ ...signing, ...wrong }).success).toBe(false);
  }
});
