import { Buffer } from "node:buffer";
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import yazl from "yazl";

/** A file of a ZIP; where its bytes are to be read first, that is done when the entries before it are written. */
export type ZipEntry = { readonly path: string; readonly bytes: Uint8Array | (() => Promise<Uint8Array>) };

/** The earliest time a ZIP can hold; the default, since an entry's time says nothing a pack relies on. */
const ZIP_EPOCH = new Date("1980-01-01T00:00:00Z");

/** yazl writes a date's local fields into the ZIP; these answer in UTC, so the bytes are the same in every time zone. */
class UtcDate extends Date {
  override getFullYear(): number {
    return this.getUTCFullYear();
  }
  override getMonth(): number {
    return this.getUTCMonth();
  }
  override getDate(): number {
    return this.getUTCDate();
  }
  override getHours(): number {
    return this.getUTCHours();
  }
  override getMinutes(): number {
    return this.getUTCMinutes();
  }
  override getSeconds(): number {
    return this.getUTCSeconds();
  }
}

/**
 * Writes entries to a ZIP file, in the order of their paths, deflated, all with one time (UTC, to two seconds). The same
 * entries give the same bytes in every time zone. Throws for two entries of one path; errors of the file system and of
 * reading an entry pass through.
 */
export async function writeZip(file: string, entries: Iterable<ZipEntry>, time: Date = ZIP_EPOCH): Promise<void> {
  const sorted = [...entries].sort((left, right) => (left.path < right.path ? -1 : 1));
  const zip = new yazl.ZipFile();
  // The extra UT field would say the same second again, clamped to 2038.
  const options = { mtime: new UtcDate(time), mode: 0o100644, forceDosTimestamp: true };
  for (const [index, { path, bytes }] of sorted.entries()) {
    if (path === sorted[index + 1]?.path) throw new RangeError(`two entries named ${path}`);
    if (bytes instanceof Uint8Array) {
      zip.addBuffer(bufferOf(bytes), path, options);
      continue;
    }
    zip.addReadStreamLazy(path, options, (give) => {
      bytes().then(
        (read) => give(null, Readable.from([bufferOf(read)])),
        (error) => give(error, Readable.from([])),
      );
    });
  }
  zip.end();
  const output = createWriteStream(file);
  zip.on("error", (error: Error) => output.destroy(error));
  await pipeline(zip.outputStream, output);
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
