import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const sources = readdirSync("app", { recursive: true, encoding: "utf8" })
  .map((name) => path.join("app", name))
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => [file, readFileSync(file, "utf8")] as const);
const actions = sources.filter(([file]) => file.includes("(workspace)") && path.basename(file) === "actions.ts");

describe("an action of a clinic's pages", () => {
  test("is there to be looked at", () => {
    expect(actions.length).toBeGreaterThan(3);
  });

  // A single button takes no state and loses nothing.
  test.each(actions)("answers who was signed out meanwhile, instead of leaving what was typed: %s", (_, text) => {
    const own = [...text.matchAll(/export async function \w+Action\(([^)]*)\)/g)].map(
      ([, parameters = ""]) => parameters,
    );
    const withState = own.filter((parameters) => /State\b/.test(parameters));
    expect(own.length).toBeGreaterThan(0);
    expect([...text.matchAll(/\banswerIn\(\s*clinic,/g)].length).toBe(withState.length);
    if (withState.length === own.length) expect(text).not.toMatch(/requireClinicContext|requireAccount/);
  });

  test.each(actions)("says what it did by a notice, never by the address: %s", (_, text) => {
    expect(text).not.toMatch(/redirect\(/);
    expect(text).not.toMatch(/[?&](done|n)=/);
  });
});

test("no page believes its address when it says what was done", () => {
  const believing = sources.filter(([, text]) => /\.done\b/.test(text) && /searchParams/.test(text));
  expect(believing.map(([file]) => file)).toEqual([]);
});
