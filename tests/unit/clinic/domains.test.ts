import { describe, expect, test } from "vitest";
import {
  decideEntry,
  domainOfEmail,
  isPublicMail,
  provesDomain,
  vouchedEmail,
} from "#lib/domain/clinic/domains/rules.ts";
import { AddDomain, domainInAscii } from "#lib/domain/clinic/domains/schema.ts";

describe("a domain as somebody writes it", () => {
  test.each([
    ["clinic.org", "clinic.org"],
    [" @Clinic.ORG. ", "clinic.org"],
    ["mail.clinic.co.uk", "mail.clinic.co.uk"],
    ["clínica.example", "xn--clnica-4va.example"],
    ["ｃｌｉｎｉｃ.org", "clinic.org"],
    ["XN--CLNICA-4VA.example", "xn--clnica-4va.example"],
  ])("%s is %s", (written, name) => {
    expect(domainInAscii(written)).toBe(name);
  });

  test.each([
    "",
    "localhost",
    "https://clinic.org",
    "maria@clinic.org",
    "clinic.org/x",
    "clinic.org:25",
    "10.0.0.1",
    "0x7f.1",
  ])("%s is none", (written) => {
    expect(domainInAscii(written)).toBeNull();
  });

  test.each(["clinic .org", "a_b.org", "-a.org", "clinic..org", `${"a".repeat(64)}.org`, "[::1]", "clinic.org#x"])(
    "%s is none either",
    (written) => {
      expect(domainInAscii(written)).toBeNull();
    },
  );

  test("takes a tenant for Microsoft and for nobody else", () => {
    const tenant = "5C1D2C1E-8D0A-4F7E-9A51-0D3F6F0B7A11";
    expect(AddDomain.parse({ domain: "clinic.org", provider: "entra", tenant }).tenant).toBe(tenant.toLowerCase());
    expect(AddDomain.parse({ domain: "clinic.org", provider: "google", tenant }).tenant).toBe("");
    const without = AddDomain.safeParse({ domain: "clinic.org", provider: "entra" });
    expect(without.error?.issues.map(({ message, path }) => [message, path])).toEqual([["tenant_needed", ["tenant"]]]);
  });

  test("is nobody's where anybody can have an address", () => {
    expect(["gmail.com", "outlook.com", "icloud.com"].every(isPublicMail)).toBe(true);
    expect(isPublicMail("clinic.org")).toBe(false);
  });
});

test.each([
  ["maria@clinic.org", "clinic.org"],
  ["maria@Clínica.example", "xn--clnica-4va.example"],
  ['"maria@evil.example"@clinic.org', "clinic.org"],
  ["maria", null],
  ["@clinic.org", null],
  ["maria@", null],
])("the domain of %s is %s", (email, domain) => {
  expect(domainOfEmail(email)).toBe(domain);
});

test("a domain is proved by its own text, alone in its record", () => {
  const own = "wardbook-verification=abc";
  expect(provesDomain("abc", ["v=spf1 -all", own])).toBe(true);
  expect(provesDomain("abc", [])).toBe(false);
  expect(provesDomain("abc", [`${own}d`, `x ${own}`, "wardbook-verification=", "abc"])).toBe(false);
});

const vouched = {
  ...{ provider: "google" as const, email: "maria@clinic.org", emailVerified: true },
  ...{ hostedDomain: "clinic.org", tenantId: null },
};
const at = {
  ...{ domainId: "d", provider: "google", tenantId: "", joins: true, accountId: null, isElsewhere: false },
  ...{ membership: "none" as const, invitationId: null },
};
const codeOf = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("who enters, and how", () => {
  test.each([
    ["nobody known joins", {}, { is: "join", domainId: "d" }],
    ["who is invited uses the invitation", { invitationId: "i" }, { is: "accept", invitationId: "i", domainId: "d" }],
    ["a member here alone is linked", { accountId: "a", membership: "serving" }, { is: "link", domainId: "d" }],
    [
      "a member who is elsewhere too is not",
      { accountId: "a", membership: "serving", isElsewhere: true },
      "sign_on.link_first",
    ],
    ["an account of no member is not", { accountId: "a" }, "sign_on.link_first"],
    ["an account of no member is not, invited or not", { accountId: "a", invitationId: "i" }, "sign_on.link_first"],
    ["who has left is not let in", { accountId: "a", membership: "ended" }, "sign_on.membership_ended"],
    [
      "who has left is not let in by an invitation",
      { accountId: "a", membership: "ended", invitationId: "i" },
      "sign_on.membership_ended",
    ],
    ["nobody joins where nobody may", { joins: false }, "sign_on.not_invited"],
    ["nobody enters without a domain", { domainId: null, provider: null, joins: null }, "sign_on.wrong_domain"],
    ["nobody enters through another provider", { provider: "generic" }, "sign_on.wrong_domain"],
  ] as const)("%s", (_, facts, expected) => {
    expect(codeOf(() => decideEntry(vouched, "clinic.org", { ...at, ...facts }))).toEqual(expected);
  });

  test("nobody at a clinic that is not there", () => {
    expect(codeOf(() => decideEntry(vouched, "clinic.org", null))).toBe("sign_on.wrong_domain");
  });

  test("Microsoft stands for an address by the tenant, others by saying that it is verified", () => {
    const address = { email: "maria@clinic.org", domain: "clinic.org" };
    const unverified = { ...vouched, emailVerified: false };
    expect(vouchedEmail(vouched)).toEqual(address);
    const lookalike = { ...vouched, email: `${vouched.email?.slice(0, 2)}\u200d${vouched.email?.slice(2)}` };
    expect(codeOf(() => vouchedEmail(lookalike))).toBe("sign_on.email_unverified");
    expect(codeOf(() => vouchedEmail(unverified))).toBe("sign_on.email_unverified");
    expect(codeOf(() => vouchedEmail({ ...unverified, provider: "generic" }))).toBe("sign_on.email_unverified");
    const entra = { ...unverified, provider: "entra" as const, hostedDomain: null };
    expect(vouchedEmail(entra)).toEqual(address);
    const there = { ...at, provider: "entra", tenantId: "t" };
    expect(codeOf(() => decideEntry({ ...entra, tenantId: null }, "clinic.org", { ...there, tenantId: "" }))).toBe(
      "sign_on.other_organization",
    );
    expect(codeOf(() => decideEntry({ ...entra, tenantId: "t" }, "clinic.org", there))).toMatchObject({ is: "join" });
  });
});
