import { type BagInfo, comparePaths, parseBagInfo, parseManifest } from "#lib/proof/bagit.ts";
import { BODY_DEPTH_MAX } from "#lib/proof/body.ts";
import { parseCheckpoint, type SignedCheckpoint } from "#lib/proof/checkpoint.ts";
import { hashFromHex } from "#lib/proof/hash.ts";
import {
  LOG_PATHS,
  type LoggedEnvelope,
  type LoggedEvent,
  parseEnvelopesCsv,
  parseEventsJsonl,
} from "#lib/proof/log-files.ts";
import { Malformed } from "#lib/proof/malformed.ts";
import { type MerkleTree, merkleTree } from "#lib/proof/merkle.ts";
import { PACK_PATHS } from "#lib/proof/pack.ts";
import { KEY_PATHS, type PackKeys, parsePackKeys } from "#lib/proof/pack-keys.ts";
import { decodeUtf8 } from "#lib/proof/text.ts";

/** A pack's files as the checks read them: each parsed once, when first asked for; Malformed every time when it can't be. */
export type PackReading = {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The bytes of a file; Malformed when the pack has none of that path. */
  readonly bytes: (path: string) => Uint8Array;
  /** A file's text; Malformed when it is missing or not UTF-8. */
  readonly text: (path: string) => string;
  readonly bagInfo: () => BagInfo;
  readonly manifest: () => ReadonlyMap<string, string>;
  readonly tagManifest: () => ReadonlyMap<string, string>;
  readonly keys: () => PackKeys;
  readonly checkpoint: () => SignedCheckpoint;
  readonly envelopes: () => readonly LoggedEnvelope[];
  /** The tree over the leaves `envelopes.csv` states; that they follow from their rows is a check of its own. */
  readonly tree: () => MerkleTree;
  readonly events: () => readonly LoggedEvent[];
  /** The parsed body of each listed event by seq. */
  readonly bodies: () => ReadonlyMap<number, object>;
};

/** Prepares the files of an extracted pack, by path from the bag's root, for reading. Parses nothing yet. */
export function readPack(files: ReadonlyMap<string, Uint8Array>): PackReading {
  const bytes = (path: string): Uint8Array => {
    const found = files.get(path);
    if (found === undefined) throw new Malformed(`${path} is missing`);
    return found;
  };
  const text = (path: string) => decodeUtf8(bytes(path), path);
  const envelopes = once(() => parseEnvelopesCsv(text(LOG_PATHS.envelopes)));
  const events = once(() => parseEventsJsonl(text(LOG_PATHS.events)));
  return {
    // In one order, so that what is found first does not depend on how the files were packed.
    files: new Map([...files].sort(([left], [right]) => comparePaths(left, right))),
    bytes,
    text,
    bagInfo: once(() => parseBagInfo(text(PACK_PATHS.bagInfo))),
    manifest: once(() => parseManifest(text(PACK_PATHS.manifest), PACK_PATHS.manifest)),
    tagManifest: once(() => parseManifest(text(PACK_PATHS.tagManifest), PACK_PATHS.tagManifest)),
    keys: once(() =>
      parsePackKeys({
        logKey: text(KEY_PATHS.logKey),
        allowedSigners: text(KEY_PATHS.allowedSigners),
        p256Pem: text(KEY_PATHS.p256Pem),
      }),
    ),
    checkpoint: once(() => parseCheckpoint(text(LOG_PATHS.checkpoint))),
    envelopes,
    tree: once(() => merkleTree(envelopes().map(leafBytes))),
    events,
    bodies: once(() => new Map(events().map((event) => [event.seq, parseBody(event)]))),
  };
}

function leafBytes({ leaf, seq }: LoggedEnvelope): Uint8Array {
  try {
    return hashFromHex(leaf);
  } catch {
    throw new Malformed(`the leaf of event ${seq} in ${LOG_PATHS.envelopes} is not a SHA-256 in hex`);
  }
}

function parseBody({ seq, body }: LoggedEvent): object {
  const parsed = parseJson(body);
  if (parsed === null || typeof parsed !== "object" || Array.isArray(parsed) || isDeeperThan(parsed, BODY_DEPTH_MAX)) {
    throw new Malformed(`the body of event ${seq} in ${LOG_PATHS.events} is not a JSON object`);
  }
  return parsed;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether anything stands more than `levels` below the value. */
function isDeeperThan(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== "object") return false;
  const members: unknown[] = Object.values(value);
  return levels === 0 ? members.length > 0 : members.some((member) => isDeeperThan(member, levels - 1));
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  let fault: unknown;
  return () => {
    if (fault !== undefined) throw fault;
    try {
      made ??= { value: make() };
      return made.value;
    } catch (error) {
      fault = error;
      throw error;
    }
  };
}
