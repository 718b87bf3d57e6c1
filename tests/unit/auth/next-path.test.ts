import { describe, expect, it } from "vitest";
import { safeNextPath, signInPath } from "#lib/platform/auth/next-path.ts";

describe("where to go after signing in", () => {
  it.each([
    ["/", "/"],
    ["/c/harbor-family/tools?status=prohibited&page=2#row-3", "/c/harbor-family/tools?status=prohibited&page=2#row-3"],
    ["/invitation/abc_DEF-123", "/invitation/abc_DEF-123"],
    ["/c/./harbor", "/c/harbor"],
    ["/%2F%2Fevil.example", "/%2F%2Fevil.example"],
  ])("%s is a page of this site", (next, path) => {
    expect(safeNextPath(next)).toBe(path);
  });

  it.each([
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n\\evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/%2e//evil.example",
    "https://evil.example/c/harbor-family",
    "javascript:alert(1)",
    "c/harbor-family",
    " /c/harbor-family",
    "",
    `/${"a".repeat(3000)}`,
    undefined,
    null,
    ["/c/harbor-family", "//evil.example"],
  ])("%j is not", (next) => {
    expect(safeNextPath(next)).toBeNull();
  });
});

describe("the sign-in page", () => {
  it("comes back to the page that was asked for", () => {
    expect(signInPath("/c/harbor-family/tools?q=chat gpt")).toBe(
      "/sign-in?next=%2Fc%2Fharbor-family%2Ftools%3Fq%3Dchat%2520gpt",
    );
  });

  it.each(["/", null, "//evil.example"])("comes back to the start from %j", (path) => {
    expect(signInPath(path)).toBe("/sign-in");
  });
});
