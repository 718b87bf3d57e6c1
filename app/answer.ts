import "server-only";
import { notFound, unstable_rethrow } from "next/navigation";
import { explainForbidden } from "#app/explain-forbidden.ts";
import { refusedState, typedValues } from "#app/refused.ts";
import { signedInElsewhere, signedOut } from "#app/sign-in-again.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import type { ClinicContext, Locale } from "#lib/domain/context.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { requestFacts } from "#lib/platform/auth/request.ts";
import { type CurrentSession, currentSession } from "#lib/platform/auth/session.ts";
import { isOfOtherClinic } from "#lib/platform/auth/session-opens.ts";
import { resolveLocale } from "#lib/platform/i18n/request.ts";
import { say } from "#lib/platform/i18n/say.ts";
import { log } from "#lib/platform/log.ts";

/**
 * The one way from a form of a clinic's pages to a command and back: finds who asks, runs `work`, and turns every refusal
 * into words beside the field or on top, keeping what was typed; also when nobody is signed in any more, or by
 * what doesn't open this clinic. `work` ends in a redirect, or answers a state of its own.
 */
export async function answerIn(
  clinic: string,
  form: FormData,
  work: (ctx: ClinicContext) => Promise<FormState>,
): Promise<FormState> {
  const session = await currentSession();
  if (session === null) return signedOut(await resolveLocale(), form);
  if (await isOfOtherClinic(session, clinic)) return signedInElsewhere(await resolveLocale(), form, clinic);
  const ctx = await requireClinicContext(clinic);
  const explained = () =>
    work(ctx).catch(async (error) => {
      throw await explainForbidden(ctx, error);
    });
  return answer(ctx.locale, form, explained, `/c/${ctx.slug}`);
}

/** The same for a form of the signed-in person's own pages, which are no clinic's. */
export async function answerSignedIn(
  form: FormData,
  work: (session: CurrentSession) => Promise<FormState>,
): Promise<FormState> {
  const locale = await resolveLocale();
  const session = await currentSession();
  if (session === null) return signedOut(locale, form);
  return answer(locale, form, () => work(session));
}

/** The same for a form of a page that is no clinic's. */
export async function answer(
  locale: Locale,
  form: FormData,
  work: () => Promise<FormState>,
  start = "",
): Promise<FormState> {
  try {
    return await work();
  } catch (error) {
    unstable_rethrow(error);
    if (error instanceof NotFound) notFound();
    return { ...(refusedState(error, locale, start) ?? (await defect(error, locale))), ...typedValues(form) };
  }
}

async function defect(error: unknown, locale: Locale): Promise<FormState> {
  const { requestId } = await requestFacts();
  log.error({ err: error, requestId }, "a form's command failed");
  return { message: say(locale, "refusals")("defect", { reference: requestId }) };
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
export async function upload(
  form: FormData,
  field: string,
): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> } | null> {
  const file = form.get(field);
  // A browser sends a nameless empty file where nothing was chosen; read back as a stream it is called "undefined".
  if (!(file instanceof File) || (file.size === 0 && (file.name === "" || file.name === "undefined"))) return null;
  // Some send a path, and only its last part is the name.
  const name = file.name.replace(/^.*[\\/]/, "") || field;
  return { name, bytes: new Uint8Array(await file.arrayBuffer()) };
}
