import { BAGIT_TXT, caseTwins, pathFault } from "#lib/proof/bagit.ts";
import { Contradiction } from "#lib/proof/check.ts";
import { sha256Hex } from "#lib/proof/hash.ts";
import { p256Verifies } from "#lib/proof/p256.ts";
import { PACK_PATHS, PAYLOAD_FOLDER, totalsOf } from "#lib/proof/pack.ts";
import { KEY_PATHS, packKeyFiles } from "#lib/proof/pack-keys.ts";
import type { PackReading } from "#lib/proof/pack-reading.ts";
import { sshVerifies } from "#lib/proof/sshsig.ts";

/** Every path may stand in a bag, and no two differ only in case. */
export function checkPaths({ files }: PackReading): string {
  for (const path of files.keys()) {
    const fault = pathFault(path);
    if (fault !== null) throw new Contradiction(`the path ${JSON.stringify(path)} ${fault}`);
  }
  const twins = caseTwins(files.keys());
  if (twins !== null) throw new Contradiction(`the paths ${twins[0]} and ${twins[1]} differ only in case`);
  return `${files.size} files, all with plain names`;
}

/** bagit.txt and bag-info.txt are in form, and the totals and identifier in bag-info.txt are those of this pack. */
export function checkBag(pack: PackReading): string {
  if (pack.text(PACK_PATHS.bagit) !== BAGIT_TXT)
    throw new Contradiction(`${PACK_PATHS.bagit} is not that of BagIt 1.0`);
  const info = pack.bagInfo();
  const { payloadBytes, payloadFiles } = totalsOf(payloadOf(pack));
  if (info.payloadBytes !== payloadBytes || info.payloadFiles !== payloadFiles) {
    const said = `${info.payloadFiles} files of ${info.payloadBytes} bytes`;
    throw new Contradiction(
      `${PACK_PATHS.bagInfo} speaks of ${said} under data/, there are ${payloadFiles} of ${payloadBytes}`,
    );
  }
  const { origin, size } = pack.checkpoint();
  if (info.externalIdentifier !== `${origin}@${size}`) {
    throw new Contradiction(`${PACK_PATHS.bagInfo} names ${info.externalIdentifier}, the checkpoint ${origin}@${size}`);
  }
  return `${info.externalIdentifier}, ${payloadFiles} files of ${payloadBytes} bytes under data/`;
}

/** The payload manifest lists exactly the files under data/, each with its hash. */
export function checkPayload(pack: PackReading): string {
  compareFiles(payloadOf(pack), pack.manifest(), PACK_PATHS.manifest);
  return `${pack.manifest().size} files under data/ are as listed`;
}

/** The tag manifest lists exactly the files beside data/, but for itself and signatures/; signatures/ holds the two signatures and nothing else. */
export function checkTagFiles(pack: PackReading): string {
  const tags = new Map([...pack.files].filter(([path]) => !isOutsideTagManifest(path)));
  compareFiles(tags, pack.tagManifest(), PACK_PATHS.tagManifest);
  const signatures: readonly string[] = [PACK_PATHS.sshSignature, PACK_PATHS.p256Signature];
  for (const path of pack.files.keys()) {
    if (path.startsWith("signatures/") && !signatures.includes(path))
      throw new Contradiction(`${path} does not belong in a pack`);
  }
  return `${pack.tagManifest().size} files beside data/ are as listed`;
}

/** The SSH signature over the tag manifest is by the key in data/keys/allowed_signers. */
export function checkSshSignature(pack: PackReading): string {
  const message = pack.bytes(PACK_PATHS.tagManifest);
  const { sshPublicBytes, principal } = pack.keys();
  if (!sshVerifies(message, pack.text(PACK_PATHS.sshSignature), sshPublicBytes)) {
    throw new Contradiction(
      `${PACK_PATHS.sshSignature} is not a signature of ${PACK_PATHS.tagManifest} by the key in ${KEY_PATHS.allowedSigners}`,
    );
  }
  return `${PACK_PATHS.tagManifest} is signed by the Ed25519 key of ${principal}`;
}

/** The P-256 signature over the tag manifest is by the key in data/keys/pack-p256.pem. */
export function checkP256Signature(pack: PackReading): string {
  const message = pack.bytes(PACK_PATHS.tagManifest);
  if (!p256Verifies(message, pack.bytes(PACK_PATHS.p256Signature), pack.keys().p256)) {
    throw new Contradiction(
      `${PACK_PATHS.p256Signature} is not a signature of ${PACK_PATHS.tagManifest} by the key in ${KEY_PATHS.p256Pem}`,
    );
  }
  return `${PACK_PATHS.tagManifest} is signed by the P-256 key`;
}

/** All files of data/keys/ speak of the same keys. */
export function checkKeys(pack: PackReading): string {
  for (const [path, bytes] of packKeyFiles(pack.keys())) {
    if (sha256Hex(pack.bytes(path)) !== sha256Hex(bytes))
      throw new Contradiction(`${path} does not agree with the other files in data/keys/`);
  }
  return "the files in data/keys/ agree";
}

function payloadOf({ files }: PackReading): Map<string, Uint8Array> {
  return new Map([...files].filter(([path]) => path.startsWith(PAYLOAD_FOLDER)));
}

function isOutsideTagManifest(path: string): boolean {
  return path.startsWith(PAYLOAD_FOLDER) || path.startsWith("signatures/") || path === PACK_PATHS.tagManifest;
}

function compareFiles(
  files: ReadonlyMap<string, Uint8Array>,
  manifest: ReadonlyMap<string, string>,
  what: string,
): void {
  for (const [path, hash] of manifest) {
    const bytes = files.get(path);
    if (bytes === undefined) throw new Contradiction(`${path} is listed in ${what} and missing`);
    if (sha256Hex(bytes) !== hash)
      throw new Contradiction(`${path} was changed: its SHA-256 is not the one in ${what}`);
  }
  for (const path of files.keys()) {
    if (!manifest.has(path)) throw new Contradiction(`${path} is not listed in ${what}`);
  }
}
