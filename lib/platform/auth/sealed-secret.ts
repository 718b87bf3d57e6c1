import "server-only";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { env } from "#lib/platform/env.ts";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A secret as the database keeps it (AES-256-GCM): 12-byte nonce ‖ ciphertext ‖ 16-byte tag. It opens at its own place only. */
export function sealSecret(secret: string, place: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(), nonce).setAAD(Buffer.from(place));
  return new Uint8Array(Buffer.concat([nonce, cipher.update(secret, "utf8"), cipher.final(), cipher.getAuthTag()]));
}

/** The secret again; throws when the installation's secret, the place or a byte is another. */
export function openSecret(sealed: Uint8Array, place: string): string {
  const tagStart = sealed.length - TAG_BYTES;
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", sealingKey(), nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(tagStart));
  return decipher.update(sealed.subarray(NONCE_BYTES, tagStart)) + decipher.final("utf8");
}

function sealingKey(): Buffer {
  return Buffer.from(hkdfSync("sha256", env().WARDBOOK_SECRET, "", "wardbook second factors", 32));
}
