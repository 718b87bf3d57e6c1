import { z } from "zod";
import { LOCALES } from "#lib/domain/context.ts";
import { Citation, Source, sourced } from "#lib/domain/sourced.ts";

// A policy as it comes with the product: one file a language in `content/policies/`, front matter above a text with
// blanks. Issuing fills the blanks and keeps the exact result; people read and sign that, never the file.

/** The policies that come with the product. */
export const POLICY_CODES = ["P02"] as const;
export type PolicyCode = (typeof POLICY_CODES)[number];

/** Which numbered section a citation or a source stands behind. */
const section = z.int().positive();

/** The front matter of a policy document. */
export const PolicyDocument = z.strictObject({
  code: z.enum(POLICY_CODES),
  locale: z.enum(LOCALES),
  title: z.string().min(1).max(120),
  /** Counts up with every change of the content, in all languages together. */
  version: z.int().positive(),
  asOf: z.iso.date(),
  /** What the one who issues it must know; not part of the text. */
  notice: z.string().min(1).max(300),
  /** Every blank of the text and no other. */
  variables: z.array(z.string().regex(/^[a-z][A-Za-z0-9]*$/)).min(1),
  citations: z
    .array(
      z.strictObject({
        citation: Citation,
        section,
        source: Source,
        asOf: sourced.asOf,
        confidence: sourced.confidence,
      }),
    )
    .min(1),
  sources: z
    .array(
      z.strictObject({
        ...Source.shape,
        sections: z.array(section).min(1),
        asOf: sourced.asOf,
        confidence: sourced.confidence,
      }),
    )
    .min(1),
});
export type PolicyDocument = z.output<typeof PolicyDocument>;

export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "strong" | "emphasis"; readonly children: readonly Inline[] }
  | { readonly kind: "link"; readonly url: string; readonly children: readonly Inline[] };

export type Heading = { readonly kind: "heading"; readonly level: 1 | 2 | 3; readonly children: readonly Inline[] };
export type Paragraph = { readonly kind: "paragraph"; readonly children: readonly Inline[] };
export type List = {
  readonly kind: "list";
  readonly ordered: boolean;
  readonly start: number;
  readonly items: readonly ListItem[];
};
export type ListItem = ReadonlyArray<Paragraph | List>;

/** All that a policy may consist of: plain data, so that a screen, a PDF and a test read the same. */
export type Block = Heading | Paragraph | List;
