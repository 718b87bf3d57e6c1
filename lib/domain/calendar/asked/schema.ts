import type { AnswerStatus, ProtocolItem, Section } from "#lib/domain/evidence/schema.ts";

/** A request item of OCR's audit protocol with where this clinic's records on it stand. */
export type AskedItem = Pick<ProtocolItem, "item" | "title" | "citation" | "rule"> & {
  readonly status: AnswerStatus;
  readonly places: ReadonlyArray<{ readonly section: Section; readonly path: string }>;
};

/** An item that no record answers yet, and the first of the records that would. */
export type MissingItem = Pick<ProtocolItem, "item" | "title" | "citation"> & {
  readonly section: Section;
  readonly path: string;
};
