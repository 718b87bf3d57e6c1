import { z } from "zod";
import { EmailAddress } from "#lib/domain/clinic/schema.ts";
import { line, optionalLine, optionalParagraph, searchLine } from "#lib/domain/text.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

// A vendor may have several BAAs, and each BAA versions: the original, amendments, renewals, corrections. What a BAA is
// worth on a day is computed from its dates (rules.ts) and never stored, so that one which runs out at midnight stops
// covering at midnight.

export const BUSINESS_ASSOCIATE_ANSWERS = ["yes", "no", "unknown"] as const;
export type BusinessAssociate = (typeof BUSINESS_ASSOCIATE_ANSWERS)[number];

export const BAA_KINDS = ["original", "amendment", "renewal", "correction"] as const;
export type BaaKind = (typeof BAA_KINDS)[number];

/** `both`: both parties have signed. Anything else counts as not signed. */
export const SIGNATURES = ["both", "one_side", "unknown"] as const;
export type Signature = (typeof SIGNATURES)[number];

/** From the best to the worst. */
export const BAA_STATES = ["in_force", "not_yet_effective", "not_signed", "expired", "terminated"] as const;
export type BaaState = (typeof BAA_STATES)[number];

/** A BAA that runs out within so many days is shown wherever it matters. */
export const RUNNING_OUT_DAYS = [90, 60, 30] as const;

/** Who covers a hop: a BAA of ours, one that the vendor has and showed us, nobody because it is the clinic's own equipment, nobody at all. */
export const COVERAGES = ["our_baa", "shown_baa", "own", "none"] as const;
export type CoverageKind = (typeof COVERAGES)[number];

/** One version of a BAA as far as coverage depends on it. */
export type BaaVersionFacts = {
  readonly id: string;
  readonly number: number;
  readonly corrects: number | null;
  readonly effectiveOn: CalendarDate;
  readonly expiresOn: CalendarDate | null;
  readonly signature: Signature;
  /** Ids of the tools it names. */
  readonly surfaces: readonly string[];
};

export type BaaFacts = {
  readonly id: string;
  readonly reference: string;
  readonly versions: readonly BaaVersionFacts[];
  /** The last day in force, where the BAA was ended before its time. */
  readonly terminatedAfter: CalendarDate | null;
};

export type HopFacts = {
  readonly processor: string;
  readonly coverage: CoverageKind;
  /** The BAA of ours that covers it, where `coverage` says so. */
  readonly baa: BaaFacts | null;
  readonly shownOn: CalendarDate | null;
  readonly shownUntil: CalendarDate | null;
};

/** All that a tool's coverage rests on. `path` is null where none is on record: unknown is never covered. */
export type CoverageFacts = {
  readonly toolId: string;
  /** Registered as software that the clinic runs on its own equipment. */
  readonly selfHosted: boolean;
  readonly baas: readonly BaaFacts[];
  readonly path: readonly HopFacts[] | null;
};

export const COVERAGE_GAPS = [
  "no_baa_on_record",
  "baa_not_signed",
  "baa_not_yet_effective",
  "baa_expired",
  "baa_terminated",
  "baa_names_other_surface",
  "path_not_on_record",
  "hop_uncovered",
] as const;
export type CoverageGap = (typeof COVERAGE_GAPS)[number];

/** What covers a tool on a day, and what is missing. No gaps: patient data may go in, as far as BAAs are concerned. */
export type Coverage = {
  readonly gaps: readonly CoverageGap[];
  /** The BAA in force that names the surface. */
  readonly baaId: string | null;
  readonly baaVersionId: string | null;
  /** The last day on which any BAA covers it without a gap; null where there is no end, or none is in force. */
  readonly baaUntil: CalendarDate | null;
  /** Processors of the path that nothing covers, in order. */
  readonly uncovered: readonly string[];
};

export const RegisterVendor = z.object({ name: line(120), jurisdiction: optionalLine(120) });

export const RenameVendor = z.object({
  vendorId: z.uuid(),
  /** The version of the vendor that the person looked at. */
  version: z.coerce.number().int().positive(),
  name: line(120),
});

const webAddress = { error: "web_address_not_understood" };

/** An address of the web as people type it: `openai.com` is `https://openai.com`. */
const WebAddress = z
  .string()
  .transform((text) => text.trim())
  .transform((text) => (text === "" || /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`))
  .pipe(z.union([z.literal(""), z.url({ protocol: /^https?$/, hostname: /\./, ...webAddress }).max(300, webAddress)]));

export const DescribeVendor = z
  .object({
    vendorId: z.uuid(),
    /** The version of the vendor that the person looked at. */
    version: z.coerce.number().int().positive(),
    businessAssociate: z.enum(BUSINESS_ASSOCIATE_ANSWERS, { error: "choose_business_associate" }),
    businessAssociateReason: optionalParagraph(2000),
    jurisdiction: optionalLine(120),
    website: WebAddress.default(""),
    contactName: optionalLine(120),
    contactEmail: z.union([z.literal(""), EmailAddress]).default(""),
    notes: optionalParagraph(4000),
  })
  .superRefine(({ businessAssociate, businessAssociateReason }, ctx) => {
    if (businessAssociate !== "unknown" && businessAssociateReason === "")
      ctx.addIssue({ code: "custom", message: "required", path: ["businessAssociateReason"] });
  });

export const VENDOR_SORTS = ["name", "tools", "until", "since"] as const;
export const VENDOR_PAGE_SIZES = [25, 50, 100] as const;
/** The best that a vendor's BAAs are worth today; `none`: there is none on record. */
export const VENDOR_BAA_STATES = [...BAA_STATES, "none"] as const;
export type VendorBaaState = (typeof VENDOR_BAA_STATES)[number];
/** Within how many days a BAA of the vendor runs out, as an address says it. */
export const ENDS_WITHIN = ["90", "60", "30"] as const;

export const VendorsPage = z.object({
  q: searchLine(200),
  associate: z.array(z.enum(BUSINESS_ASSOCIATE_ANSWERS)).default([]),
  baa: z.array(z.enum(VENDOR_BAA_STATES)).default([]),
  ends: z.array(z.enum(ENDS_WITHIN)).default([]),
  sort: z.enum(VENDOR_SORTS).default("name"),
  direction: z.enum(["asc", "desc"]).default("asc"),
  page: z.number().int().min(1).max(1_000_000).default(1),
  size: z.literal(VENDOR_PAGE_SIZES).default(25),
});

/** All pages of the list at once, for its files. */
export const VendorsRows = VendorsPage.omit({ page: true, size: true });

export type VendorRow = {
  readonly id: string;
  readonly name: string;
  readonly jurisdiction: string;
  readonly website: string;
  readonly contactName: string;
  readonly businessAssociate: BusinessAssociate;
  readonly businessAssociateReason: string;
  readonly tools: number;
  readonly baas: number;
  readonly baa: VendorBaaState;
  /** The last day of the BAA that runs out next with none to follow; null where none does. */
  readonly until: CalendarDate | null;
  readonly addedAt: Date;
};

/** A tool as the vendor's and the BAA's pages name it. */
export type ToolNamed = { readonly id: string; readonly product: string; readonly surface: string };
