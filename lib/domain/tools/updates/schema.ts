import { z } from "zod";
import { searchLine } from "#lib/domain/text.ts";
import type { DeepseekRelation, Status, ToolFacts } from "#lib/domain/tools/schema.ts";

// A newer catalogue entry is offered field by field and never applied by itself. Answered, it is the tool's next revision:
// what was accepted is as the catalogue has it, what was kept stays the clinic's. No answer decides on the tool.

export const UPDATED_FIELDS = [
  "modelFamily",
  "category",
  "jurisdiction",
  "baa",
  "trainsOnInputs",
  "dataResidency",
  "retention",
  "recommendation",
  "conditions",
  "why",
  "notes",
  "sources",
  "hostnames",
] as const;
export type UpdatedField = (typeof UPDATED_FIELDS)[number];

export const UPDATE_ANSWERS = ["accept", "keep"] as const;
export type UpdateAnswer = (typeof UPDATE_ANSWERS)[number];

const answer = z.enum(UPDATE_ANSWERS, { error: "accept_or_keep" });

export const AnswerCatalogueUpdate = z.object({
  toolId: z.uuid(),
  /** The version of the tool that was looked at. */
  version: z.coerce.number().int().positive(),
  /** The entry that was looked at. */
  entrySha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** One for each field that differs, or one for all of them. */
  answers: z.union([z.literal("accept_all"), z.partialRecord(z.enum(UPDATED_FIELDS), answer)]),
});

export const UPDATE_SORTS = ["product", "fields", "checked"] as const;
export const UPDATE_SIZES = [50, 100] as const;

export const UpdatesPage = z.object({
  q: searchLine(200),
  sort: z.enum(UPDATE_SORTS).default("product"),
  direction: z.enum(["asc", "desc"]).default("asc"),
  page: z.number().int().min(1).max(1_000_000).default(1),
  size: z.literal(UPDATE_SIZES).default(50),
});

/** All pages of the updates at once, for their files. */
export const UpdatesRows = UpdatesPage.omit({ page: true, size: true });

/** What is known of a tool, by the register or by the catalogue. */
export type Known = {
  readonly modelFamily: string;
  readonly category: string;
  readonly facts: ToolFacts;
  readonly hostnames: ReadonlyArray<{ readonly name: string; readonly verified: boolean }>;
};

/** A tool for which the catalogue has a newer entry. */
export type UpdateRow = {
  readonly toolId: string;
  readonly vendor: string;
  readonly product: string;
  readonly surface: string;
  readonly status: Status;
  readonly fields: readonly UpdatedField[];
  /** What the entry says of DeepSeek now, where that is something else. */
  readonly deepseekNow: DeepseekRelation | null;
  /** Days on which the facts were checked: those of the register, and those of the catalogue now. */
  readonly checkedOn: string | null;
  readonly newlyCheckedOn: string;
};
