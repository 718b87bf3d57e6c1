import { z } from "zod";
import { Citation, ContentKey, sourced } from "#lib/domain/sourced.ts";

// What a BAA is checked against, term by term. The rules ask for the contract and the security terms; those on AI are
// advice of ours, which no rule asks for, and the screen says so beside each.

const term = {
  key: ContentKey,
  title: z.strictObject({ en: z.string().min(1).max(60), es: z.string().min(1).max(70) }),
  text: z.strictObject({ en: z.string().min(1).max(320), es: z.string().min(1).max(400) }),
  /** What an officer looks for in the clause; officers read English. */
  lookFor: z.string().min(1).max(360),
  ...sourced,
};

/** A rule says that the contract must contain it. */
const RequiredTerm = z.strictObject({
  ...term,
  group: z.enum(["contract", "security"]),
  force: z.literal("required"),
  citations: z.array(Citation).min(1),
});

/** We advise it; no rule asks for it. */
const RecommendedTerm = z.strictObject({ ...term, group: z.literal("ai"), force: z.literal("recommended") });

/** A file of `content/baa-terms/`. */
export const BaaTerms = z.strictObject({
  terms: z.array(z.discriminatedUnion("force", [RequiredTerm, RecommendedTerm])).min(1),
});

export type BaaTerm = z.output<typeof BaaTerms>["terms"][number];
