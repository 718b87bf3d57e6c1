import type { DeepseekRelation } from "#lib/domain/tools/schema.ts";
import { type Known, UPDATED_FIELDS, type UpdateAnswer, type UpdatedField } from "#lib/domain/tools/updates/schema.ts";
import { InvalidInput, refuse } from "#lib/kernel/errors.ts";

/** The fields in which the catalogue's entry says something else than the register. */
export function updatesOf(ours: Known, theirs: Known): UpdatedField[] {
  return UPDATED_FIELDS.filter((field) => textOf(ours, field) !== textOf(theirs, field));
}

function textOf(known: Known, field: UpdatedField): string {
  switch (field) {
    case "modelFamily":
    case "category":
      return known[field];
    case "hostnames":
      return JSON.stringify(known.hostnames.map(({ name, verified }) => [name, verified]).sort());
    case "why":
      return JSON.stringify([known.facts.why.en, known.facts.why.es]);
    case "sources":
      return JSON.stringify(known.facts.sources.map(({ title, url }) => [title, url ?? null]));
    default:
      return JSON.stringify(known.facts[field]);
  }
}

export type Answered = { readonly accepted: readonly UpdatedField[]; readonly kept: readonly UpdatedField[] };

/** Sorts the fields that differ by their answers; refuses where one has none, beside that field. */
export function answered(
  differing: readonly UpdatedField[],
  answers: "accept_all" | Partial<Record<UpdatedField, UpdateAnswer>>,
): Answered {
  if (answers === "accept_all") return { accepted: differing, kept: [] };
  const open = differing.filter((field) => answers[field] === undefined);
  if (open.length > 0) {
    throw new InvalidInput(open.map((path) => ({ path, code: "accept_or_keep", params: {} })));
  }
  return {
    accepted: differing.filter((field) => answers[field] === "accept"),
    kept: differing.filter((field) => answers[field] === "keep"),
  };
}

/**
 * What is known from now on. The day of the facts and how sure they are become the catalogue's only where all of them
 * did: a fact that was kept is as old as it was.
 */
export function withAnswers(ours: Known, theirs: Known, { accepted, kept }: Answered): Known {
  const takes = (field: UpdatedField) => accepted.includes(field);
  const side = (field: UpdatedField) => (takes(field) ? theirs : ours);
  const { asOf, confidence } = kept.length === 0 ? theirs.facts : ours.facts;
  return {
    modelFamily: side("modelFamily").modelFamily,
    category: side("category").category,
    hostnames: side("hostnames").hostnames,
    facts: {
      jurisdiction: side("jurisdiction").facts.jurisdiction,
      baa: side("baa").facts.baa,
      trainsOnInputs: side("trainsOnInputs").facts.trainsOnInputs,
      dataResidency: side("dataResidency").facts.dataResidency,
      retention: side("retention").facts.retention,
      recommendation: side("recommendation").facts.recommendation,
      conditions: side("conditions").facts.conditions,
      why: side("why").facts.why,
      notes: side("notes").facts.notes,
      sources: side("sources").facts.sources,
      asOf,
      confidence,
    },
  };
}

/** Refuses an update that would make another tool of this one: DeepSeek's prohibition holds for a tool from its first day. */
export function assertSameRelation(
  tool: { readonly product: string; readonly surface: string; readonly deepseek: DeepseekRelation },
  entry: { readonly deepseek: DeepseekRelation },
): void {
  if (tool.deepseek === entry.deepseek) return;
  throw refuse("catalogue.deepseek_changed", { product: tool.product, surface: tool.surface, now: entry.deepseek });
}
