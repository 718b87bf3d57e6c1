import { createPublicKey } from "node:crypto";
import { ed25519Fingerprint, ed25519PublicBytes } from "#lib/proof/ed25519.ts";
import { parseNoteKey } from "#lib/proof/note.ts";
import { p256Fingerprint } from "#lib/proof/p256.ts";
import type { PackFingerprints } from "#lib/proof/pack-keys.ts";
import { parseSshPublicKeyLine, sshFingerprint } from "#lib/proof/sshsig.ts";

/** What trusted fingerprints say of a pack's signer. */
export type SignerJudgement = { readonly outcome: "known" | "unknown" | "refused"; readonly detail: string };

const PEM_BLOCK = /-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=\n]+-----END PUBLIC KEY-----/g;
const SSH_KEY = /ssh-ed25519 [A-Za-z0-9+/]{68}(?![A-Za-z0-9+/=])/g;
const LOG_KEY = /[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}(?![A-Za-z0-9+/=])/g;
const FINGERPRINT =
  /SHA256:[A-Za-z0-9+/]{43}(?![A-Za-z0-9+/])|(?<![A-Za-z0-9])(?:(?:p256|log):)?[0-9a-f]{64}(?![A-Za-z0-9])/g;

/**
 * Every trusted fingerprint a text gives, in the forms of `PackFingerprints` or as 64 hex characters alone: OpenSSH public
 * keys, allowed_signers lines, PEM public keys (Ed25519 counts as a log key), log vkeys, or fingerprints written out.
 */
export function trustedFingerprints(text: string): string[] {
  const unixText = text.replaceAll("\r\n", "\n");
  const found = [
    ...matches(unixText, PEM_BLOCK).flatMap(fingerprintOfPem),
    ...matches(unixText, SSH_KEY).map((line) => sshFingerprint(parseSshPublicKeyLine(line))),
    ...matches(unixText, LOG_KEY).map((line) => `log:${ed25519Fingerprint(parseNoteKey(line).publicBytes)}`),
    ...matches(unixText.replace(PEM_BLOCK, "").replace(SSH_KEY, "").replace(LOG_KEY, ""), FINGERPRINT),
  ];
  return [...new Set(found)];
}

/**
 * Holds a pack's three fingerprints against trusted ones. Of every kind that is given, the pack's key must be one; a hex
 * fingerprint without a kind must be the P-256 or the log key's. The signer is known when a key that signs packs is among them.
 */
export function judgeSigner(pack: PackFingerprints, trusted: readonly string[]): SignerJudgement {
  if (trusted.length === 0) {
    return { outcome: "unknown", detail: `no key was given to compare with; this pack shows ${shown(pack)}` };
  }
  for (const kind of [pack.ssh, pack.p256, pack.log]) {
    const sameKind = trusted.filter((fingerprint) => labelOf(fingerprint) === labelOf(kind));
    if (sameKind.length > 0 && !sameKind.includes(kind))
      return { outcome: "refused", detail: `${kind} is not a key you trust` };
  }
  const stranger = trusted.find((fingerprint) => labelOf(fingerprint) === "" && !hexOf(pack).includes(fingerprint));
  if (stranger !== undefined)
    return { outcome: "refused", detail: `${stranger} is not the fingerprint of a key of this pack` };
  const known = [pack.ssh, pack.p256, pack.p256.slice("p256:".length)].some((fingerprint) =>
    trusted.includes(fingerprint),
  );
  if (!known)
    return {
      outcome: "unknown",
      detail: `the log key is one you trust, the pack's signer is not known; this pack shows ${shown(pack)}`,
    };
  return { outcome: "known", detail: "signed by a key you trust" };
}

function labelOf(fingerprint: string): string {
  return fingerprint.slice(0, fingerprint.indexOf(":") + 1);
}

function hexOf(pack: PackFingerprints): string[] {
  return [pack.p256.slice("p256:".length), pack.log.slice("log:".length)];
}

function shown(pack: PackFingerprints): string {
  return `${pack.ssh} ${pack.p256} ${pack.log}`;
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[0]);
}

function fingerprintOfPem(pem: string): string[] {
  const key = createPublicKey(pem);
  if (key.asymmetricKeyType === "ed25519") return [`log:${ed25519Fingerprint(ed25519PublicBytes(key))}`];
  return key.asymmetricKeyType === "ec" ? [`p256:${p256Fingerprint(key)}`] : [];
}
