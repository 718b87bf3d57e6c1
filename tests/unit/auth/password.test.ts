import { describe, expect, test } from "vitest";
import { hashPassword, isBreached, passwordFits } from "#lib/platform/auth/password.ts";

describe("the list of leaked passwords", () => {
  test.each([
    ["a word of the list, doubled", "passwordpassword"],
    ["whatever its case", "PassWordPASSWORD"],
    ["a row of keys, doubled", "qwertyuiopqwertyuiop"],
    ["one character again and again", "aaaaaaaaaaaaaaaaaaaa"],
    ["also when it is no letter", "🙂🙂🙂🙂🙂🙂🙂🙂"],
    ["a word of the list by itself", "password"],
  ])("%s", async (_, password) => {
    expect(await isBreached(password)).toBe(true);
  });

  test.each([
    ["a sentence of one's own", "nine quiet lanterns at the pier"],
    ["random characters", "kR7!vB2#qX9@mW4z"],
    ["nothing leaked, doubled", "lanternpierlanternpier"],
  ])("is silent about %s", async (_, password) => {
    expect(await isBreached(password)).toBe(false);
  });
});

describe("a password", () => {
  test("is kept as argon2id with a salt of its own", async () => {
    const [one, other] = [await hashPassword("nine quiet lanterns"), await hashPassword("nine quiet lanterns")];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
  });

  test("fits only itself, however a keyboard composes its accents", async () => {
    const hash = await hashPassword("Señora de los faroles");
    expect(await passwordFits(hash, "Señora de los faroles")).toBe(true);
    expect(await passwordFits(hash, "Senora de los faroles")).toBe(false);
  });

  test("without an account none fits, not even the one that is hashed in its place", async () => {
    expect(await passwordFits(null, "the password of nobody at all")).toBe(false);
  });

  test("without an account the processor works as hard as with one", async () => {
    const hash = await hashPassword("nine quiet lanterns");
    await passwordFits(null, "to have it ready");
    const known = await workOf(() => passwordFits(hash, "a wrong one"));
    const unknown = await workOf(() => passwordFits(null, "a wrong one"));
    // Work left out would be a hundredth; what remains is the noise of two measurements.
    expect(unknown / known).toBeGreaterThan(0.25);
    expect(unknown / known).toBeLessThan(4);
  });
});

/** Processor time of ten rounds, which other processes do not lengthen. */
async function workOf(work: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  for (let round = 0; round < 10; round += 1) await work();
  const { user, system } = process.cpuUsage(start);
  return user + system;
}
