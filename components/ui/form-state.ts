/** What a form's action answers when it did not do what was asked. An action that did it redirects or returns `{ done }`. */
export type FormState = {
  /** What the form as a whole is refused for. */
  message?: string | undefined;
  /** Field name → what to mend. The order is the order of the summary. */
  errors?: Readonly<Record<string, string>> | undefined;
  /** What was typed, so that nothing has to be typed twice. Never a password. */
  values?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** Fields with too much in them to send back; the browser still has it. */
  kept?: readonly string[] | undefined;
  /** The way on from a refusal: to what is there already, to signing in again. */
  link?: FormLink | undefined;
  /** The page shows what is no longer so, and offers to fetch it anew. */
  stale?: boolean | undefined;
  /** What was done, when the page stays. */
  done?: string | undefined;
  /** What was made and can't be looked up again: a link, codes. */
  shownOnce?: readonly string[] | undefined;
  /** The same where it is a table, or the first rows of one. */
  rowsShownOnce?: ReadonlyArray<readonly string[]> | undefined;
  /** How many rows the table has beside these. */
  rowsLeftOut?: number | undefined;
};

/** `newTab`: what is typed on this page must not be left behind. */
export type FormLink = { readonly href: string; readonly label: string; readonly newTab?: boolean | undefined };

export type FormAction = (previous: FormState, form: FormData) => Promise<FormState>;

export type FieldBinding = { name: string; error: string | undefined; defaultValue: string | undefined };

/** Name, error and value of a field in one: `<TextField {...bindField(state, "email")} … />`. */
export function bindField(state: FormState, name: string, initial?: string | null): FieldBinding {
  const typed = state.values?.[name];
  return {
    name,
    error: state.errors?.[name],
    defaultValue: (typeof typed === "string" ? typed : typed?.[0]) ?? initial ?? undefined,
  };
}

/** The id of a field's control; an error summary links to it. */
export function fieldId(name: string, scope?: string): string {
  return scope ? `${scope}-field-${name}` : `field-${name}`;
}

/** A file of 20 MB and the fields beside it. What next.config.ts lets through is a little more. */
export const FORM_BYTES_MAX = 24 * 1024 * 1024;

/** What would be sent, about: text as it is encoded, and files. */
export function bytesOf(form: FormData): number {
  let bytes = 0;
  for (const value of form.values())
    bytes += typeof value === "string" ? new TextEncoder().encode(value).length : value.size;
  return bytes;
}

/** The answer with what the server left to the browser put back into it. */
export function withKept(state: FormState, sent: FormData | null): FormState {
  if (sent === null || !state.kept || state.kept.length === 0) return state;
  const kept = state.kept.map(
    (name) => [name, sent.getAll(name).filter((value) => typeof value === "string")] as const,
  );
  return { ...state, values: { ...state.values, ...Object.fromEntries(kept) } };
}
