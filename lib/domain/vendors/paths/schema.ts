import { z } from "zod";
import { FileUpload } from "#lib/domain/files/schema.ts";
import { line, optionalLine, optionalParagraph } from "#lib/domain/text.ts";
import { type BaaState, COVERAGES, type Coverage, type CoverageKind } from "#lib/domain/vendors/schema.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

// The inference path of a tool is every company that a prompt passes through, in order. It is recorded as a whole, each
// time under the next number; the newest counts, and those before it stay as they were.

export const HOPS_MAX = 12;

export const HOP_ROLES = [
  "vendor_application",
  "model_provider",
  "cloud_host",
  "gateway",
  "sub_processor",
  "own_equipment",
  "other",
] as const;
export type HopRole = (typeof HOP_ROLES)[number];

const EARLIEST = "1990-01-01";
const LATEST = "2100-12-31";

const plausibleDate = z.iso
  .date({ error: "date_not_understood", abort: true })
  .refine((date) => date >= EARLIEST && date <= LATEST, { error: "date_out_of_range" });

const optionalDate = z
  .union([z.literal("").transform(() => null), plausibleDate, z.null()], { error: "date_not_understood" })
  .default(null);

const optionalId = z.union([z.literal("").transform(() => null), z.uuid(), z.null()]).default(null);

/** Blank, as a form sends a row that nobody filled in, or a company with all that its coverage asks for. */
const HopRow = z
  .object({
    processor: optionalLine(120),
    role: z.enum(["", ...HOP_ROLES]).default(""),
    place: optionalLine(120),
    coverage: z.enum(["", ...COVERAGES]).default(""),
    baaId: optionalId,
    shownOn: optionalDate,
    shownUntil: optionalDate,
    evidence: optionalParagraph(1000),
    file: FileUpload.nullable().default(null),
    /** A file of an earlier path that still proves it. */
    keptFileId: optionalId,
  })
  .transform((row, ctx): Hop | null => {
    const { processor, role, place, coverage } = row;
    if ([processor, role, place, coverage].every((text) => text === "")) return null;
    const lacks = [
      { isLacking: processor === "", path: "processor", message: "required" },
      { isLacking: role === "", path: "role", message: "choose_hop_role" },
      { isLacking: coverage === "", path: "coverage", message: "choose_coverage" },
      { isLacking: coverage === "own" && role !== "own_equipment", path: "coverage", message: "own_is_equipment" },
      { isLacking: coverage === "our_baa" && row.baaId === null, path: "baaId", message: "choose_baa" },
      { isLacking: coverage === "shown_baa" && row.shownOn === null, path: "shownOn", message: "required" },
      { isLacking: coverage === "shown_baa" && row.evidence === "", path: "evidence", message: "required" },
    ];
    for (const { isLacking, path, message } of lacks) {
      if (isLacking) ctx.addIssue({ code: "custom", message, path: [path] });
    }
    if (role === "" || coverage === "") return z.NEVER;
    const isShown = coverage === "shown_baa";
    // A form offers all of these before it knows which coverage is meant.
    return {
      ...{ processor, role, place, coverage },
      baaId: coverage === "our_baa" ? row.baaId : null,
      shownOn: isShown ? row.shownOn : null,
      shownUntil: isShown ? row.shownUntil : null,
      evidence: isShown ? row.evidence : "",
      file: isShown ? row.file : null,
      keptFileId: isShown ? row.keptFileId : null,
    };
  });

/** One company that a prompt passes through, as it is recorded. */
export type Hop = {
  readonly processor: string;
  readonly role: HopRole;
  readonly place: string;
  readonly coverage: CoverageKind;
  readonly baaId: string | null;
  readonly shownOn: CalendarDate | null;
  readonly shownUntil: CalendarDate | null;
  readonly evidence: string;
  readonly file: FileUpload | null;
  readonly keptFileId: string | null;
};

export const RecordInferencePath = z.object({
  toolId: z.uuid(),
  /** The number of the path that stood on the page; 0 where there was none. */
  after: z.coerce.number().int().min(0).max(1_000_000),
  /** Where the vendor says in writing which companies these are. */
  statedIn: line(300),
  statedOn: optionalDate,
  file: FileUpload.nullable().default(null),
  keptFileId: optionalId,
  hops: z.array(HopRow).max(HOPS_MAX, { error: "too_many_hops" }),
});

/** What a hop is on a day: covered by something, or by nothing and why. */
export const HOP_STATES = [
  "own",
  "our_baa",
  "shown_baa",
  "nothing",
  "baa_not_signed",
  "baa_not_yet_effective",
  "baa_expired",
  "baa_terminated",
  "shown_later",
  "shown_ended",
] as const;
export type HopState = (typeof HOP_STATES)[number];

/** Which tool a path or a worksheet is about. */
export type ToolNamed = {
  readonly id: string;
  readonly vendorId: string;
  readonly vendor: string;
  readonly product: string;
  readonly surface: string;
  readonly category: string;
};

/** A kept file as a path or a worksheet names it. */
export type FileNamed = { readonly id: string; readonly name: string; readonly sha256: string };

export type HopShown = Omit<Hop, "file" | "keptFileId"> & {
  readonly position: number;
  readonly state: HopState;
  readonly covered: boolean;
  /** The last day on which what covers it does so, as far as is known. */
  readonly until: CalendarDate | null;
  readonly baa: {
    readonly id: string;
    readonly vendorId: string;
    readonly vendor: string;
    readonly reference: string;
  } | null;
  readonly file: FileNamed | null;
};

/** A recorded path as a page shows it, each hop with what it is worth on the day of looking. */
export type PathShown = {
  readonly id: string;
  readonly number: number;
  readonly statedIn: string;
  readonly statedOn: CalendarDate | null;
  readonly file: FileNamed | null;
  readonly enteredBy: string;
  readonly enteredAt: Date;
  readonly recordedAt: Date;
  readonly hops: readonly HopShown[];
};

/** A BAA that a hop may name. */
export type BaaChoice = {
  readonly id: string;
  readonly vendor: string;
  readonly reference: string;
  readonly state: BaaState | null;
};

/** What covers a tool on a day, as its page shows it: with each BAA of its vendor, the covering one first. */
export type CoverageShown = Coverage & { readonly baas: readonly BaaOfVendor[] };

export type BaaOfVendor = {
  readonly id: string;
  readonly reference: string;
  readonly state: BaaState;
  /** Whether the version that counts names the tool. */
  readonly names: boolean;
  /** The last day in force, as far as is known. */
  readonly until: CalendarDate | null;
  /** The first day, where that lies ahead. */
  readonly effectiveOn: CalendarDate;
};
