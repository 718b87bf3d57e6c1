import { z } from "zod";
import { CONFIDENCES } from "#lib/domain/tools/schema.ts";

// A pack is requested, then made by the worker: ready, or failed and free to be asked for again. It is never changed; a
// later state of the records is another pack.

export const PACK_STATUSES = ["requested", "ready", "failed"] as const;
export type PackStatus = (typeof PACK_STATUSES)[number];

export const SECTIONS = [
  "tools",
  "tool_decisions",
  "tool_requests",
  "tool_exceptions",
  "block_list",
  "vendors",
  "baas",
  "baa_terms",
  "inference_paths",
  "due_diligence",
  "policies",
  "attestations",
  "signature_rolls",
  "members",
  "role_history",
  "offboarding",
  "designations",
  "access_reviews",
  "access_review_rows",
  "emergency_people",
  "emergency_access",
  "emergency_rules",
  "sign_in_settings",
  "ledger",
] as const;
export type Section = (typeof SECTIONS)[number];

/** Every section but the ledger is a table of the same name. */
export type TableSection = Exclude<Section, "ledger">;

const Answer = z.discriminatedUnion("extent", [
  z.strictObject({ section: z.enum(SECTIONS), extent: z.literal("full") }),
  z.strictObject({ section: z.enum(SECTIONS), extent: z.literal("partly"), missing: z.string().min(1).max(400) }),
]);

/** One file of `content/protocol/`: what OCR asks to see under one rule, and which part of a pack answers it. */
export const ProtocolFile = z.strictObject({
  rule: z.enum(["security", "privacy", "breach"]),
  source: z.strictObject({ title: z.string().min(1), url: z.url().optional() }),
  asOf: z.iso.date(),
  confidence: z.enum(CONFIDENCES),
  items: z.array(
    z.strictObject({
      item: z.int().positive(),
      citation: z.string().startsWith("45 CFR 164."),
      title: z.string().min(1).max(80),
      asks: z.string().min(1).max(400),
      keeps: z.string().min(1).max(300),
      answers: z.array(Answer),
    }),
  ),
});

export type ProtocolItem = z.output<typeof ProtocolFile>["items"][number] & {
  readonly rule: "security" | "privacy" | "breach";
  /** When the item was last held against its source. */
  readonly asOf: string;
};

export const ANSWER_STATUSES = ["answered", "partly", "none"] as const;
export type AnswerStatus = (typeof ANSWER_STATUSES)[number];

export type IndexRow = {
  readonly item: number;
  readonly rule: ProtocolItem["rule"];
  readonly citation: string;
  readonly title: string;
  readonly status: AnswerStatus;
  /** The tables that answer it, in order. */
  readonly sections: readonly TableSection[];
  /** Paths from the pack's `data/` folder. */
  readonly files: readonly string[];
  readonly events: readonly number[];
  /** How many events there are, also beyond those named. */
  readonly eventCount: number;
  /** What the named files do not show, one sentence each. */
  readonly missing: readonly string[];
};

const emptyIsNull = z.literal("").transform(() => null);
const optionalDate = z.union([emptyIsNull, z.iso.date({ error: "date_not_understood" }), z.null()]).default(null);

export const RequestEvidencePack = z.object({ asOf: optionalDate, from: optionalDate, to: optionalDate });

export type PackRow = {
  readonly id: string;
  readonly status: PackStatus;
  readonly requestedByName: string | null;
  readonly requestedAt: Date;
  readonly asOf: Date;
  readonly periodFrom: string | null;
  readonly periodTo: string | null;
  readonly ledgerSize: number;
  readonly fileName: string | null;
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  readonly finishedAt: Date | null;
  readonly progress: { readonly step: string; readonly done: number; readonly total: number } | null;
};

/** What a page that waits for a pack is told. */
export type PackProgressAnswer = Pick<PackRow, "status" | "progress">;

/** The steps of making a pack, in order, as `job_progress.step` names them. */
export const PACK_STEPS = ["checkpoint", "records", "log", "documents", "cover", "sign", "zip"] as const;

export const PACK_CHUNK_BYTES = 1_048_576;
