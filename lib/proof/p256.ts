import { Buffer } from "node:buffer";
import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { sha256Hex } from "#lib/proof/hash.ts";
import { Malformed } from "#lib/proof/malformed.ts";

/** RFC 5480: what stands before the 64 bytes of the point in a P-256 SubjectPublicKeyInfo with an uncompressed point. */
const SPKI_PREFIX = Buffer.from("3059301306072a8648ce3d020106082a8648ce3d03010703420004", "hex");
const SPKI_BYTES = SPKI_PREFIX.length + 64;

/** ECDSA P-256 with SHA-256, DER: what `openssl dgst -sha256 -sign` writes. */
export function signP256(message: Uint8Array, privateKey: KeyObject): Buffer {
  assertP256(privateKey);
  return sign("sha256", message, { key: privateKey, dsaEncoding: "der" });
}

/** Whether a DER signature is this P-256 key's over the message. */
export function p256Verifies(message: Uint8Array, signature: Uint8Array, publicKey: KeyObject): boolean {
  assertP256(publicKey);
  return verify("sha256", message, { key: publicKey, dsaEncoding: "der" }, signature);
}

/** The public half as PEM SubjectPublicKeyInfo. */
export function p256PublicPem(key: KeyObject): string {
  return publicHalf(key).export({ type: "spki", format: "pem" }).toString();
}

/** The key of a PEM file; Malformed unless it is a P-256 public key in the one form `p256PublicPem` writes. */
export function parseP256PublicPem(pem: string): KeyObject {
  const key = readPublicKey(pem);
  const spki = key.asymmetricKeyType === "ec" ? key.export({ type: "spki", format: "der" }) : Buffer.alloc(0);
  const isP256 = spki.length === SPKI_BYTES && spki.subarray(0, SPKI_PREFIX.length).equals(SPKI_PREFIX);
  if (!isP256 || p256PublicPem(key) !== pem) throw new Malformed("not a P-256 public key in its exact PEM form");
  return key;
}

/** SHA-256 of the DER SubjectPublicKeyInfo in hex: `openssl pkey -pubin -in key.pem -outform DER | sha256sum`. */
export function p256Fingerprint(key: KeyObject): string {
  return sha256Hex(publicHalf(key).export({ type: "spki", format: "der" }));
}

function readPublicKey(pem: string): KeyObject {
  // createPublicKey would also take a private key's PEM and quietly derive from it.
  if (!pem.startsWith("-----BEGIN PUBLIC KEY-----\n")) throw new Malformed("not a public key in PEM");
  try {
    return createPublicKey(pem);
  } catch {
    throw new Malformed("not a public key in PEM");
  }
}

function publicHalf(key: KeyObject): KeyObject {
  assertP256(key);
  return key.type === "private" ? createPublicKey(key) : key;
}

function assertP256(key: KeyObject): void {
  if (key.asymmetricKeyType !== "ec" || key.asymmetricKeyDetails?.namedCurve !== "prime256v1") {
    throw new RangeError("not a P-256 key");
  }
}
