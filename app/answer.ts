import "server-only";
import { notFound, unstable_rethrow } from "next/navigation";
import type { FormState } from "#components/ui/form-state.ts";
import type { Locale } from "#lib/domain/context.ts";
import { Conflict, Forbidden, InvalidInput, NotFound, Refusal, type RefusalParams } from "#lib/kernel/errors.ts";
import { requestFacts } from "#lib/platform/auth/request.ts";
import { type Say, say } from "#lib/platform/i18n/say.ts";
import { log } from "#lib/platform/log.ts";

/**
 * The one way from a form to a command and back: runs `work`, and turns every refusal into words beside the field or on
 * top, keeping what was typed. `work` ends in a redirect, or answers a state of its own.
 */
export async function answer(locale: Locale, form: FormData, work: () => Promise<FormState>): Promise<FormState> {
  try {
    return await work();
  } catch (error) {
    unstable_rethrow(error);
    const words = say(locale, "refusals");
    return { ...(await refused(error, words)), values: typedValues(form) };
  }
}

async function refused(error: unknown, words: Say): Promise<FormState> {
  if (error instanceof InvalidInput) return { errors: fieldErrors(error, words) };
  if (error instanceof Refusal) {
    const text = words(error.code, error.params);
    return error.field === undefined ? { message: text } : { errors: { [error.field]: text } };
  }
  if (error instanceof NotFound) notFound();
  if (error instanceof Conflict) return { message: words("conflict") };
  if (error instanceof Forbidden) return { message: words("forbidden") };
  const { requestId } = await requestFacts();
  log.error({ err: error, requestId }, "a form's command failed");
  return { message: words("defect", { reference: requestId }) };
}

function fieldErrors({ issues }: InvalidInput, words: Say): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { path, code, params } of issues) {
    const field = path.split(".")[0] ?? "";
    errors[field] ??= words(`input.${code}`, listed(params));
  }
  return errors;
}

function listed(params: RefusalParams): Record<string, string | number> {
  return { ...params };
}

// A password is never echoed back.
function typedValues(form: FormData): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {};
  for (const name of new Set(form.keys())) {
    if (/password|token/i.test(name) || name.startsWith("$ACTION")) continue;
    const all = form.getAll(name).filter((value) => typeof value === "string");
    values[name] = all.length === 1 ? (all[0] ?? "") : all;
  }
  return values;
}

/**
 * The text fields of a form as a command's raw input; fields that repeat become lists when named in `lists`. The type is
 * the command's to ask for and not yet true: the command parses what it gets before it believes any of it.
 */
export function fields<Input extends object>(form: FormData, lists: readonly string[] = []): Input {
  const values: Record<string, string | string[]> = {};
  for (const name of new Set(form.keys())) {
    if (name.startsWith("$ACTION")) continue;
    const all = form.getAll(name).filter((value) => typeof value === "string");
    values[name] = lists.includes(name) ? all : (all[0] ?? "");
  }
  for (const name of lists) values[name] ??= [];
  return values as Input;
}

/** The file that a form's field brought, or null where none was chosen. What it is and whether it may be kept, the command asks. */
export async function upload(form: FormData, field: string): Promise<{ name: string; bytes: Uint8Array } | null> {
  const file = form.get(field);
  // A browser sends a nameless empty file where nothing was chosen; read back as a stream it is called "undefined".
  if (!(file instanceof File) || (file.size === 0 && (file.name === "" || file.name === "undefined"))) return null;
  // Some send a path, and only its last part is the name.
  const name = file.name.replace(/^.*[\\/]/, "") || field;
  return { name, bytes: new Uint8Array(await file.arrayBuffer()) };
}
