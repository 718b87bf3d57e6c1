import { z } from "zod";
import { Citation, ContentKey, sourced } from "#lib/domain/sourced.ts";

// What a BAA is checked against, term by term. The rules ask for the contract and the security terms; those on AI are
// advice of ours, which no rule asks for, and the screen says so beside each.

export const TERM_GROUPS = ["contract", "security", "ai"] as const;
export type TermGroup = (typeof TERM_GROUPS)[number];

/** `required`: a rule says that the contract must contain it. `recommended`: we advise it; no rule asks for it. */
export const TERM_FORCES = ["required", "recommended"] as const;
export type TermForce = (typeof TERM_FORCES)[number];

const term = {
  key: ContentKey,
  title: z.strictObject({ en: z.string().min(1).max(60), es: z.string().min(1).max(70) }),
  text: z.strictObject({ en: z.string().min(1).max(320), es: z.string().min(1).max(400) }),
  /** What an officer looks for in the clause; officers read English. */
  lookFor: z.string().min(1).max(360),
  ...sourced,
};

const RequiredTerm = z.strictObject({
  ...term,
  group: z.enum(["contract", "security"]),
  force: z.literal("required"),
  citations: z.array(Citation).min(1),
});

const RecommendedTerm = z.strictObject({ ...term, group: z.literal("ai"), force: z.literal("recommended") });

/** A file of `content/baa-terms/`. */
export const BaaTerms = z.strictObject({
  terms: z.array(z.discriminatedUnion("force", [RequiredTerm, RecommendedTerm])).min(1),
});

export type BaaTerm = z.output<typeof BaaTerms>["terms"][number];
