import "server-only";
import { type BaaTerm, BaaTerms } from "#lib/domain/vendors/terms/schema.ts";
import { readContent } from "#lib/platform/content/read-content.ts";

let terms: readonly BaaTerm[] | undefined;

/** The terms that a BAA is checked against, in the order of the checklist; read once a process. */
export function listBaaTerms(): readonly BaaTerm[] {
  terms ??= readContent("baa-terms", BaaTerms).flatMap(({ value }) => value.terms);
  return terms;
}
