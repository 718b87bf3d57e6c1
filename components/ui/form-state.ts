/** What a form's action answers when it did not do what was asked. An action that did it redirects or returns `{ done }`. */
export type FormState = {
  /** What the form as a whole is refused for. */
  message?: string | undefined;
  /** Field name → what to mend. The order is the order of the summary. */
  errors?: Readonly<Record<string, string>> | undefined;
  /** What was typed, so that nothing has to be typed twice. Never a password. */
  values?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** What was done, when the page stays. */
  done?: string | undefined;
};

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
