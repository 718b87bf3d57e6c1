import { Buffer } from "node:buffer";
import type { KeyObject } from "node:crypto";
import { ed25519PublicBytes, ed25519Sign, ed25519Verifies } from "#lib/proof/ed25519.ts";
import { sha256 } from "#lib/proof/hash.ts";
import { Malformed } from "#lib/proof/malformed.ts";
import { decodeBase64, encodeUtf8 } from "#lib/proof/text.ts";

/** Byte that c2sp.org/signed-note gives to Ed25519 keys and their signatures. */
const ED25519_TYPE = 1;
const SIGNATURES_MAX = 16;

/** A public key that signs notes: its name and the 32 bytes of an Ed25519 key. */
export type NoteKey = { readonly name: string; readonly publicBytes: Uint8Array };

export type NoteSignature = { readonly name: string; readonly keyId: string; readonly bytes: Uint8Array };

export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };

/** The first four bytes, in hex, of SHA-256(name ‖ LF ‖ 0x01 ‖ key). */
function noteKeyId(key: NoteKey): string {
  return sha256(key.name, "\n", new Uint8Array([ED25519_TYPE]), key.publicBytes).toString("hex", 0, 4);
}

/** The key as one line, `<name>+<key id>+<base64 of 0x01 ‖ key>`, the "vkey" of golang.org/x/mod/sumdb/note. */
export function encodeNoteKey(key: NoteKey): string {
  assertKeyName(key.name);
  const encoded = Buffer.concat([Buffer.from([ED25519_TYPE]), key.publicBytes]).toString("base64");
  return `${key.name}+${noteKeyId(key)}+${encoded}`;
}

/** The key of a vkey line; Malformed when name, id and key do not agree or it is not Ed25519. */
export function parseNoteKey(line: string): NoteKey {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(line);
  if (match?.[1] === undefined || match[2] === undefined || match[3] === undefined) {
    throw new Malformed("the log key is not of the form name+id+key");
  }
  const bytes = decodeBase64(match[3], "the log key");
  if (bytes.length !== 33 || bytes[0] !== ED25519_TYPE) throw new Malformed("the log key is not an Ed25519 key");
  const key = { name: match[1], publicBytes: bytes.subarray(1) };
  assertKeyName(key.name);
  if (noteKeyId(key) !== match[2]) throw new Malformed("the log key's id does not belong to its name and key");
  return key;
}

/** The public note key of a signing key under a name. */
export function noteKeyOf(name: string, key: KeyObject): NoteKey {
  return { name, publicBytes: ed25519PublicBytes(key) };
}

/** Signs a text that ends with LF: the text, a blank line, one signature line (c2sp.org/signed-note). */
export function signNote(text: string, name: string, privateKey: KeyObject): string {
  assertNoteText(text);
  const key = noteKeyOf(name, privateKey);
  assertKeyName(name);
  const signature = ed25519Sign(encodeUtf8(text), privateKey);
  const encoded = Buffer.concat([Buffer.from(noteKeyId(key), "hex"), signature]).toString("base64");
  return `${text}\n— ${name} ${encoded}\n`;
}

/** Text and signature lines of a note, nothing verified yet; Malformed when it is not exactly of the form. */
export function parseNote(note: string): Note {
  const split = note.lastIndexOf("\n\n");
  if (split < 0) throw new Malformed("the note has no blank line before its signatures");
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2);
  assertNoteText(text);
  if (!lines.endsWith("\n")) throw new Malformed("the note does not end with a line feed");
  const signatures = lines.slice(0, -1).split("\n").map(parseSignatureLine);
  if (signatures.length > SIGNATURES_MAX) throw new Malformed(`the note has more than ${SIGNATURES_MAX} signatures`);
  return { text, signatures };
}

/**
 * Whether a note is signed by the key. Signatures of other keys are passed over; one that names this key and fails makes
 * the whole note false, whatever else it carries.
 */
export function noteSignedBy(note: Note, key: NoteKey): boolean {
  const keyId = noteKeyId(key);
  const own = note.signatures.filter((signature) => signature.name === key.name && signature.keyId === keyId);
  const message = encodeUtf8(note.text);
  return own.length > 0 && own.every((signature) => ed25519Verifies(message, signature.bytes, key.publicBytes));
}

function parseSignatureLine(line: string): NoteSignature {
  const match = /^— ([^ ]+) ([^ ]+)$/u.exec(line);
  if (match?.[1] === undefined || match[2] === undefined)
    throw new Malformed("a signature line of the note is malformed");
  assertKeyName(match[1]);
  const bytes = decodeBase64(match[2], "a signature of the note");
  if (bytes.length <= 4) throw new Malformed("a signature of the note is too short");
  return { name: match[1], keyId: bytes.toString("hex", 0, 4), bytes: bytes.subarray(4) };
}

function assertNoteText(text: string): void {
  if (!text.endsWith("\n")) throw new Malformed("the note's text does not end with a line feed");
  for (const character of text) {
    if (character < " " && character !== "\n") throw new Malformed("the note contains a control character");
  }
  if (!text.isWellFormed()) throw new Malformed("the note is not valid Unicode");
}

function assertKeyName(name: string): void {
  if (name === "" || /[\p{White_Space}+]/u.test(name))
    throw new Malformed("a key name is empty or has a space or plus");
}
