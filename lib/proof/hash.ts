import { Buffer } from "node:buffer";
import { createHash, hash } from "node:crypto";

const LOWER_HEX_HASH = /^[0-9a-f]{64}$/;

/** SHA-256 of the parts, one after the other; text counts as its UTF-8 bytes. 32 bytes. */
export function sha256(...parts: ReadonlyArray<string | Uint8Array>): Buffer {
  if (parts.length === 1 && parts[0] !== undefined) return hash("sha256", parts[0], "buffer");
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return digest.digest();
}

/** SHA-256 of text (as UTF-8) or bytes, as 64 lower-case hex characters. */
export function sha256Hex(data: string | Uint8Array): string {
  return hash("sha256", data, "hex");
}

/** Whether the text is a SHA-256 as this project writes it: 64 lower-case hex characters. */
export function isSha256Hex(text: string): boolean {
  return LOWER_HEX_HASH.test(text);
}

/** The 32 bytes of a SHA-256 written as 64 lower-case hex characters; anything else is a RangeError. */
export function hashFromHex(hex: string): Buffer {
  if (!isSha256Hex(hex)) throw new RangeError("not a SHA-256 in lower-case hex");
  return Buffer.from(hex, "hex");
}

/** Bytes as lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

/** Whether two byte strings are equal; for public values only, the time it takes depends on them. */
export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && Buffer.compare(left, right) === 0;
}
