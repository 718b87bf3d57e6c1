import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { contentSecurityPolicy } from "#lib/platform/security/content-security-policy.ts";
import { providerOrigins } from "#lib/platform/security/provider-origins.ts";
import { styleAttributes } from "#lib/platform/security/style-hashes.ts";

it("in production nothing inline runs or styles without the nonce of its response", () => {
  const policy = contentSecurityPolicy({ nonce: "abc", development: false });
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(policy).toContain("style-src 'self' 'nonce-abc';");
  expect(policy).not.toContain("'unsafe-inline'");
  expect(policy).not.toContain("'unsafe-eval'");
});

it("nothing may frame the product, move its base or send its forms elsewhere", () => {
  const policy = contentSecurityPolicy({ nonce: "abc", development: false });
  for (const directive of ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "object-src 'none'"]) {
    expect(policy.split("; ")).toContain(directive);
  }
});

it("a worker comes from our own address and from no other", () => {
  const policy = contentSecurityPolicy({ nonce: "abc", development: false });
  expect(policy.split("; ")).toContain("worker-src 'self'");
});

it("where sign-in providers are offered a form may lead to them, and nowhere else", () => {
  const offered = { OIDC_GOOGLE_ID: "x", OIDC_ENTRA_ID: "", OIDC_GENERIC_ISSUER: "https://id.clinic.example/realms/a" };
  expect(providerOrigins({})).toEqual([]);
  expect(providerOrigins({ OIDC_ENTRA_ID: "x" })).toEqual(["https://login.microsoftonline.com"]);
  const policy = contentSecurityPolicy({ nonce: "abc", development: false, providers: providerOrigins(offered) });
  expect(policy.split("; ")).toContain("form-action 'self' https://accounts.google.com https://id.clinic.example");
});

it("each listed style attribute carries its own hash", () => {
  for (const { text, hash } of styleAttributes) {
    expect(hash).toBe(`sha256-${createHash("sha256").update(text).digest("base64")}`);
  }
});
