import { z } from "zod";
import { Signing } from "#lib/domain/attestations/schema.ts";
import { LOCALES, type Locale, type Role } from "#lib/domain/context.ts";
import { type Block, POLICY_CODES, type PolicyCode } from "#lib/domain/policies/documents/schema.ts";
import { line, optionalLine, paragraph, searchLine } from "#lib/domain/text.ts";
import { typedHostnames } from "#lib/domain/tools/schema.ts";

// An officer issues a policy: its blanks are filled, and the exact text in each language is kept. People sign that text.
// A new version leaves every earlier signature as it is and is to be signed anew; only the newest version is owed.

/** Days that staff may be given to sign. */
export const DUE_DAYS = [2, 3, 5, 7, 14, 30] as const;
/** A directive's own default; other policies give longer. */
export const DUE_DAYS_USUAL = 3;
/** Minutes within which use is to be reported. */
export const REPORT_MINUTES = [15, 30, 60, 120, 240] as const;
export const REPORT_MINUTES_USUAL = 60;
/** How long use that people report themselves stays without consequences for them, unless the officer says otherwise. */
export const AMNESTY_DAYS_USUAL = 14;

const code = z.enum(POLICY_CODES);
const date = z.iso.date({ error: "date_not_understood" });

/** What an officer gives for a new version. */
export const PolicyDraft = z.object({
  code,
  /** The newest version that the officer looked at; 0 where there was none. */
  newest: z.coerce.number().int().min(0),
  reason: paragraph(1000),
  effectiveOn: date,
  dueDays: z.coerce.number().pipe(z.literal(DUE_DAYS)),
  amnestyUntil: date,
  reportMinutes: z.coerce.number().pipe(z.literal(REPORT_MINUTES)),
  privacyOfficer: line(120),
  securityOfficer: line(120),
  governingBody: line(120),
  /** In Spanish, where it isn't a name that both languages share. */
  governingBodyEs: optionalLine(120),
  addresses: typedHostnames.pipe(z.array(z.string()).min(1, { error: "required" })),
});
export type PolicyDraft = z.output<typeof PolicyDraft>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, { error: "not_understood" });

/** A draft with what its preview showed: nobody issues a text that they haven't seen. */
export const IssuePolicy = PolicyDraft.extend({ textSha256En: sha256.optional(), textSha256Es: sha256.optional() });

export const SignPolicy = Signing.extend({ versionId: z.uuid() });

/**
 * What is kept of the filling with a version, read back from the database's JSON: what the officer gave, and the words
 * that went into each language.
 */
export const PolicyVariables = z.object({
  given: z.object({
    /** Since when the order itself is in force, whatever the version. */
    orderedFrom: z.iso.date(),
    dueDays: z.int().positive(),
    amnestyUntil: z.iso.date(),
    reportMinutes: z.int().positive(),
    privacyOfficer: z.string(),
    securityOfficer: z.string(),
    governingBody: z.string(),
    governingBodyEs: z.string(),
    addresses: z.array(z.string()),
  }),
  en: z.record(z.string(), z.string()),
  es: z.record(z.string(), z.string()),
});
export type PolicyVariables = z.output<typeof PolicyVariables>;

/** Of people who are to sign: `left` signed while they were here. */
export const SIGNATURE_STATES = ["signed", "unsigned", "overdue", "left"] as const;
export type SignatureState = (typeof SIGNATURE_STATES)[number];

export const SIGNATURE_SORTS = ["name", "due", "signed"] as const;
export const PAGE_SIZES = [25, 50, 100] as const;

const version = z.number().int().min(1).max(1_000_000);

export const PolicyPage = z.object({
  code,
  /** Left out: the newest. */
  number: version.optional(),
  language: z.enum(LOCALES).optional(),
});

export const SignaturePage = z.object({
  code,
  number: version,
  q: searchLine(200),
  state: z.array(z.enum(SIGNATURE_STATES)).default([]),
  sort: z.enum(SIGNATURE_SORTS).default("name"),
  direction: z.enum(["asc", "desc"]).default("asc"),
  page: z.number().int().min(1).max(1_000_000).default(1),
  size: z.literal(PAGE_SIZES).default(25),
});
export const SignatureRows = SignaturePage.omit({ page: true, size: true });

/** A draft as staff would read it, with the version it would become. */
export type PolicyPreview = {
  readonly number: number;
  readonly dueOn: string;
  readonly people: number;
  readonly texts: Readonly<Record<Locale, PolicyTextNamed & { readonly blocks: readonly Block[] }>>;
};

export type PolicyTextNamed = { readonly title: string; readonly sha256: string };

/** A version as it was issued. */
export type IssuedVersion = {
  readonly id: string;
  readonly policyId: string;
  readonly code: PolicyCode;
  readonly number: number;
  readonly contentVersion: number;
  readonly variables: PolicyVariables;
  readonly reason: string;
  readonly effectiveOn: string;
  readonly dueOn: string;
  readonly issuedAt: Date;
  readonly recordedAt: Date;
  readonly issuedBy: string;
  readonly texts: Readonly<Record<Locale, PolicyTextNamed>>;
};

/** How many of those who are to sign a version have, and how many are late. */
export type SignatureCounts = { readonly of: number; readonly signed: number; readonly overdue: number };

/** A person's own signature. */
export type OwnSignature = {
  readonly signedAt: Date;
  readonly typedName: string;
  readonly statement: string;
  readonly locale: Locale;
  readonly textSha256: string;
};

export type SignatureRow = {
  readonly memberId: string;
  readonly name: string;
  readonly jobTitle: string;
  readonly role: Role;
  readonly state: SignatureState;
  /** By when they are to sign, or were. */
  readonly dueOn: string;
  readonly attestationId: string | null;
  readonly signedAt: Date | null;
  readonly typedName: string;
  readonly locale: Locale | null;
  readonly textSha256: string;
};

/** A policy in the list of policies, by its newest version. */
export type PolicyRow = {
  readonly code: PolicyCode;
  readonly title: string;
  readonly number: number;
  readonly effectiveOn: string;
  /** When the reader is to sign it, where they are. */
  readonly owed: { readonly dueOn: string } | null;
  readonly signedAt: Date | null;
  /** For those who may know. */
  readonly counts: SignatureCounts | null;
};

/** A version among all that were issued; `officers` for those who look after signatures. */
export type VersionRow = {
  readonly number: number;
  readonly effectiveOn: string;
  readonly issuedAt: Date;
  readonly issuedBy: string;
  /** When the reader signed it. */
  readonly signedAt: Date | null;
  readonly officers: { readonly reason: string; readonly dueOn: string; readonly signatures: number } | null;
};

/** A version as its page shows it, in one language. */
export type PolicyShown = PolicyTextNamed & {
  readonly versionId: string;
  readonly number: number;
  readonly isNewest: boolean;
  readonly locale: Locale;
  readonly effectiveOn: string;
  readonly issuedAt: Date;
  readonly issuedBy: string;
  readonly blocks: readonly Block[];
  readonly own: OwnSignature | null;
  /** By when the reader is to sign it, where they are. */
  readonly dueOn: string | null;
  /** Of the newest version, for those who may know. */
  readonly counts: SignatureCounts | null;
  readonly versions: readonly VersionRow[];
};

/** A policy that waits for a person's signature. */
export type UnsignedPolicy = {
  readonly code: PolicyCode;
  readonly number: number;
  readonly titles: Readonly<Record<Locale, string>>;
  readonly dueOn: string;
  readonly overdue: boolean;
};
