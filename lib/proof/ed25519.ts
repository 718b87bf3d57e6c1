import { Buffer } from "node:buffer";
import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { sha256Hex } from "#lib/proof/hash.ts";
import { Malformed } from "#lib/proof/malformed.ts";

/** RFC 8410: the bytes before the 32-byte key in every Ed25519 SubjectPublicKeyInfo. */
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

/** The 32 raw bytes of the public half of an Ed25519 key; RangeError for any other kind of key. */
export function ed25519PublicBytes(key: KeyObject): Buffer {
  if (key.asymmetricKeyType !== "ed25519") throw new RangeError("not an Ed25519 key");
  const publicKey = key.type === "private" ? createPublicKey(key) : key;
  return publicKey.export({ type: "spki", format: "der" }).subarray(SPKI_PREFIX.length);
}

/** The key object of 32 raw public bytes; Malformed when they are not 32. */
function ed25519PublicKey(bytes: Uint8Array): KeyObject {
  if (bytes.length !== 32) throw new Malformed("an Ed25519 public key has 32 bytes");
  return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, bytes]), type: "spki", format: "der" });
}

/** The public key as `openssl pkey -pubin` reads it. */
export function ed25519PublicPem(publicBytes: Uint8Array): string {
  return ed25519PublicKey(publicBytes).export({ type: "spki", format: "pem" }).toString();
}

/** SHA-256 of the DER SubjectPublicKeyInfo in hex: `openssl pkey -pubin -in key.pem -outform DER | sha256sum`. */
export function ed25519Fingerprint(publicBytes: Uint8Array): string {
  return sha256Hex(Buffer.concat([SPKI_PREFIX, publicBytes]));
}

/** RFC 8032 signature, 64 bytes. */
export function ed25519Sign(message: Uint8Array, privateKey: KeyObject): Buffer {
  if (privateKey.asymmetricKeyType !== "ed25519") throw new RangeError("not an Ed25519 key");
  return sign(null, message, privateKey);
}

/** Whether 64 bytes are the RFC 8032 signature of the message by the key of those 32 public bytes. */
export function ed25519Verifies(message: Uint8Array, signature: Uint8Array, publicBytes: Uint8Array): boolean {
  return signature.length === 64 && verify(null, message, ed25519PublicKey(publicBytes), signature);
}
