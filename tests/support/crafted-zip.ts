import { Buffer } from "node:buffer";
import { crc32, deflateRawSync } from "node:zlib";

/** An entry as an attacker would write it: any name, any attributes, headers that lie. */
export type CraftedEntry = {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Name in the local header, when it is another than in the directory. */
  readonly localName?: string;
  /** Unix mode in the directory. */
  readonly mode?: number;
  readonly flags?: number;
  readonly deflate?: boolean;
  /** Checksum and size the headers state, when they are not the true ones. */
  readonly crc?: number;
  readonly size?: number;
};

/** A ZIP of exactly these entries, valid but for what they themselves get wrong. */
export function craftZip(
  entries: readonly CraftedEntry[],
  frame: { before?: Uint8Array; comment?: string } = {},
): Buffer {
  const locals: Buffer[] = [Buffer.from(frame.before ?? [])];
  const directory: Buffer[] = [];
  for (const entry of entries) {
    const offset = Buffer.concat(locals).length;
    const data = entry.deflate === true ? deflateRawSync(entry.bytes) : Buffer.from(entry.bytes);
    locals.push(localHeader(entry, data.length), data);
    directory.push(directoryRecord(entry, data.length, offset));
  }
  const start = Buffer.concat(locals).length;
  const size = Buffer.concat(directory).length;
  return Buffer.concat([...locals, ...directory, endRecord(entries.length, size, start, frame.comment ?? "")]);
}

function commonFields(entry: CraftedEntry, packedSize: number, nameLength: number): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(entry.flags ?? 0, 2);
  fields.writeUInt16LE(entry.deflate === true ? 8 : 0, 4);
  fields.writeUInt16LE(0x21, 8);
  fields.writeUInt32LE(entry.crc ?? crc32(entry.bytes), 10);
  fields.writeUInt32LE(packedSize, 14);
  fields.writeUInt32LE(entry.size ?? entry.bytes.length, 18);
  fields.writeUInt16LE(nameLength, 22);
  return fields;
}

function localHeader(entry: CraftedEntry, packedSize: number): Buffer {
  const name = Buffer.from(entry.localName ?? entry.name);
  return Buffer.concat([Buffer.from("PK\u0003\u0004"), commonFields(entry, packedSize, name.length), name]);
}

function directoryRecord(entry: CraftedEntry, packedSize: number, offset: number): Buffer {
  const name = Buffer.from(entry.name);
  const madeBy = Buffer.from([20, 3]);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([
    Buffer.from("PK\u0001\u0002"),
    madeBy,
    commonFields(entry, packedSize, name.length),
    rest,
    name,
  ]);
}

function endRecord(count: number, size: number, start: number, comment: string): Buffer {
  const record = Buffer.alloc(18);
  record.writeUInt16LE(count, 4);
  record.writeUInt16LE(count, 6);
  record.writeUInt32LE(size, 8);
  record.writeUInt32LE(start, 12);
  record.writeUInt16LE(comment.length, 16);
  return Buffer.concat([Buffer.from("PK\u0005\u0006"), record, Buffer.from(comment)]);
}
