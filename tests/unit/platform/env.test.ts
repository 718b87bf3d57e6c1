import { describe, expect, test } from "vitest";
import { environmentProblems } from "#lib/platform/env.ts";

const GOOD = {
  DATABASE_URL: "postgresql://wardbook_app:x@127.0.0.1/wardbook",
  WARDBOOK_URL: "https://wardbook.clinic.example",
  WARDBOOK_SECRET: "q8Zr1vXw0YtUe5Kp3Hn7Ls9Bd2Fg4Jm6Ca",
  WARDBOOK_KEYS: "/var/lib/wardbook/keys",
};

test("a complete environment has no problem", () => {
  expect(environmentProblems(GOOD)).toEqual([]);
  expect(environmentProblems({ ...GOOD, DATABASE_OWNER_URL: "postgres://owner@127.0.0.1/wardbook" })).toEqual([]);
});

test("all that is missing is said in one list, and empty is missing", () => {
  const missing = environmentProblems({});
  expect(missing.map((problem) => problem.split(" ")[0])).toEqual(Object.keys(GOOD));
  expect(missing.every((problem) => problem.includes("is missing"))).toBe(true);
  const empty = Object.fromEntries(Object.keys(GOOD).map((name) => [name, ""]));
  expect(environmentProblems(empty)).toEqual(missing);
});

test("what is missing, wrong and a default stand in the same list", () => {
  const problems = environmentProblems({
    DATABASE_URL: "mysql://wardbook",
    DATABASE_OWNER_URL: "owner",
    WARDBOOK_URL: "ftp://wardbook",
    WARDBOOK_SECRET: "changeme",
  });
  expect(problems.map((problem) => problem.split(" ")[0])).toEqual(
    expect.arrayContaining(["DATABASE_URL", "DATABASE_OWNER_URL", "WARDBOOK_URL", "WARDBOOK_SECRET", "WARDBOOK_KEYS"]),
  );
});

test("mail needs no setting; a key needs a sender, and what is set is looked at", () => {
  const mail = { RESEND_API_KEY: "re_0123456789", MAIL_FROM: "Wardbook <mail@clinic.example>" };
  expect(environmentProblems({ ...GOOD, ...mail })).toEqual([]);
  expect(environmentProblems({ ...GOOD, ...mail, MAIL_FROM: "mail@clinic.example" })).toEqual([]);
  const wrong = [
    { ...mail, MAIL_FROM: "" },
    { ...mail, MAIL_FROM: "the clinic" },
    { ...mail, RESEND_API_KEY: "re" },
    { ...mail, RESEND_BASE_URL: "ftp://mail" },
    { ...mail, RESEND_WEBHOOK_SECRET: "secret" },
  ];
  const named = wrong.map((fields) => environmentProblems({ ...GOOD, ...fields }).map((text) => text.split(" ")[0]));
  expect(named).toEqual([
    ["MAIL_FROM"],
    ["MAIL_FROM"],
    ["RESEND_API_KEY"],
    ["RESEND_BASE_URL"],
    ["RESEND_WEBHOOK_SECRET"],
  ]);
});

test("sign-in providers need no setting; each needs all of its own, and what is set is looked at", () => {
  const google = { OIDC_GOOGLE_ID: "id", OIDC_GOOGLE_SECRET: "secret" };
  const entra = { OIDC_ENTRA_ID: "id", OIDC_ENTRA_SECRET: "secret", OIDC_ENTRA_TENANT: "organizations" };
  const issuer = { OIDC_GENERIC_ISSUER: "https://id.clinic.example", OIDC_GENERIC_NAME: "Clinic ID" };
  const generic = { ...issuer, OIDC_GENERIC_ID: "id", OIDC_GENERIC_SECRET: "secret" };
  expect(environmentProblems({ ...GOOD, ...google, ...entra, ...generic, WARDBOOK_DNS: "1.1.1.1, [::1]:53" })).toEqual(
    [],
  );
  const local = { ...generic, OIDC_GENERIC_ISSUER: "http://127.0.0.1:4000" };
  expect(environmentProblems({ ...GOOD, ...local })).toEqual([]);
  const wrong = [
    { OIDC_GOOGLE_ID: "id" },
    { ...entra, OIDC_ENTRA_TENANT: "common" },
    { ...generic, OIDC_GENERIC_ISSUER: "http://id.clinic.example" },
    { ...generic, OIDC_GENERIC_ISSUER: "https://id.clinic.example?x=1" },
    { ...generic, OIDC_GENERIC_SECRET: "" },
    { WARDBOOK_DNS: "dns.example" },
  ];
  const named = wrong.map((fields) => environmentProblems({ ...GOOD, ...fields }).map((text) => text.split(" ")[0]));
  expect(named).toEqual([
    ["OIDC_GOOGLE_SECRET"],
    ["OIDC_ENTRA_TENANT"],
    ["OIDC_GENERIC_ISSUER"],
    ["OIDC_GENERIC_ISSUER"],
    ["OIDC_GENERIC_SECRET"],
    ["WARDBOOK_DNS.0"],
  ]);
});

describe("a secret", () => {
  test.each([
    ["too short", "q8Zr1vXw0YtUe5Kp3Hn7Ls9Bd2Fg4Jm", "too short"],
    ["one character again and again", "x".repeat(40), "a default or a pattern"],
    ["a short pattern again and again", "abcdef".repeat(8), "a default or a pattern"],
    ["a word of every template", `change-me${"_1".repeat(16)}`, "a default or a pattern"],
  ])("is refused when it is %s", (_, secret, reason) => {
    const problems = environmentProblems({ ...GOOD, WARDBOOK_SECRET: secret });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(reason);
    expect(problems[0]).not.toContain(secret);
  });
});
