import "server-only";
import type { Locale } from "#lib/domain/context.ts";
import type { Undecided } from "#lib/domain/tools/look-up/schema.ts";
import type { Catalogued, Said, ToolSaid } from "#lib/domain/tools/schema.ts";
import { CatalogueWords } from "#lib/domain/tools/words/schema.ts";
import { readContent } from "#lib/platform/content/read-content.ts";

let catalogueWords: ReadonlyMap<string, CatalogueWords> | undefined;

/** What the catalogue says in English, by language. */
export function listCatalogueWords(): ReadonlyMap<string, CatalogueWords> {
  catalogueWords ??= new Map(readContent("catalogue-words", CatalogueWords).map(({ name, value }) => [name, value]));
  return catalogueWords;
}

/** A tool's names for a reader: descriptions of the catalogue in their language, what a clinic typed as typed. */
export function toolSaid(tool: { vendor: string; product: string; surface: string }, locale: Locale): ToolSaid {
  const said = wordsIn(locale);
  return {
    vendor: said("names", tool.vendor).text,
    product: said("names", tool.product).text,
    surface: said("surfaces", tool.surface),
  };
}

/** Conditions for a reader: the catalogue's in their language, what an officer wrote as written. */
export function conditionsSaid(conditions: readonly string[], locale: Locale): Said[] {
  const said = wordsIn(locale);
  return conditions.map((text) => said("conditions", text));
}

/** Words of the catalogue in a reader's language; what isn't the catalogue's own stays as it was written. */
export function wordsIn(locale: Locale): (kind: keyof CatalogueWords, text: string) => Said {
  const words = listCatalogueWords().get(locale);
  return (kind, text) => {
    if (words === undefined) return { text };
    const own = Object.hasOwn(words[kind], text) ? words[kind][text] : undefined;
    return own === undefined ? { text, lang: "en" } : { text: own };
  };
}

export function undecided(entry: Catalogued, locale: Locale): Undecided {
  return { ...toolSaid(entry, locale), catalogueKey: entry.key };
}
