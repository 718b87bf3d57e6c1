import { z } from "zod";

/** How many of a kind are named; a list of its own shows the rest. */
export const HITS_MAX = 6;

export const HIT_KINDS = ["tool", "vendor", "person", "request", "policy", "entry"] as const;
export type HitKind = (typeof HIT_KINDS)[number];

export const SearchClinic = z.object({ q: z.string().max(200) });

/** Something of the clinic by its name, with its page below the clinic's own address. */
export type Hit = {
  readonly kind: HitKind;
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly detail: string;
};

export type SearchAnswer = { readonly hits: readonly Hit[] };
