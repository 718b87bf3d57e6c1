import { Buffer } from "node:buffer";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import yazl from "yazl";
import { Refusal, refuse } from "#lib/kernel/errors.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";

const ENTRIES_MAX = 2000;
const UNPACKED_BYTES_MAX = 120_000_000;
const PARTS = /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/.+\.(xml|xml\.rels))$/;
const SHEET = /^xl\/worksheets\/[^/]+\.xml$/;

type Limits = { readonly rowsMax: number; readonly columnsMax: number };

/**
 * The parts of a workbook that say what its cells hold, in a ZIP without compression. A reader of it meets no more than
 * what was counted here: nothing that unpacks without end, hides between the entries, or stands in a cell far away.
 */
export async function unpackWorkbook(bytes: Uint8Array, limits: Limits): Promise<Buffer> {
  try {
    const parts = await readParts(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    if (!parts.has("xl/workbook.xml")) throw refuse("spreadsheet.not_a_table", {}, "file");
    for (const [path, part] of parts) {
      if (part.includes("<!DOCTYPE") || part.includes("<!ENTITY")) throw damaged();
      if (SHEET.test(path)) assertWithin(part.toString("utf8"), limits);
    }
    return await packPlain(parts);
  } catch (error) {
    throw error instanceof Refusal ? error : damaged();
  }
}

function damaged(): Refusal {
  return refuse("spreadsheet.damaged", {}, "file");
}

async function readParts(bytes: Buffer): Promise<Map<string, Buffer>> {
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true });
  if (zip.entryCount > ENTRIES_MAX) throw damaged();
  const parts = new Map<string, Buffer>();
  let bytesLeft = UNPACKED_BYTES_MAX;
  for await (const entry of zip.eachEntry()) {
    if (!PARTS.test(entry.fileName)) continue;
    if (parts.has(entry.fileName) || entry.isEncrypted()) throw damaged();
    bytesLeft -= entry.uncompressedSize;
    if (bytesLeft < 0) throw refuse("spreadsheet.too_big_unpacked", {}, "file");
    parts.set(entry.fileName, await readPart(zip, entry));
  }
  return parts;
}

// yauzl ends a stream that grows beyond the size its entry states, which has been counted already.
async function readPart(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const stream: Readable = await zip.openReadStreamPromise(entry);
  return buffer(stream);
}

async function packPlain(parts: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [path, part] of parts) zip.addBuffer(part, path, { compress: false });
  zip.end();
  return buffer(zip.outputStream as Readable);
}

const TAG = /<[^<>]*>/g;
const PLACED = /^<(?:\w+:)?(c|row)(?=[\s/>])/;
const WELL_FORMED = /^<(?:\w+:)?\w+(?:\s+[\w:]+\s*=\s*(?:"[^"&]*"|'[^'&]*'))*\s*\/?>$/;
const REFERENCE = /\sr\s*=\s*["']([A-Z]{0,3})(\d{1,7})["']/;

/** A reader fills every gap up to the furthest cell, so one cell in a far corner would cost millions. */
function assertWithin(xml: string, { rowsMax, columnsMax }: Limits): void {
  // A `<` within a tag, as in an attribute, would hide what follows it from the pattern below.
  if (/<[^<>]*</.test(xml)) throw damaged();
  for (const [tag] of xml.matchAll(TAG)) {
    const kind = PLACED.exec(tag)?.[1];
    if (kind === undefined) continue;
    if (!WELL_FORMED.test(tag)) throw damaged();
    const [, letters = "", digits = "0"] = REFERENCE.exec(tag) ?? [];
    // An empty cell that is only painted holds no place of its own.
    const isEmpty = tag.endsWith("/>");
    if (Number(digits) > ROWS_OF_EXCEL) throw damaged();
    if (kind === "row" || isEmpty) continue;
    if (Number(digits) > rowsMax) throw refuse("spreadsheet.too_many_rows", { max: LIST_ROWS_MAX }, "file");
    if (columnNumber(letters) > columnsMax) throw refuse("spreadsheet.too_many_columns", { max: columnsMax }, "file");
  }
}

const ROWS_OF_EXCEL = 1_048_576;

function columnNumber(letters: string): number {
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}
