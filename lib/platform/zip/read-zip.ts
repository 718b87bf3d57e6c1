import { Buffer } from "node:buffer";
import type { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import yauzl, { type Entry, type ZipFile } from "yauzl";

export type ZipLimits = {
  readonly entriesMax: number;
  /** Of all entries together, unpacked. */
  readonly bytesMax: number;
};

/** What `readZip` accepts unless told otherwise: 100,000 entries, 2 GiB unpacked. */
const ZIP_LIMITS: ZipLimits = { entriesMax: 100_000, bytesMax: 2 * 1024 ** 3 };

/** A ZIP that is none, is damaged, or could be read as two different things; the message says which, in words. */
export class UnsafeZip extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UnsafeZip";
  }
}

const ENTRY_PATH = /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*\/?$/;
const TYPE_BITS = 0o170000;
const FILE_TYPES = [0, 0o100000];
const DIRECTORY_TYPES = [0, 0o040000];
const STORED = 0;
const DEFLATED = 8;

/**
 * Every file of a ZIP by its path. Throws UnsafeZip for duplicate or unplain names, `..`, absolute paths, links, encryption,
 * a wrong checksum, headers that disagree, or more than the limits; never writes to disk. Folders are passed over.
 */
export async function readZip(file: string, limits: ZipLimits = ZIP_LIMITS): Promise<Map<string, Buffer>> {
  const zip = await openZip(file);
  try {
    return await readEntries(zip, limits);
  } catch (error) {
    throw error instanceof UnsafeZip ? error : new UnsafeZip(`the ZIP is damaged: ${messageOf(error)}`);
  } finally {
    zip.close();
  }
}

async function openZip(file: string): Promise<ZipFile> {
  try {
    return await yauzl.openPromise(file, { lazyEntries: true, autoClose: false, strictFileNames: true });
  } catch (error) {
    throw new UnsafeZip(`not a readable ZIP file: ${messageOf(error)}`);
  }
}

async function readEntries(zip: ZipFile, limits: ZipLimits): Promise<Map<string, Buffer>> {
  if (zip.entryCount > limits.entriesMax) throw new UnsafeZip(`the ZIP has more than ${limits.entriesMax} entries`);
  if (zip.comment !== "") throw new UnsafeZip("the ZIP has a comment, in which another ZIP could hide");
  const files = new Map<string, Buffer>();
  let bytesLeft = limits.bytesMax;
  let firstByte = Number.POSITIVE_INFINITY;
  for await (const entry of zip.eachEntry()) {
    assertPlain(entry);
    firstByte = Math.min(firstByte, entry.relativeOffsetOfLocalHeader);
    if (entry.fileName.endsWith("/")) continue;
    if (files.has(entry.fileName)) throw new UnsafeZip(`the ZIP has two entries named ${entry.fileName}`);
    bytesLeft -= entry.uncompressedSize;
    if (bytesLeft < 0) throw new UnsafeZip(`the ZIP unpacks to more than ${limits.bytesMax} bytes`);
    files.set(entry.fileName, await readEntry(zip, entry));
  }
  if (firstByte !== 0) throw new UnsafeZip("the ZIP has bytes before its first entry, or no entry");
  return files;
}

function assertPlain(entry: Entry): void {
  const name = JSON.stringify(entry.fileName);
  // A Unicode path field can give an entry a second name that other programs see instead.
  const oneName = entry.fileNameRaw.toString("latin1") === entry.fileName;
  const parts = entry.fileName.split("/");
  if (!oneName || !ENTRY_PATH.test(entry.fileName) || parts.includes("..") || parts.includes(".")) {
    throw new UnsafeZip(`the ZIP has an entry with an unsafe name: ${name}`);
  }
  const type = (entry.externalFileAttributes >>> 16) & TYPE_BITS;
  const types = entry.fileName.endsWith("/") ? DIRECTORY_TYPES : FILE_TYPES;
  if (!types.includes(type)) throw new UnsafeZip(`the ZIP entry ${name} is a link or no plain file`);
  if (entry.isEncrypted()) throw new UnsafeZip(`the ZIP entry ${name} is encrypted`);
  if (![STORED, DEFLATED].includes(entry.compressionMethod)) {
    throw new UnsafeZip(`the ZIP entry ${name} is packed in an unusual way`);
  }
}

async function readEntry(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const local = await zip.readLocalFileHeaderPromise(entry);
  if (!local.fileName.equals(entry.fileNameRaw) || local.compressionMethod !== entry.compressionMethod) {
    throw new UnsafeZip(`the ZIP names the entry ${entry.fileName} in two ways`);
  }
  // yauzl stops a stream that grows beyond the size its entry states, which the limit above has already counted.
  const bytes = await collect(await zip.openReadStreamPromise(entry));
  if (crc32(bytes) !== entry.crc32) throw new UnsafeZip(`the ZIP entry ${entry.fileName} has a wrong checksum`);
  return bytes;
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
