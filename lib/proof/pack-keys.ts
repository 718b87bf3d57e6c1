import { Buffer } from "node:buffer";
import type { KeyObject } from "node:crypto";
import { ed25519Fingerprint, ed25519PublicBytes, ed25519PublicPem } from "#lib/proof/ed25519.ts";
import { Malformed } from "#lib/proof/malformed.ts";
import { encodeNoteKey, type NoteKey, parseNoteKey } from "#lib/proof/note.ts";
import { p256Fingerprint, p256PublicPem, parseP256PublicPem } from "#lib/proof/p256.ts";
import { allowedSignersLine, parseAllowedSignersLine, sshFingerprint, sshPublicKeyLine } from "#lib/proof/sshsig.ts";

/** Where a pack keeps copies of the public keys, by path from the bag's root. Copies: whoever checks compares fingerprints got elsewhere. */
export const KEY_PATHS = {
  list: "data/keys/keys.json",
  logKey: "data/keys/log.vkey",
  logPem: "data/keys/log.pem",
  allowedSigners: "data/keys/allowed_signers",
  sshKey: "data/keys/pack-ed25519.pub",
  p256Pem: "data/keys/pack-p256.pem",
} as const;

/** The three public keys behind a pack. Log key and pack keys are never the same. */
export type PackKeys = {
  /** Signs checkpoints; its name is the ledger's origin. */
  readonly log: NoteKey;
  /** Who signs packs, an e-mail-like name for `ssh-keygen -Y verify -I`. */
  readonly principal: string;
  /** 32 raw bytes of the Ed25519 key that signs packs. */
  readonly sshPublicBytes: Uint8Array;
  readonly p256: KeyObject;
};

/** The three fingerprints as they are shown to people, each naming its kind: `SHA256:…`, `p256:<hex>`, `log:<hex>`. */
export type PackFingerprints = { readonly ssh: string; readonly p256: string; readonly log: string };

/** The fingerprints of a pack's keys. */
export function fingerprintsOf(keys: PackKeys): PackFingerprints {
  return {
    ssh: sshFingerprint(keys.sshPublicBytes),
    p256: `p256:${p256Fingerprint(keys.p256)}`,
    log: `log:${ed25519Fingerprint(keys.log.publicBytes)}`,
  };
}

/** The public keys of a pack from key objects, public or private. */
export function packKeysOf(keys: {
  origin: string;
  principal: string;
  log: KeyObject;
  ssh: KeyObject;
  p256: KeyObject;
}): PackKeys {
  return {
    log: { name: keys.origin, publicBytes: ed25519PublicBytes(keys.log) },
    principal: keys.principal,
    sshPublicBytes: ed25519PublicBytes(keys.ssh),
    p256: keys.p256,
  };
}

/** The files of data/keys/ by path from the bag's root. */
export function packKeyFiles(keys: PackKeys): Map<string, Uint8Array> {
  const texts: ReadonlyArray<readonly [string, string]> = [
    [KEY_PATHS.list, keysJson(keys)],
    [KEY_PATHS.logKey, `${encodeNoteKey(keys.log)}\n`],
    [KEY_PATHS.logPem, ed25519PublicPem(keys.log.publicBytes)],
    [KEY_PATHS.allowedSigners, `${allowedSignersLine(keys.principal, keys.sshPublicBytes)}\n`],
    [KEY_PATHS.sshKey, `${sshPublicKeyLine(keys.sshPublicBytes)} ${keys.principal}\n`],
    [KEY_PATHS.p256Pem, p256PublicPem(keys.p256)],
  ];
  return new Map(texts.map(([path, text]) => [path, Buffer.from(text, "utf8")]));
}

/** The keys that three of the key files give; Malformed, saying which, when one is not in its exact form. */
export function parsePackKeys(files: { logKey: string; allowedSigners: string; p256Pem: string }): PackKeys {
  const { principal, publicBytes } = parseAllowedSignersLine(oneLine(files.allowedSigners, KEY_PATHS.allowedSigners));
  return {
    log: parseNoteKey(oneLine(files.logKey, KEY_PATHS.logKey)),
    principal,
    sshPublicBytes: publicBytes,
    p256: parseP256PublicPem(files.p256Pem),
  };
}

function keysJson(keys: PackKeys): string {
  const fingerprints = fingerprintsOf(keys);
  const list = {
    v: 1,
    origin: keys.log.name,
    log: { vkey: encodeNoteKey(keys.log), fingerprint: fingerprints.log },
    pack: {
      principal: keys.principal,
      ssh: sshPublicKeyLine(keys.sshPublicBytes),
      sshFingerprint: fingerprints.ssh,
      p256Fingerprint: fingerprints.p256,
    },
  };
  return `${JSON.stringify(list, null, 2)}\n`;
}

function oneLine(text: string, what: string): string {
  const line = text.slice(0, -1);
  if (!text.endsWith("\n") || line.includes("\n")) throw new Malformed(`${what} is not one line`);
  return line;
}
