import { Buffer } from "node:buffer";
import { Malformed } from "#lib/proof/malformed.ts";

// ignoreBOM keeps a leading U+FEFF as a character: dropped silently, two readers would see two texts.
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of bytes that must be valid UTF-8; Malformed otherwise. `what` names the file in the message. */
export function decodeUtf8(bytes: Uint8Array, what: string): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw new Malformed(`${what} is not valid UTF-8`);
  }
}

/** The UTF-8 bytes of a text. */
export function encodeUtf8(text: string): Buffer {
  return Buffer.from(text, "utf8");
}

/** Bytes of standard Base 64 with padding (RFC 4648 §4) in its one canonical spelling; Malformed otherwise. */
export function decodeBase64(text: string, what: string): Buffer {
  const bytes = Buffer.from(text, "base64");
  if (bytes.toString("base64") !== text) throw new Malformed(`${what} is not canonical base64`);
  return bytes;
}

/** The lines of a text each of whose lines ends in LF; Malformed when the last one does not. */
export function linesOf(text: string, what: string): string[] {
  if (text === "") return [];
  if (!text.endsWith("\n")) throw new Malformed(`${what} does not end with a line feed`);
  return text.slice(0, -1).split("\n");
}

/** A count or position written in decimal without leading zeros, at most 2^53 − 1; Malformed otherwise. */
export function parseCount(text: string, what: string): number {
  const value = /^(0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new Malformed(`${what} is not a whole number in plain decimal`);
  return value;
}
