import "server-only";
import type { FileShown, MediaType } from "#lib/domain/files/schema.ts";

/** What lists select of a file: never its bytes. */
export const FILE_COLUMNS = {
  id: true,
  name: true,
  mediaType: true,
  sizeBytes: true,
  sha256: true,
  keptAt: true,
} as const;

export function fileShown(row: Omit<FileShown, "mediaType"> & { mediaType: string }): FileShown {
  const { id, name, sizeBytes, sha256, keptAt } = row;
  return { id, name, mediaType: row.mediaType as MediaType, sizeBytes, sha256, keptAt };
}
