import { z } from "zod";
import { searchLine } from "#lib/domain/text.ts";
import { CONFIDENCES, type DeepseekRelation, Hostname, PAGE_SIZES, type Status } from "#lib/domain/tools/schema.ts";

export const BLOCK_LIST_FORMATS = [
  "chrome-json",
  "edge-json",
  "chrome-reg",
  "edge-reg",
  "hosts",
  "adguard",
  "dnsmasq",
  "rpz",
  "plain",
] as const;
export type BlockListFormat = (typeof BLOCK_LIST_FORMATS)[number];

/**
 * Why a prohibited tool's host is not listed: an approved tool has the same name, a name below it, or a name above it; or
 * blocking it would block strangers, or much that nobody prohibited.
 */
export const LEFT_OUT_REASONS = [
  "shared_with_approved",
  "above_approved",
  "below_approved",
  "anybodys_hosts",
  "carries_much_else",
] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/** Why a listed name could not be written in one format. */
export const NOT_WRITTEN_REASONS = ["wildcard", "name_too_long", "entries_max"] as const;
export type NotWrittenReason = (typeof NOT_WRITTEN_REASONS)[number];

/** A tool of the register as far as block lists care. Its removed hostnames are left away. */
export type RegisterEntry = {
  readonly toolId: string;
  readonly vendor: string;
  readonly product: string;
  readonly surface: string;
  readonly status: Status;
  readonly deepseek: DeepseekRelation;
  readonly hostnames: ReadonlyArray<{ readonly name: string; readonly verified: boolean }>;
};

export type ToolNamed = Pick<RegisterEntry, "toolId" | "vendor" | "product" | "surface">;

/** `hostname` is without `*.`; `wildcard` says that it stood there with one. `verified`: somebody saw the tool answer there. */
export type ListedHost = {
  readonly hostname: string;
  readonly wildcard: boolean;
  readonly because: readonly ToolNamed[];
  readonly verified: boolean;
};

export type LeftOutHost = ListedHost & {
  readonly reason: LeftOutReason;
  /** The code of the control that does what a block can't, in `content/block-list/`. */
  readonly instead: string;
  /** The approved tools that need the host; nobody where the reason is the host itself. */
  readonly keptBy: readonly ToolNamed[];
};

export type BlockList = { readonly listed: readonly ListedHost[]; readonly leftOut: readonly LeftOutHost[] };

export type NotWritten = { readonly hostname: string; readonly wildcard: boolean; readonly reason: NotWrittenReason };

export type BlockListFile = {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What the format can't say. A file that knows comments says it too; JSON can't, so whoever hands it out must. */
  readonly notWritten: readonly NotWritten[];
};

/** accounts: only the clinic's own accounts get in. models, features: one is switched off, the rest stays. naming: in the register. */
export const CONTROL_KINDS = ["accounts", "models", "features", "naming"] as const;
export type ControlKind = (typeof CONTROL_KINDS)[number];

/** What to do where no control is known for the host itself. */
export const FALLBACK_CONTROLS = {
  accounts: "managed-accounts",
  models: "managed-accounts",
  features: "browser-path",
  naming: "exact-host",
} as const satisfies Record<ControlKind, string>;

const InBoth = z.strictObject({ en: z.string().min(1).max(500), es: z.string().min(1).max(600) });
const Sourced = {
  sources: z
    .array(z.strictObject({ title: z.string().min(1).max(300), url: z.url({ protocol: /^https$/ }).optional() }))
    .min(1),
  asOf: z.iso.date(),
  confidence: z.enum(CONFIDENCES),
};

/** What a clinic can do about a host that a block list can't name, as its vendor documents it. */
export const Control = z.strictObject({
  code: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  kind: z.enum(CONTROL_KINDS),
  name: z.string().min(1).max(120),
  /** The control governs these names and all below them; none for advice that fits any host. */
  hosts: z.array(Hostname),
  /** The HTTP header that the clinic's proxy adds, where the control is one. */
  header: z
    .string()
    .regex(/^[A-Za-z-]+$/)
    .optional(),
  does: InBoth,
  needs: InBoth,
  limits: InBoth.optional(),
  ...Sourced,
});
export type Control = z.output<typeof Control>;

const TooBroad = z.strictObject({
  reason: z.enum(["anybodys_hosts", "carries_much_else"]),
  hosts: z.array(Hostname).min(1),
  ...Sourced,
});

/** The one file of `content/block-list/`. */
export const BlockListContent = z
  .strictObject({ controls: z.array(Control), tooBroad: z.array(TooBroad) })
  .superRefine(({ controls }, ctx) => {
    const codes = controls.map(({ code }) => code);
    const twice = codes.filter((code, index) => codes.indexOf(code) !== index);
    const missing = Object.values(FALLBACK_CONTROLS).filter((code) => !codes.includes(code));
    if (twice.length > 0) ctx.addIssue({ code: "custom", message: `stands twice: ${twice.join(", ")}` });
    if (missing.length > 0) ctx.addIssue({ code: "custom", message: `is missing: ${missing.join(", ")}` });
  });
export type BlockListContent = z.output<typeof BlockListContent>;

export const BlockListPage = z.object({
  q: searchLine(253),
  page: z.number().int().min(1).max(1_000_000).default(1),
  size: z.literal(PAGE_SIZES).default(25),
});

export type LeftOutShown = LeftOutHost & { readonly control: Control | null };
