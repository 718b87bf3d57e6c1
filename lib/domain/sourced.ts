import { z } from "zod";

// What every fact of `content/` carries: where it is from, of which day, and how sure.

export const CONFIDENCES = ["high", "medium", "low"] as const;

export const Source = z.strictObject({
  title: z.string().min(1).max(400),
  url: z.url({ protocol: /^https$/ }).optional(),
});

/** A place in the federal rules, such as "45 CFR 164.504(e)(2)(ii)(A)". */
export const Citation = z.string().regex(/^45 CFR \d{3}\.\d{3}(\([0-9a-zA-Z]+\))*$/);

export const ContentKey = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

/** The members that a sourced entry spreads into its schema. */
export const sourced = {
  sources: z.array(Source).min(1),
  asOf: z.iso.date(),
  confidence: z.enum(CONFIDENCES),
};
