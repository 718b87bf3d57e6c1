import "server-only";
import { hash, verify } from "@node-rs/argon2";
import { refuse } from "#lib/kernel/errors.ts";

// OWASP's first choice for argon2id: 19 MiB, two passes.
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFC"), OPTIONS);
}

/** The hash of a password that somebody chooses. Refuses `sign_in.password_breached` beside the field `password`. */
export async function hashNewPassword(password: string): Promise<string> {
  if (await isBreached(password)) throw refuse("sign_in.password_breached", {}, "password");
  return hashPassword(password);
}

/** Whether the password fits. Without a hash the same work is done for nothing, so that an unknown email takes as long. */
export async function passwordFits(passwordHash: string | null, password: string): Promise<boolean> {
  const fits = await verify(passwordHash ?? (await stranger()), password.normalize("NFC"), OPTIONS);
  return fits && passwordHash !== null;
}

let strangersHash: Promise<string> | undefined;

function stranger(): Promise<string> {
  strangersHash ??= hashPassword("the password of nobody at all");
  return strangersHash;
}

let common: Promise<ReadonlySet<string>> | undefined;

/** Whether a password stands in the list of the most leaked ones, also with its case folded or doubled. */
export async function isBreached(password: string): Promise<boolean> {
  common ??= loadCommon();
  const folded = password.normalize("NFC").toLowerCase();
  const half = folded.slice(0, folded.length / 2);
  const words = await common;
  return words.has(folded) || (folded === half + half && words.has(half)) || /^(.)\1*$/u.test(folded);
}

async function loadCommon(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  const list =
    (dictionary as Record<string, unknown>)["passwords-common"] ?? (dictionary as Record<string, unknown>).passwords;
  if (!Array.isArray(list) || list.length < 1000) throw new Error("the list of leaked passwords is not where it was");
  return new Set(list.map(String));
}
