import { z } from "zod";
import { line, lines, optionalLine, paragraph, searchLine } from "#lib/domain/text.ts";
import { COVERAGE_GAPS } from "#lib/domain/vendors/schema.ts";

// A tool is one surface of one product. A person's decision gives it a status; what the decision is worth today is its
// standing, which is computed and never stored (rules.ts). Adopting from the catalogue gives `needs_review`, but for
// what the catalogue prohibits and for DeepSeek, which are prohibited at once. Officers move a tool between the
// statuses by decisions, each kept for ever; only DeepSeek's own surfaces never leave `prohibited`.

export const STATUSES = ["approved_for_phi", "not_for_phi", "needs_review", "prohibited", "retired"] as const;
export type Status = (typeof STATUSES)[number];

export function isApproval(status: Status): boolean {
  return status === "approved_for_phi" || status === "not_for_phi";
}

export const STANDINGS = ["may_use_with_phi", "may_use_without_phi", "ask", "may_not_use"] as const;
export type Standing = (typeof STANDINGS)[number];

/** own: DeepSeek's own app, site or API, or a wrapper that sends to it. hosted: its weights, run by somebody else. */
export const DEEPSEEK_RELATIONS = ["own", "hosted", "none"] as const;
export type DeepseekRelation = (typeof DEEPSEEK_RELATIONS)[number];

export const DECISION_BASES = [
  "adoption",
  "registration",
  "officer",
  "import",
  "deepseek_rule",
  "deepseek_narrowed",
  "deepseek_restored",
] as const;
export type DecisionBasis = (typeof DECISION_BASES)[number];

export const CATEGORIES = [
  "general_chat",
  "search",
  "agent",
  "browser_ai",
  "scribe",
  "clinical_reference",
  "consumer_health",
  "ehr_embedded",
  "meeting_notes",
  "productivity",
  "automation",
  "translation",
  "design",
  "image",
  "voice",
  "developer",
  "research",
  "api_platform",
  "cloud_ai",
  "ai_gateway",
  "self_hosted",
] as const;

export const BAA_AVAILABILITIES = ["none", "included", "on_request", "enterprise_only", "unknown"] as const;
export const TRAINING_ANSWERS = ["yes", "no", "opt_out", "unknown"] as const;
export const CONFIDENCES = ["high", "medium", "low"] as const;

const HOSTNAME = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
export const Hostname = z
  .string()
  .max(253, { error: "hostname_not_understood" })
  .regex(HOSTNAME, { error: "hostname_not_understood" });

const Source = z.strictObject({ title: z.string().min(1).max(400), url: z.url({ protocol: /^https?$/ }).optional() });

/** One surface in `content/catalogue/`: facts with their sources, nobody's decision. */
export const CatalogueEntry = z.strictObject({
  key: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  product: z.string().min(1).max(120),
  surface: z.string().min(1).max(120),
  modelFamily: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  category: z.enum(CATEGORIES),
  deepseek: z.enum(DEEPSEEK_RELATIONS),
  baa: z.enum(BAA_AVAILABILITIES),
  trainsOnInputs: z.enum(TRAINING_ANSWERS),
  dataResidency: z.string().min(1).max(300),
  retention: z.string().min(1).max(300),
  hostnames: z.array(z.strictObject({ name: Hostname, verified: z.boolean() })),
  recommendation: z.enum(["approved_for_phi", "not_for_phi", "needs_review", "prohibited"]),
  conditions: z.array(z.string().min(1).max(200)),
  why: z.strictObject({ en: z.string().min(1).max(320), es: z.string().min(1).max(320) }),
  notes: z.string().min(1).max(900).optional(),
  sources: z.array(Source).min(1),
  asOf: z.iso.date(),
  confidence: z.enum(CONFIDENCES),
});

export const CatalogueFile = z.strictObject({
  key: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  vendor: z.string().min(1).max(120),
  jurisdiction: z.string().min(1).max(120),
  entries: z.array(CatalogueEntry).min(1),
});

/** What a tool keeps of the catalogue, or of what a person typed, as facts; read back from the database's JSON. */
export const ToolFacts = z.object({
  jurisdiction: z.string(),
  baa: z.enum(BAA_AVAILABILITIES),
  trainsOnInputs: z.enum(TRAINING_ANSWERS),
  dataResidency: z.string(),
  retention: z.string(),
  recommendation: z.enum(STATUSES).nullable(),
  conditions: z.array(z.string()),
  why: z.object({ en: z.string(), es: z.string() }),
  notes: z.string(),
  sources: z.array(z.object({ title: z.string(), url: z.string().optional() })),
  asOf: z.string().nullable(),
  confidence: z.enum(CONFIDENCES).nullable(),
});
export type ToolFacts = z.output<typeof ToolFacts>;

export type Catalogued = z.output<typeof CatalogueEntry> & {
  readonly vendorKey: string;
  readonly vendor: string;
  readonly jurisdiction: string;
  /** SHA-256 of the entry's canonical JSON with its vendor: what an adoption took over. */
  readonly sha256: string;
};

export const TOOLS_ADOPTED_AT_ONCE_MAX = 500;

export const AdoptTools = z.union([
  z.object({ keys: z.array(z.string().max(200)).min(1, { error: "nothing_chosen" }).max(TOOLS_ADOPTED_AT_ONCE_MAX) }),
  z.object({ all: z.literal("prohibited") }),
]);

