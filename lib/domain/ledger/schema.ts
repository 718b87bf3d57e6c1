import { z } from "zod";

export const LEDGER_PAGE_MAX = 10_000_000;

export const LedgerPage = z.object({
  page: z.number().int().min(1).max(LEDGER_PAGE_MAX).default(1),
  size: z.union([z.literal(25), z.literal(50), z.literal(100)]).default(50),
  type: z.array(z.string().max(64)).default([]),
  /** Show the page, of all events, that this one stands on, instead of `page`. */
  entry: z.number().int().min(0).optional(),
});

/** All entries of these types, or of all, for the trail's files. */
export const LedgerRows = LedgerPage.pick({ type: true });

/** An event as a page or a file says it: personal values opened, or empty where an opening is gone. */
export type EventShown = {
  readonly seq: number;
  /** UTC with microseconds, as it stands in the envelope. */
  readonly recordedAt: string;
  readonly occurredAt: string | null;
  readonly type: string;
  readonly actor: {
    readonly kind: string;
    readonly id: string | null;
    readonly job: string | null;
    /** The use of emergency access under which they acted. */
    readonly emergency?: string;
  };
  readonly object: { readonly type: string; readonly id: string };
  readonly correlation: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** 64 hex characters. */
  readonly leaf: string;
};

export const LEDGER_FAULTS = ["body", "chain", "sequence", "time", "head", "checkpoint", "unreadable"] as const;
export type LedgerFault = (typeof LEDGER_FAULTS)[number];

export type LedgerVerification = {
  readonly size: number;
  readonly checkpoints: number;
  /** Hex; the Merkle root over all events. */
  readonly root: string;
  readonly firstBad: { readonly seq: number; readonly fault: LedgerFault } | null;
};
