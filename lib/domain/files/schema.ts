import { z } from "zod";
import { line } from "#lib/domain/text.ts";

// A file is kept with the record that it belongs to, in the same transaction, and never changed. What it is is told by its
// first bytes and not by its name.

export const FILE_BYTES_MAX = 20 * 1024 * 1024;

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export const MEDIA_TYPES = ["application/pdf", "image/png", "image/jpeg", "text/csv", XLSX] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** What a record takes: `paper` is a signed document, `proof` may also be a picture of a screen, `sheet` holds rows to import. */
export const ACCEPTED = {
  paper: ["application/pdf"],
  proof: ["application/pdf", "image/png", "image/jpeg"],
  sheet: ["text/csv", XLSX],
} as const satisfies Record<string, readonly MediaType[]>;
export type FileUse = keyof typeof ACCEPTED;

export const FileUpload = z.object({
  name: line(255),
  bytes: z.instanceof(Uint8Array, { error: "required" }),
});
export type FileUpload = z.output<typeof FileUpload>;

/** A kept file as a page shows it. */
export type FileShown = {
  readonly id: string;
  readonly name: string;
  readonly mediaType: MediaType;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly keptAt: Date;
};