/** Addresses that a person typed, one a line, as host names. */
export const typedHostnames = lines({ max: 50, each: 253 })
  .transform((typed) => typed.map((line) => ({ line, name: asciiHostname(line) })))
  .superRefine((typed, ctx) => {
    const wrong = typed.filter(({ name }) => name === null).map(({ line }) => `“${line.slice(0, 60)}”`);
    if (wrong.length > 0)
      ctx.addIssue({
        code: "custom",
        message: "hostnames_not_understood",
        params: { lines: wrong.slice(0, 3).join(", "), more: Math.max(0, wrong.length - 3) },
      });
  })
  .transform((typed) => [...new Set(typed.flatMap(({ name }) => (name === null ? [] : [name])))]);

/** The host in a typed line as computers write it: `https://Müller-Praxis.example/login` → `xn--mller-praxis-dlb.example`; null where there is none. */
function asciiHostname(typed: string): string | null {
  const [, wildcard = "", rest = ""] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(\*\.)?(.*)$/i.exec(typed) ?? [];
  const host = rest.replace(/[/:?#].*$/, "");
  const name = wildcard + (URL.parse(`https://${host}`)?.hostname.replace(/\.$/, "") ?? "");
  // An address parser also takes what is none: "a b", "user@host", "3.5".
  return /[\s@*]/.test(host) || !Hostname.safeParse(name).success ? null : name;
}

export const RegisterTool = z.object({
  vendor: line(120),
  product: line(120),
  surface: line(120),
  modelFamily: optionalLine(60),
  category: z.enum(CATEGORIES),
  hostnames: typedHostnames,
  jurisdiction: optionalLine(120),
  why: paragraph(320),
});

const optionalDate = z
  .union([z.literal("").transform(() => null), z.iso.date({ error: "date_not_understood" }), z.null()])
  .default(null);

export const DecideTool = z
  .object({
    toolId: z.uuid(),
    /** The version of the tool that the decider looked at. */
    version: z.coerce.number().int().positive(),
    status: z.enum(STATUSES, { error: "choose_status" }),
    reason: paragraph(2000),
    conditions: lines({ max: 20, each: 200 }),
    reviewOn: optionalDate,
    /** The request that it answers, where the decider came from one. */
    requestId: z.union([z.literal("").transform(() => null), z.uuid(), z.null()]).default(null),
  })
  // A form offers conditions before it knows the answer; only an approval has any.
  .transform((decision) => (isApproval(decision.status) ? decision : { ...decision, conditions: [] }));

export const NarrowDeepseek = z.object({
  toolId: z.uuid(),
  version: z.coerce.number().int().positive(),
  rationale: paragraph(4000),
});
export const ApproveNarrowing = z.object({ narrowingId: z.uuid() });
export const DeclineNarrowing = z.object({ narrowingId: z.uuid(), reason: paragraph(2000) });
export const RestoreProhibition = z.object({ toolId: z.uuid(), reason: paragraph(2000) });

export const REGISTER_SORTS = ["product", "vendor", "status", "since"] as const;
export const PAGE_SIZES = [25, 50, 100] as const;
export const CATALOGUE_SIZES = [50, 100] as const;
/** What the catalogue may recommend; nothing in it is retired. */
export const RECOMMENDATIONS = ["approved_for_phi", "not_for_phi", "needs_review", "prohibited"] as const;

export const RegisterPage = z.object({
  q: searchLine(200),
  status: z.array(z.enum(STATUSES)).default([]),
  sort: z.enum(REGISTER_SORTS).default("product"),
  direction: z.enum(["asc", "desc"]).default("asc"),
  page: z.number().int().min(1).max(1_000_000).default(1),
  size: z.literal(PAGE_SIZES).default(25),
});

/** All pages of the register at once, for its files. */
export const RegisterRows = RegisterPage.omit({ page: true, size: true });

export const CataloguePage = z.object({
  q: searchLine(200),
  recommendation: z.array(z.enum(RECOMMENDATIONS)).default([]),
  page: z.number().int().min(1).max(1_000_000).default(1),
  size: z.literal(CATALOGUE_SIZES).default(50),
});

export const CatalogueRows = CataloguePage.omit({ page: true, size: true });

export type ToolRow = {
  readonly id: string;
  readonly vendorId: string;
  readonly vendor: string;
  readonly product: string;
  readonly surface: string;
  readonly modelFamily: string;
  readonly category: string;
  readonly status: Status;
  readonly statusSince: Date;
  readonly conditions: readonly string[];
  readonly reviewOn: string | null;
  readonly recommendation: Status | null;
  readonly standing: StandingWithReasons;
};

export type StandingWithReasons = { readonly standing: Standing; readonly reasons: readonly StandingReason[] };

export const STANDING_REASONS = [
  "deepseek_own",
  "deepseek_blanket",
  "prohibited",
  "retired",
  "not_decided",
  "under_review",
  "approval_past_date",
  ...COVERAGE_GAPS,
  "exception",
  "approved_without_phi",
  "approved_with_phi",
] as const;
export type StandingReason = (typeof STANDING_REASONS)[number];

/** Words in the reader's language, or in English where `lang` says so: as the clinic's people wrote them. */
export type Said = { readonly text: string; readonly lang?: "en" };

/** A tool as a sentence names it. */
export type ToolSaid = { readonly vendor: string; readonly product: string; readonly surface: Said };

/** A decision as a page shows it; `decidedBy` is the name. */
export type DecisionShown = {
  readonly id: string;
  readonly number: number;
  readonly status: Status;
  readonly basis: DecisionBasis;
  readonly conditions: readonly string[];
  readonly reason: string;
  readonly reviewOn: string | null;
  readonly soleDecider: boolean;
  /** The completed worksheet that it rests on, and the request that it answered. */
  readonly worksheet: { readonly id: string; readonly number: number } | null;
  readonly requestId: string | null;
  readonly decidedBy: string;
  readonly decidedAt: Date;
  readonly recordedAt: Date;
};
