import "server-only";
import type { ClinicContext } from "#lib/domain/context.ts";
import { type BaaTerm, BaaTerms } from "#lib/domain/vendors/terms/schema.ts";
import { readContent } from "#lib/platform/content/read-content.ts";

let terms: readonly BaaTerm[] | undefined;

/** The terms that a BAA is checked against, in the order of the checklist; read once a process. */
export function listBaaTerms(): readonly BaaTerm[] {
  terms ??= readContent("baa-terms", BaaTerms).flatMap(({ value }) => value.terms);
  return terms;
}

/** What each term is called, by its key. */
export function titlesOfTerms(locale: ClinicContext["locale"]): Record<string, string> {
  return Object.fromEntries(listBaaTerms().map((term) => [term.key, term.title[locale]]));
}
