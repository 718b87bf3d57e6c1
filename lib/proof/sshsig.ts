import { Buffer } from "node:buffer";
import { hash, type KeyObject } from "node:crypto";
import { ed25519PublicBytes, ed25519Sign, ed25519Verifies } from "#lib/proof/ed25519.ts";
import { sha256 } from "#lib/proof/hash.ts";
import { Malformed } from "#lib/proof/malformed.ts";
import { decodeBase64 } from "#lib/proof/text.ts";

/** The namespace of every signature over a pack, so that none made for another purpose passes for one. */
const PACK_NAMESPACE = "evidence-pack";

const KEY_TYPE = "ssh-ed25519";
const HASH_ALGORITHM = "sha512";
const MAGIC = Buffer.from("SSHSIG", "ascii");
const BEGIN = "-----BEGIN SSH SIGNATURE-----";
const END = "-----END SSH SIGNATURE-----";
const LINE_CHARACTERS = 70;

/** The signature file of `ssh-keygen -Y sign`: Ed25519 over SHA-512, armored (openssh PROTOCOL.sshsig). */
export function signSsh(message: Uint8Array, privateKey: KeyObject, namespace: string = PACK_NAMESPACE): string {
  const signature = ed25519Sign(signedBlob(message, namespace), privateKey);
  return armor(signatureBlob(ed25519PublicBytes(privateKey), namespace, signature));
}

/** The 32-byte public key a signature file carries, verified or not; Malformed unless it is exactly as `ssh-keygen` writes it. */
export function parseSshSignature(armored: string, namespace: string = PACK_NAMESPACE) {
  const blob = unarmor(armored);
  // A blob of these algorithms has one length, so key and signature stand at fixed places; rebuilding it checks all the rest.
  const keyStart = MAGIC.length + 4 + 4 + 4 + KEY_TYPE.length + 4;
  const publicBytes = blob.subarray(keyStart, keyStart + 32);
  const signature = blob.subarray(-64);
  if (publicBytes.length !== 32 || !signatureBlob(publicBytes, namespace, signature).equals(blob)) {
    throw new Malformed(`the signature is not one by an Ed25519 key over SHA-512 for the namespace ${namespace}`);
  }
  return { publicBytes, signature };
}

/** Whether a signature file is this key's over the message; Malformed when it is no such file. */
export function sshVerifies(
  message: Uint8Array,
  armored: string,
  publicBytes: Uint8Array,
  namespace: string = PACK_NAMESPACE,
) {
  const parsed = parseSshSignature(armored, namespace);
  return (
    parsed.publicBytes.equals(publicBytes) &&
    ed25519Verifies(signedBlob(message, namespace), parsed.signature, publicBytes)
  );
}

/** The public key line of OpenSSH, `ssh-ed25519 <base64>`, without comment. */
export function sshPublicKeyLine(publicBytes: Uint8Array): string {
  return `${KEY_TYPE} ${keyBlob(publicBytes).toString("base64")}`;
}

/** The 32 bytes of an OpenSSH Ed25519 public key line (a comment after it is passed over); Malformed otherwise. */
export function parseSshPublicKeyLine(line: string): Buffer {
  const [type, encoded] = line.split(" ");
  if (type !== KEY_TYPE || encoded === undefined) throw new Malformed("not an OpenSSH Ed25519 public key");
  const blob = decodeBase64(encoded, "the OpenSSH public key");
  const publicBytes = blob.subarray(-32);
  if (publicBytes.length !== 32 || !keyBlob(publicBytes).equals(blob)) {
    throw new Malformed("not an OpenSSH Ed25519 public key");
  }
  return publicBytes;
}

/** The fingerprint `ssh-keygen -lf` shows: `SHA256:` and unpadded base64. */
export function sshFingerprint(publicBytes: Uint8Array): string {
  return `SHA256:${sha256(keyBlob(publicBytes)).toString("base64").replace(/=+$/, "")}`;
}

/** The one line of an allowed_signers file that lets `ssh-keygen -Y verify` accept this key for this principal and namespace; no LF. */
export function allowedSignersLine(
  principal: string,
  publicBytes: Uint8Array,
  namespace: string = PACK_NAMESPACE,
): string {
  if (!/^[A-Za-z0-9._%@+-]+$/.test(principal)) throw new Malformed("the principal is not an e-mail-like name");
  return `${principal} namespaces="${namespace}" ${sshPublicKeyLine(publicBytes)}`;
}

/** Principal and key of an allowed_signers line as `allowedSignersLine` writes it; Malformed otherwise. */
export function parseAllowedSignersLine(line: string, namespace: string = PACK_NAMESPACE) {
  const [principal, option, ...key] = line.split(" ");
  if (principal === undefined || option !== `namespaces="${namespace}"`) {
    throw new Malformed(`not an allowed_signers line for the namespace ${namespace}`);
  }
  const publicBytes = parseSshPublicKeyLine(key.join(" "));
  if (allowedSignersLine(principal, publicBytes, namespace) !== line)
    throw new Malformed("not an allowed_signers line in its exact form");
  return { principal, publicBytes };
}

function signedBlob(message: Uint8Array, namespace: string): Buffer {
  const digest = hash(HASH_ALGORITHM, message, "buffer");
  return Buffer.concat([MAGIC, field(namespace), field(""), field(HASH_ALGORITHM), field(digest)]);
}

function signatureBlob(publicBytes: Uint8Array, namespace: string, signature: Uint8Array): Buffer {
  const version = uint32(1);
  const wrapped = Buffer.concat([field(KEY_TYPE), field(signature)]);
  const purpose = [field(namespace), field(""), field(HASH_ALGORITHM)];
  return Buffer.concat([MAGIC, version, field(keyBlob(publicBytes)), ...purpose, field(wrapped)]);
}

function keyBlob(publicBytes: Uint8Array): Buffer {
  return Buffer.concat([field(KEY_TYPE), field(publicBytes)]);
}

function field(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function armor(blob: Buffer): string {
  const encoded = blob.toString("base64");
  const lines: string[] = [];
  for (let start = 0; start < encoded.length; start += LINE_CHARACTERS) {
    lines.push(encoded.slice(start, start + LINE_CHARACTERS));
  }
  return [BEGIN, ...lines, END, ""].join("\n");
}

function unarmor(armored: string): Buffer {
  const lines = armored.split("\n");
  const blob = decodeBase64(lines.slice(1, -2).join(""), "the SSH signature");
  if (armor(blob) !== armored) throw new Malformed("the SSH signature is not in the exact form ssh-keygen writes");
  return blob;
}
