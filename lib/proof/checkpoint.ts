import { Buffer } from "node:buffer";
import type { KeyObject } from "node:crypto";
import { Malformed } from "#lib/proof/malformed.ts";
import { type Note, type NoteKey, noteSignedBy, parseNote, signNote } from "#lib/proof/note.ts";
import { decodeBase64, parseCount } from "#lib/proof/text.ts";

/** A statement that a ledger had this many events and this RFC 6962 root (c2sp.org/tlog-checkpoint). */
export type Checkpoint = {
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
};

export type SignedCheckpoint = Checkpoint & { readonly note: Note };

/** The three lines that are signed: origin, size, root in base64. */
export function checkpointText(checkpoint: Checkpoint): string {
  if (checkpoint.root.length !== 32) throw new RangeError("a root has 32 bytes");
  return `${checkpoint.origin}\n${checkpoint.size}\n${Buffer.from(checkpoint.root).toString("base64")}\n`;
}

/** The checkpoint as a note signed by the log's key; the key's name is the origin. */
export function signCheckpoint(checkpoint: Checkpoint, privateKey: KeyObject): string {
  return signNote(checkpointText(checkpoint), checkpoint.origin, privateKey);
}

/** What a checkpoint says, its signature not yet verified; Malformed unless its text is exactly the three lines. */
export function parseCheckpoint(text: string): SignedCheckpoint {
  const note = parseNote(text);
  const [origin, size, root, ...extensions] = note.text.slice(0, -1).split("\n");
  if (!origin || size === undefined || root === undefined || extensions.length > 0) {
    throw new Malformed("the checkpoint is not three lines: origin, size, root");
  }
  const rootBytes = decodeBase64(root, "the checkpoint's root");
  if (rootBytes.length !== 32) throw new Malformed("the checkpoint's root is not 32 bytes");
  return { origin, size: parseCount(size, "the checkpoint's size"), root: rootBytes, note };
}

/** Whether a checkpoint is signed by the log key and that key is named after the checkpoint's origin. */
export function checkpointSignedBy(checkpoint: SignedCheckpoint, key: NoteKey): boolean {
  return key.name === checkpoint.origin && noteSignedBy(checkpoint.note, key);
}
