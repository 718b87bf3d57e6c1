import { z } from "zod";
import { PEOPLE_COLUMNS, PEOPLE_ROWS_MAX, PEOPLE_VALUES } from "#lib/domain/clinic/imports/schema.ts";
import { type FileShown, FileUpload } from "#lib/domain/files/schema.ts";
import type { Change, Note, Outcome, Problem, SheetColumn } from "#lib/domain/sheet.ts";
import { lines, optionalParagraph } from "#lib/domain/text.ts";
import {
  CATEGORIES,
  type DeepseekRelation,
  RegisterTool,
  STATUSES,
  type Status,
  type ToolFacts,
} from "#lib/domain/tools/schema.ts";
import { BAA_COLUMNS, BAA_VALUES, VENDOR_COLUMNS, VENDOR_VALUES } from "#lib/domain/vendors/imports/schema.ts";
import type { CoverageFacts } from "#lib/domain/vendors/schema.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";

// A file is kept when it is previewed and read again when it is applied. In between the register may have changed, so the
// plan is made anew in the transaction that carries it out: all of it, or nothing.

export const IMPORT_KINDS = ["tools", "vendors", "baas", "people"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export const IMPORT_STATUSES = ["previewed", "applied"] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** The columns of a file of tools, in the order in which our own has them. */
export const TOOL_COLUMNS = [
  { id: "vendor", needed: true },
  { id: "product", needed: true },
  { id: "surface", needed: true },
  { id: "modelFamily", choice: "open" },
  { id: "category", choice: "closed" },
  { id: "hostnames" },
  { id: "jurisdiction" },
  { id: "why" },
  { id: "status", choice: "closed" },
  { id: "conditions" },
  { id: "reason" },
  { id: "reviewOn" },
] as const satisfies readonly SheetColumn[];

export const COLUMNS = {
  tools: TOOL_COLUMNS,
  vendors: VENDOR_COLUMNS,
  baas: BAA_COLUMNS,
  people: PEOPLE_COLUMNS,
} as const satisfies Record<ImportKind, readonly SheetColumn[]>;

/** What the cells of a column may be, where they may not be anything. */
export const COLUMN_VALUES: Readonly<Record<ImportKind, Readonly<Record<string, readonly string[]>>>> = {
  tools: { category: CATEGORIES, status: STATUSES },
  vendors: VENDOR_VALUES,
  baas: BAA_VALUES,
  people: PEOPLE_VALUES,
};

/** Where the words for values stand, below which each value has its own. */
export const VALUE_WORDS: Readonly<Record<ImportKind, Readonly<Record<string, string>>>> = {
  tools: { modelFamily: "tools.modelFamily", category: "tools.category", status: "tools.status" },
  vendors: { businessAssociate: "import.value.businessAssociate" },
  baas: { signature: "import.value.signature", expiresOn: "import.value.expiresOn" },
  people: { role: "people.role", workforceType: "people.type" },
};

export const DATE_COLUMNS: ReadonlySet<string> = new Set([
  "reviewOn",
  "agreedOn",
  "effectiveOn",
  "expiresOn",
  "endedOn",
  "startsOn",
  "endsOn",
]);

/** How many rows a file of a kind may have. */
export const ROWS_MAX: Readonly<Record<ImportKind, number>> = {
  tools: LIST_ROWS_MAX,
  vendors: LIST_ROWS_MAX,
  baas: LIST_ROWS_MAX,
  people: PEOPLE_ROWS_MAX,
};

const optionalChoice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.union([z.literal("").transform(() => null), z.enum(values), z.null()], { error: "not_a_choice" }).default(null);

/** A row of tools by what its cells may hold; what a new tool needs besides is a rule. */
export const ToolRowTyped = RegisterTool.extend({
  category: optionalChoice(CATEGORIES),
  why: optionalParagraph(320),
  status: optionalChoice(STATUSES),
  conditions: lines({ max: 20, each: 200 }),
  reason: optionalParagraph(2000),
  reviewOn: z
    .union([z.literal("").transform(() => null), z.iso.date({ error: "date_not_understood" }), z.null()], {
      error: "date_not_understood",
    })
    .default(null),
});
export type ToolRowTyped = z.output<typeof ToolRowTyped>;

/** A tool of the register as an import compares and changes it. */
export type ToolOnRecord = {
  readonly id: string;
  readonly version: number;
  readonly vendorId: string;
  readonly vendor: string;
  readonly product: string;
  readonly surface: string;
  readonly modelFamily: string;
  readonly category: string;
  readonly deepseek: DeepseekRelation;
  readonly deepseekNarrowed: boolean;
  readonly status: Status;
  readonly conditions: readonly string[];
  readonly reviewOn: CalendarDate | null;
  readonly facts: ToolFacts;
  readonly catalogueKey: string | null;
  readonly catalogueHash: string | null;
  readonly hostnames: ReadonlyArray<{ readonly name: string; readonly verified: boolean }>;
  /** The decision in force; null where nobody has decided. */
  readonly decision: { readonly number: number; readonly reason: string } | null;
  /** Only where a row wants it approved for patient data. */
  readonly coverage: CoverageFacts | null;
};

export const PreviewImport = z.object({
  kind: z.enum(IMPORT_KINDS, { error: "choose_import_kind" }),
  file: FileUpload.nullable()
    .default(null)
    .transform((file, ctx) => {
      if (file !== null) return file;
      ctx.addIssue({ code: "custom", message: "file_needed" });
      return z.NEVER;
    }),
});

export const ApplyImport = z.object({
  importId: z.uuid(),
  /** The plan that the officer looked at, by its hash; without it, whatever the file comes to now. */
  seen: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

export const IMPORT_PAGE_SIZE = 50;
export const PROBLEMS_SHOWN_MAX = 200;

export const ImportPage = z.object({ importId: z.uuid(), page: z.number().int().min(1).max(1_000_000).default(1) });

export const ImportSheet = z.object({
  kind: z.enum(IMPORT_KINDS),
  /** Only the columns, to fill in. */
  blank: z.boolean().default(false),
});

export type ImportCounts = Readonly<Record<Outcome, number>>;

export type PlannedRowShown = {
  readonly row: number;
  readonly names: readonly string[];
  readonly outcome: Outcome;
  readonly changes: readonly Change[];
  readonly notes: readonly Note[];
};

/** How a file was understood, for a reader to tell whether that is right. */
export type ReadAs =
  | { readonly kind: "xlsx" }
  | { readonly kind: "csv"; readonly encoding: string; readonly delimiter: "," | ";" | "\t" };

export type PlanShown = {
  readonly sha256: string;
  readonly counts: ImportCounts;
  readonly readAs: ReadAs;
  readonly notRead: readonly string[];
  /** The first PROBLEMS_SHOWN_MAX. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  readonly problemRows: number;
  /** A page of the rows that would do something, or that something is to be said of. */
  readonly rows: readonly PlannedRowShown[];
  readonly rowCount: number;
  readonly page: number;
};

export type ImportShown = {
  readonly id: string;
  readonly kind: ImportKind;
  readonly status: ImportStatus;
  readonly file: Pick<FileShown, "id" | "name" | "sizeBytes" | "sha256">;
  readonly previewedBy: string;
  readonly previewedAt: Date;
  readonly appliedBy: string;
  readonly appliedAt: Date | null;
  readonly counts: ImportCounts;
};
