import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { contentSecurityPolicy } from "#lib/platform/security/content-security-policy.ts";
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

it("each listed style attribute carries its own hash", () => {
  for (const { text, hash } of styleAttributes) {
    expect(hash).toBe(`sha256-${createHash("sha256").update(text).digest("base64")}`);
  }
});
