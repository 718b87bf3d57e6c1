import { Buffer } from "node:buffer";
import { sha256Hex } from "#lib/proof/hash.ts";
import { Malformed } from "#lib/proof/malformed.ts";

/** Bytes of fresh randomness behind every commitment; one salt is never used for two fields. */
export const SALT_BYTES = 32;

/** What stands in a body instead of a personal value: the SHA-256 of its opening. */
export type Commitment = { readonly sd: string };

/** A personal value with the salt and the place that tie it to its commitment. */
export type Opening = {
  /** 32 random bytes as base64url without padding. */
  readonly salt: string;
  /** Where the commitment stands in the body: member names and array positions joined by dots, from the body's root (`data.name`). */
  readonly path: string;
  readonly value: string;
};

/** The exact text of an opening, `["<salt>","<path>","<value>"]`, as hashed and as disclosed. Throws Malformed for a salt, path or value out of form. */
export function openingText(salt: Uint8Array, path: string, value: string): string {
  if (salt.length !== SALT_BYTES) throw new Malformed(`a salt has ${SALT_BYTES} bytes`);
  const opening = { salt: Buffer.from(salt).toString("base64url"), path, value };
  assertOpening(opening);
  return serialize(opening);
}

/** The parts of an opening text; Malformed when it is not the exact text `openingText` would write. */
export function parseOpening(text: string): Opening {
  const parsed = parseJson(text);
  if (!Array.isArray(parsed) || parsed.length !== 3) throw new Malformed("the opening is not a list of three texts");
  const [salt, path, value]: unknown[] = parsed;
  if (typeof salt !== "string" || typeof path !== "string" || typeof value !== "string") {
    throw new Malformed("the opening is not a list of three texts");
  }
  const opening = { salt, path, value };
  assertOpening(opening);
  if (serialize(opening) !== text) throw new Malformed("the opening is not in its exact form");
  return opening;
}

/** The digest of an opening text: 64 lower-case hex characters, the `sd` of its commitment. */
export function openingDigest(opening: string): string {
  return sha256Hex(opening);
}

/** Commits to one personal value: the opening text to keep apart and the commitment that enters the body. */
export function commit(salt: Uint8Array, path: string, value: string): { opening: string; commitment: Commitment } {
  const opening = openingText(salt, path, value);
  return { opening, commitment: { sd: openingDigest(opening) } };
}

/** Whether an opening text is the one a digest commits to. */
export function opens(opening: string, digest: string): boolean {
  return openingDigest(opening) === digest;
}

/** A commitment with the place where it stands in a body, written as openings write it. */
export type PlacedCommitment = { readonly path: string; readonly digest: string };

/** Every commitment that stands in a parsed body: each object whose one member is `sd`, a text. */
export function commitmentsIn(body: unknown): PlacedCommitment[] {
  return collectCommitments(body, "");
}

function collectCommitments(value: unknown, path: string): PlacedCommitment[] {
  if (value === null || typeof value !== "object") return [];
  const members = Object.entries(value);
  const [only] = members;
  if (!Array.isArray(value) && members.length === 1 && only?.[0] === "sd" && typeof only[1] === "string") {
    return [{ path, digest: only[1] }];
  }
  return members.flatMap(([key, member]) => collectCommitments(member, path === "" ? key : `${path}.${key}`));
}

function assertOpening(opening: Opening): void {
  if (!/^[A-Za-z0-9_-]{43}$/.test(opening.salt)) throw new Malformed("the salt is not 32 bytes in base64url");
  if (opening.path === "") throw new Malformed("the opening names no place in the body");
  if (!opening.path.isWellFormed() || !opening.value.isWellFormed()) {
    throw new Malformed("the opening contains half of a surrogate pair");
  }
}

function serialize(opening: Opening): string {
  return JSON.stringify([opening.salt, opening.path, opening.value]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Malformed("the opening is not JSON");
  }
}
