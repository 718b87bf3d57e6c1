import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { signedInElsewhere, signedOut } from "#app/sign-in-again.ts";

const NOTES = "Writes notes of calls.\nKept for a year.";

function typed(): FormData {
  const form = new FormData();
  form.set("notes", NOTES);
  form.set("currentPassword", "eleven paper boats");
  return form;
}

describe("a form of who has signed in meanwhile by the link of another clinic", () => {
  const answer = signedInElsewhere("en", typed(), "harbor-family");

  test("keeps what was typed, except a password", () => {
    expect(answer.values).toEqual({ notes: NOTES });
  });

  test("says why, and leads in a new tab to the sign-in of its own clinic, which says so too", () => {
    expect(answer.message).toMatch(/the provider of another clinic of yours, and that doesn’t open this one/);
    expect(answer.link).toEqual({
      href: "/sign-in?clinic=harbor-family&problem=of_other_clinic",
      label: "Sign in, in a new tab",
      newTab: true,
    });
  });

  test("says it in the reader’s language", () => {
    expect(signedInElsewhere("es", typed(), "harbor-family").message).toMatch(/otra de sus clínicas/);
  });

  test("is answered before anything redirects", () => {
    const answerIn = readFileSync("app/answer.ts", "utf8").split("export async function answerIn")[1] ?? "";
    const before = answerIn.split("requireClinicContext")[0] ?? "";
    expect(before).toMatch(/signedOut\(/);
    expect(before).toMatch(/isOfOtherClinic\(session, clinic\).*signedInElsewhere\(/);
  });
});

test("a form of who was signed out keeps what was typed, and leads to sign in, in a new tab", () => {
  const answer = signedOut("en", typed());
  expect(answer).toMatchObject({ values: { notes: NOTES }, link: { href: "/sign-in", newTab: true } });
  expect(answer.message).toMatch(/^You have been signed out/);
});
