import { Buffer } from "node:buffer";
import {
  BAGIT_TXT,
  bagInfoText,
  caseTwins,
  comparePaths,
  manifestText,
  PATH_CHARACTERS_MAX,
  pathFault,
} from "#lib/proof/bagit.ts";
import { sha256Hex } from "#lib/proof/hash.ts";
import { Malformed } from "#lib/proof/malformed.ts";

/** Where a bag keeps what is not payload; every reader and writer of packs uses these names. */
export const PACK_PATHS = {
  bagit: "bagit.txt",
  bagInfo: "bag-info.txt",
  manifest: "manifest-sha256.txt",
  tagManifest: "tagmanifest-sha256.txt",
  sshSignature: "signatures/tagmanifest-sha256.txt.sig",
  p256Signature: "signatures/tagmanifest-sha256.txt.p256.sig",
} as const;

/** The folder in which everything that is evidence lies. */
export const PAYLOAD_FOLDER = "data/";

export type PackSignatures = {
  /** Armored SSHSIG over the tag manifest's bytes (`signSsh`). */
  readonly ssh: string;
  /** DER ECDSA P-256 over the same bytes (`signP256`). */
  readonly p256: Uint8Array;
};

/** A payload file that is read when it is written and not before; until then its hash and size stand for it. */
export type UnreadFile = {
  readonly sha256: string;
  readonly size: number;
  readonly read: () => Promise<Uint8Array>;
};

export type PackParts<File extends Uint8Array | UnreadFile = Uint8Array> = {
  /** The one top folder inside the ZIP. */
  readonly folderName: string;
  /** Files beside data/, such as START-HERE.pdf, by path from the bag's root. */
  readonly tagFiles: ReadonlyMap<string, Uint8Array>;
  /** Files under data/, by path from data/. */
  readonly payload: ReadonlyMap<string, File>;
  /** `<origin>@<size>` */
  readonly externalIdentifier: string;
  /** `YYYY-MM-DD` */
  readonly baggingDate: string;
  readonly sign: (tagManifest: Uint8Array) => PackSignatures;
};

export type AssembledPack<File extends Uint8Array | UnreadFile = Uint8Array> = {
  /** Every file with its path inside the ZIP (below the top folder), sorted by path. */
  readonly entries: ReadonlyArray<{ readonly path: string; readonly bytes: Uint8Array | UnreadFile["read"] }>;
  /** The same files by path from the bag's root; with nothing unread as `verifyPack` takes them. */
  readonly files: ReadonlyMap<string, Uint8Array | File>;
};

/**
 * A whole signed bag (BagIt 1.0, RFC 8493). The same parts give the same bytes but for signatures/, the Bagging-Date and
 * so the tag manifest. Throws Malformed, naming it, for a path that may not stand in a bag.
 */
export function assemblePack<File extends Uint8Array | UnreadFile>(parts: PackParts<File>): AssembledPack<File> {
  const payload = withPrefix(parts.payload, PAYLOAD_FOLDER);
  const manifest = encode(manifestText(hashesOf(payload)));
  const tags = new Map<string, Uint8Array>([
    ...parts.tagFiles,
    [PACK_PATHS.bagit, encode(BAGIT_TXT)],
    [PACK_PATHS.bagInfo, encode(bagInfoText({ ...parts, ...totalsOf(payload) }))],
    [PACK_PATHS.manifest, manifest],
  ]);
  const tagManifest = encode(manifestText(hashesOf(tags)));
  const signatures = parts.sign(tagManifest);
  const files = new Map<string, Uint8Array | File>([
    ...payload,
    ...tags,
    [PACK_PATHS.tagManifest, tagManifest],
    [PACK_PATHS.sshSignature, encode(signatures.ssh)],
    [PACK_PATHS.p256Signature, signatures.p256],
  ]);
  assertNames(files, parts);
  const entries = [...withPrefix(files, `${parts.folderName}/`)].map(([path, file]) => ({
    path,
    bytes: bytesOf(file),
  }));
  return { files, entries: entries.sort((left, right) => comparePaths(left.path, right.path)) };
}

/** Number and total bytes of payload files, as Payload-Oxum counts them. */
export function totalsOf(payload: ReadonlyMap<string, Uint8Array | UnreadFile>): {
  payloadBytes: number;
  payloadFiles: number;
} {
  let payloadBytes = 0;
  for (const file of payload.values()) payloadBytes += file instanceof Uint8Array ? file.length : file.size;
  return { payloadBytes, payloadFiles: payload.size };
}

/** The manifest of some files: their SHA-256 by path. */
function hashesOf(files: ReadonlyMap<string, Uint8Array | UnreadFile>): Map<string, string> {
  return new Map([...files].map(([path, file]) => [path, file instanceof Uint8Array ? sha256Hex(file) : file.sha256]));
}

function bytesOf(file: Uint8Array | UnreadFile): Uint8Array | UnreadFile["read"] {
  if (file instanceof Uint8Array) return file;
  return async () => {
    const bytes = await file.read();
    // By now a signed manifest says what it is.
    if (bytes.length !== file.size || sha256Hex(bytes) !== file.sha256) {
      throw new Malformed(`a file is not the one of ${file.size} bytes with the SHA-256 ${file.sha256}`);
    }
    return bytes;
  };
}

/** The files below the one top folder of an unpacked ZIP, by path from that folder; Malformed when there is not exactly one. */
export function bagInFolder(files: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  const bag = new Map<string, Uint8Array>();
  let folder: string | undefined;
  for (const [path, bytes] of files) {
    const slash = path.indexOf("/");
    folder ??= path.slice(0, slash);
    if (slash < 1 || path.slice(0, slash) !== folder)
      throw new Malformed(`${path} does not lie in the pack's one top folder`);
    bag.set(path.slice(slash + 1), bytes);
  }
  return bag;
}

function assertNames(files: ReadonlyMap<string, unknown>, parts: Pick<PackParts, "folderName" | "tagFiles">): void {
  for (const path of parts.tagFiles.keys()) {
    const reserved = path.startsWith(PAYLOAD_FOLDER) || path.startsWith("signatures/") || isOwnTagFile(path);
    if (reserved) throw new Malformed(`the tag file ${path} has a name the bag itself uses`);
  }
  if (!/^[A-Za-z0-9._-]+$/.test(parts.folderName) || /^\.+$/.test(parts.folderName)) {
    throw new Malformed("the folder's name has characters other than A-Z a-z 0-9 . _ -");
  }
  for (const path of files.keys()) {
    const fault = pathFault(path) ?? tooDeepFault(`${parts.folderName}/${path}`);
    if (fault !== null) throw new Malformed(`the path ${JSON.stringify(path)} ${fault}`);
  }
  const twins = caseTwins(files.keys());
  if (twins !== null) throw new Malformed(`the paths ${twins[0]} and ${twins[1]} differ only in case`);
}

function tooDeepFault(pathInZip: string): string | null {
  return pathInZip.length > PATH_CHARACTERS_MAX ? `is longer than ${PATH_CHARACTERS_MAX} characters in the ZIP` : null;
}

function isOwnTagFile(path: string): boolean {
  return Object.values<string>(PACK_PATHS).includes(path);
}

function withPrefix<File>(files: ReadonlyMap<string, File>, prefix: string): Map<string, File> {
  return new Map([...files].map(([path, file]) => [prefix + path, file]));
}

function encode(text: string): Uint8Array {
  return Buffer.from(text, "utf8");
}
