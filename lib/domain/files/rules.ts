import { ACCEPTED, FILE_BYTES_MAX, type FileUse, type MediaType } from "#lib/domain/files/schema.ts";
import { refuse } from "#lib/kernel/errors.ts";

const SIGNATURES: ReadonlyArray<readonly [MediaType, readonly number[]]> = [
  ["application/pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
];

const ZIP = [0x50, 0x4b, 0x03, 0x04];

/** What a file is by its bytes, whatever it is called; null for anything that is not kept, and for mere text. */
export function mediaTypeOf(bytes: Uint8Array): MediaType | null {
  const found = SIGNATURES.find(([, signature]) => startsWith(bytes, signature));
  if (found !== undefined) return found[0];
  return isWorkbook(bytes) ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : null;
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

// A ZIP names its parts in the clear, those of a workbook among them.
function isWorkbook(bytes: Uint8Array): boolean {
  if (!startsWith(bytes, ZIP)) return false;
  const text = new TextDecoder("latin1").decode(bytes);
  return text.includes("[Content_Types].xml") && text.includes("xl/workbook.xml");
}

/** Rows as text have no signature of their own: they are text of some encoding, without the NUL that no text holds. */
function isText(bytes: Uint8Array): boolean {
  if (startsWith(bytes, ZIP)) return false;
  if (startsWith(bytes, [0xff, 0xfe])) return !new TextDecoder("utf-16le").decode(bytes).includes("\0");
  if (startsWith(bytes, [0xfe, 0xff])) return !new TextDecoder("utf-16be").decode(bytes).includes("\0");
  return !bytes.includes(0);
}

const NOT_ACCEPTED = {
  paper: "file.not_a_paper",
  proof: "file.not_a_proof",
  sheet: "file.not_a_sheet",
} as const satisfies Record<FileUse, string>;

/** The type of a file that may be kept for `use`; refuses an empty one, one that is too large, and one of another type. */
export function assertMayKeep(file: { bytes: Uint8Array }, use: FileUse, field: string): MediaType {
  const size = file.bytes.byteLength;
  if (size === 0) throw refuse("file.empty", {}, field);
  if (size > FILE_BYTES_MAX) {
    throw refuse("file.too_large", { megabytes: Math.ceil(size / 1_048_576), max: FILE_BYTES_MAX / 1_048_576 }, field);
  }
  const mediaType = mediaTypeOf(file.bytes) ?? (use === "sheet" && isText(file.bytes) ? "text/csv" : null);
  const accepted: readonly MediaType[] = ACCEPTED[use];
  if (mediaType === null || !accepted.includes(mediaType)) throw refuse(NOT_ACCEPTED[use], {}, field);
  return mediaType;
}

const EXTENSIONS: Readonly<Record<MediaType, string>> = {
  "application/pdf": "pdf",
  "image/png": "png",
  "image/jpeg": "jpg",
  "text/csv": "csv",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
};

/** Where a pack holds a file: named by what it is, so that the same paper stands there once and two of one name both do. */
export function packPathOf({ sha256, mediaType }: { sha256: string; mediaType: MediaType }): string {
  return `files/${sha256}.${EXTENSIONS[mediaType]}`;
}

/**
 * The header that has a browser save a file under its name (RFC 6266). What isn't plain ASCII goes into `filename*`
 * (RFC 8187), which every browser prefers; the other is for programs that don't know it.
 */
export function contentDispositionOf(name: string): string {
  const wellFormed = name.toWellFormed();
  const plain = wellFormed.replace(/[^\x20-\x7e]|["\\%/:;*?<>|]/g, "_");
  const encoded = encodeURIComponent(wellFormed).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
