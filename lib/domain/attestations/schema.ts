import { z } from "zod";
import { LOCALES } from "#lib/domain/context.ts";
import { line } from "#lib/domain/text.ts";

// A signature is over an exact text: the one that stood on the screen, by its SHA-256 and language. It is never edited and
// outlives every later version of the text.

/** What a signing form sends along. */
export const Signing = z.object({
  /** SHA-256 of the text as the page showed it. */
  textSha256: z.string().regex(/^[0-9a-f]{64}$/, { error: "not_understood" }),
  locale: z.enum(LOCALES),
  typedName: line(200),
});
export type Signing = z.output<typeof Signing>;
