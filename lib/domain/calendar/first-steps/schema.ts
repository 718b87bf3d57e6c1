import { z } from "zod";

// What a clinic does first. Whether a step is done is derived from records at each look; only that a person has put one
// aside is kept, for that person, until they call it back.

export const FIRST_STEPS = ["facts", "officials", "adopt", "decide", "baa", "directive", "invite", "pack"] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];

export const PutStepsAside = z.object({ steps: z.array(z.enum(FIRST_STEPS)).min(1).max(FIRST_STEPS.length) });
export const CallStepsBack = z.object({});

export type FirstStepShown = {
  readonly step: FirstStep;
  readonly done: boolean;
  /** Whether the reader's own role takes it, or only the owner's. */
  readonly mine: boolean;
  /** Below the clinic's address. */
  readonly path: string;
  /** Numbers of the protocol's items that ask for it, with their citations. */
  readonly asked: ReadonlyArray<{ readonly item: number; readonly citation: string }>;
};

export type FirstSteps = {
  /** What is not put aside, in order; empty when there is nothing left to do. */
  readonly steps: readonly FirstStepShown[];
  /** How many are put aside and not done. */
  readonly aside: number;
};
