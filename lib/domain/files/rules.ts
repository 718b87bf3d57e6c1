import { ACCEPTED, FILE_BYTES_MAX, type FileUse, type MediaType } from "#lib/domain/files/schema.ts";
import { refuse } from "#lib/kernel/errors.ts";

const SIGNATURES: ReadonlyArray<readonly [MediaType, readonly number[]]> = [
  ["application/pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
];

/** What a file is by its first bytes, whatever it is called; null for anything that is not kept. */
export function mediaTypeOf(bytes: Uint8Array): MediaType | null {
  const found = SIGNATURES.find(([, signature]) => signature.every((byte, index) => bytes[index] === byte));
  return found?.[0] ?? null;
}

/** The type of a file that may be kept for `use`; refuses an empty one, one that is too large, and one of another type. */
export function assertMayKeep(file: { bytes: Uint8Array }, use: FileUse, field: string): MediaType {
  const size = file.bytes.byteLength;
  if (size === 0) throw refuse("file.empty", {}, field);
  if (size > FILE_BYTES_MAX) {
    throw refuse("file.too_large", { megabytes: Math.ceil(size / 1_048_576), max: FILE_BYTES_MAX / 1_048_576 }, field);
  }
  const mediaType = mediaTypeOf(file.bytes);
  const accepted: readonly MediaType[] = ACCEPTED[use];
  if (mediaType === null || !accepted.includes(mediaType)) throw refuse(`file.not_a_${use}`, {}, field);
  return mediaType;
}
