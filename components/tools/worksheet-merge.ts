import { useState } from "react";
import { bindField, type FieldBinding, type FormState } from "#components/ui/form-state.ts";

/** The newer of the version that the page was made with and the one that a half-refused saving came to. */
export function versionSeen(state: FormState, version: number): number {
  return Math.max(version, Number(state.values?.version) || 0);
}

/**
 * A field of a draft that others write on too. Once the page has been fetched anew after a refusal, what its reader had
 * left alone is what is on record now; what they had changed stays, and what is on record is told beside it.
 */
export function useMerged(
  state: FormState,
  version: number,
  name: string,
  saved: string,
): { field: FieldBinding; onRecord: string | null } {
  const [first] = useState(saved);
  const field = bindField(state, name, saved);
  const typed = state.values?.[name] ?? (state.values === undefined ? saved : "");
  if (state.values === undefined || version <= Number(state.values.version)) return { field, onRecord: null };
  if (typed === first) return { field: { ...field, defaultValue: saved }, onRecord: null };
  return { field, onRecord: typed === saved ? null : saved };
}
