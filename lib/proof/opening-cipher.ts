import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Which opening a ciphertext is of; bound into it, so that one clinic's or field's ciphertext can't stand in for another's. */
export type OpeningPlace = { readonly clinicId: string; readonly eventId: string; readonly digest: string };

/** A fresh 32-byte key for one clinic's openings. */
export function newOpeningsKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** A clinic's key under the master key (AES-256-GCM, bound to the clinic): 12-byte nonce ‖ ciphertext ‖ 16-byte tag. */
export function wrapKey(masterKey: Uint8Array, clinicKey: Uint8Array, clinicId: string): Buffer {
  if (clinicKey.length !== KEY_BYTES) throw new RangeError("a clinic's key has 32 bytes");
  return seal(masterKey, clinicKey, keyPlace(clinicId));
}

/** The clinic's key out of `wrapKey`'s bytes; throws when the master key, the clinic or a byte is another. */
export function unwrapKey(masterKey: Uint8Array, wrapped: Uint8Array, clinicId: string): Buffer {
  return open(masterKey, wrapped, keyPlace(clinicId));
}

/** An opening text under its clinic's key, bound to clinic, event and digest: 12-byte nonce ‖ ciphertext ‖ 16-byte tag. */
export function sealOpening(clinicKey: Uint8Array, opening: string, place: OpeningPlace): Buffer {
  return seal(clinicKey, Buffer.from(opening, "utf8"), openingPlace(place));
}

/** The opening text out of `sealOpening`'s bytes; throws when the key, the place or a byte is another. */
export function openOpening(clinicKey: Uint8Array, sealed: Uint8Array, place: OpeningPlace): string {
  return open(clinicKey, sealed, openingPlace(place)).toString("utf8");
}

function seal(key: Uint8Array, plain: Uint8Array, place: string): Buffer {
  assertKey(key);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(place, "utf8"));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function open(key: Uint8Array, sealed: Uint8Array, place: string): Buffer {
  assertKey(key);
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw new RangeError("the sealed bytes are too short");
  const tagStart = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(place, "utf8")).setAuthTag(sealed.subarray(tagStart));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, tagStart)), decipher.final()]);
}

function assertKey(key: Uint8Array): void {
  if (key.length !== KEY_BYTES) throw new RangeError("the key has 32 bytes");
}

function keyPlace(clinicId: string): string {
  return `openings-key|${clinicId}`;
}

function openingPlace(place: OpeningPlace): string {
  return `${place.clinicId}|${place.eventId}|${place.digest}`;
}
