import { Buffer } from "node:buffer";
import canonicalize from "canonicalize";
import { sha256Hex } from "#lib/proof/hash.ts";
import { Malformed } from "#lib/proof/malformed.ts";

/** The most bytes a body may have; documents are bound by their hash, never embedded. */
const BODY_BYTES_MAX = 64 * 1024;

/** Deepest nesting of a body, so that no reader's stack decides what a body says. */
export const BODY_DEPTH_MAX = 32;

/**
 * The text of a body by JCS (RFC 8785), the same for equal values. Throws Malformed, naming the member, for whatever JSON
 * would change or drop without a word: undefined, NaN, integers beyond 2^53, lone surrogates, dates, maps; and for NUL,
 * which PostgreSQL's text can't hold, for nesting beyond 32 and for more than 64 KiB.
 */
export function bodyText(value: unknown): string {
  assertCanBeText(value, "body", 0);
  const text = canonicalize(value);
  if (text === undefined) throw new Malformed("body has no text");
  if (Buffer.byteLength(text, "utf8") > BODY_BYTES_MAX) throw new Malformed("body is larger than 64 KiB");
  return text;
}

/** SHA-256 of a body's exact text, 64 lower-case hex characters: the last line of its envelope. */
export function bodySha256(text: string): string {
  return sha256Hex(text);
}

function assertCanBeText(value: unknown, path: string, depth: number): void {
  if (depth > BODY_DEPTH_MAX) throw new Malformed(`${path} is nested deeper than ${BODY_DEPTH_MAX}`);
  if (typeof value === "string") {
    assertText(value, path);
  } else if (typeof value === "number") {
    assertNumber(value, path);
  } else if (Array.isArray(value)) {
    // Array.from also visits holes, which forEach would skip.
    Array.from(value).forEach((item: unknown, index) => {
      assertCanBeText(item, `${path}.${index}`, depth + 1);
    });
  } else if (isPlainObject(value)) {
    for (const [key, member] of Object.entries(value)) {
      assertText(key, `a name in ${path}`);
      assertCanBeText(member, `${path}.${key}`, depth + 1);
    }
  } else if (value !== null && typeof value !== "boolean") {
    throw new Malformed(`${path} is not a JSON value`);
  }
}

function assertText(text: string, path: string): void {
  if (text.includes("\u0000")) throw new Malformed(`${path} contains NUL`);
  if (!text.isWellFormed()) throw new Malformed(`${path} contains half of a surrogate pair`);
}

function assertNumber(value: number, path: string): void {
  if (!Number.isFinite(value)) throw new Malformed(`${path} is not a finite number`);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new Malformed(`${path} is an integer beyond 2^53; write it as text`);
  }
}

function isPlainObject(value: unknown): value is object {
  if (value === null || typeof value !== "object") return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
