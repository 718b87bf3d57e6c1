import { z } from "zod";

const words = z.record(z.string().min(1), z.string().min(1).max(300));

/** `content/catalogue-words/<locale>.yaml`: what the catalogue says in English, in another language. */
export const CatalogueWords = z.strictObject({
  surfaces: words,
  conditions: words,
  /** Products and vendors that are a description and no name. */
  names: words,
});
export type CatalogueWords = z.output<typeof CatalogueWords>;
