import "server-only";
import type { FormState } from "#components/ui/form-state.ts";
import type { Locale } from "#lib/domain/context.ts";
import { dateText } from "#lib/kernel/date-text.ts";
import { isCalendarDate } from "#lib/kernel/dates.ts";
import { Conflict, Forbidden, InvalidInput, Refusal, type RefusalParams } from "#lib/kernel/errors.ts";
import { type Say, say } from "#lib/platform/i18n/say.ts";

/**
 * An expected "no" as a form shows it, with the way on from it under `start`, the clinic's own address; null for what
 * nobody expects.
 */
export function refusedState(error: unknown, locale: Locale, start: string): FormState | null {
  const words = say(locale, "refusals");
  if (error instanceof InvalidInput) return { errors: fieldErrors(error, words, locale) };
  if (error instanceof Refusal) {
    const text = words(error.code, inWords(error.params, locale));
    const wayOn = { link: wayOnFrom(error, locale, start), stale: isStale(error) };
    return error.field === undefined ? { message: text, ...wayOn } : { errors: { [error.field]: text }, ...wayOn };
  }
  if (error instanceof Conflict) return { message: words("conflict"), stale: true };
  if (error instanceof Forbidden) return { message: words("forbidden") };
  return null;
}

type WayOn = {
  readonly label: string;
  readonly path: (params: RefusalParams) => string;
  /** Whoever goes there comes back to what they typed. */
  readonly newTab?: true;
};

/** Refusals that point to a record: its page under the clinic's own, and the word of `layout.json` for going there. */
const WAYS_ON: Readonly<Record<string, WayOn>> = {
  "tool.already_registered": { label: "openTool", path: ({ toolId }) => `/tools/${toolId}` },
  "tool.retired_earlier": { label: "openTool", path: ({ toolId }) => `/tools/${toolId}#decide` },
  "member.already_member": { label: "openPerson", path: ({ memberId }) => `/people/${memberId}` },
  "tool_request.already_asked": { label: "openRequest", path: ({ requestId }) => `/requests/${requestId}` },
  "tool_request.asked_again": { label: "openRequest", path: ({ requestId }) => `/requests/${requestId}` },
  "tool_request.allowed_already": { label: "howToUse", path: ({ toolId }) => `/may-i-use-it?tool=${toolId}` },
  "vendor.already_listed": { label: "openVendor", path: ({ vendorId }) => `/vendors/${vendorId}` },
  "baa.already_recorded": {
    label: "openAgreement",
    path: ({ vendorId, baaId }) => `/vendors/${vendorId}/baas/${baaId}`,
  },
  "emergency_access.has_ended": {
    ...{ label: "openEmergencyAgain", newTab: true },
    path: () => "/people/emergency-access/open",
  },
  "emergency_access.reviewed_already": {
    ...{ label: "openReview", newTab: true },
    path: ({ useId }) => `/people/emergency-access/${useId}#review`,
  },
};

function wayOnFrom({ code, params }: Refusal, locale: Locale, start: string): FormState["link"] {
  const way = WAYS_ON[code];
  if (way === undefined) return undefined;
  const { newTab } = way;
  return { href: `${start}${way.path(params)}`, label: say(locale, "layout")(`form.ways.${way.label}`), newTab };
}

const STALE = new Set([
  "baa_check.terms_changed",
  "deepseek_narrowing.already_open",
  "deepseek_narrowing.not_open",
  "catalogue.entry_unknown",
  "attestation.text_changed",
  "access_review.not_open",
]);

/** Whether the page shows what somebody has changed since: then it offers to look again. `…_meanwhile` says so itself. */
function isStale({ code }: Refusal): boolean {
  return code.endsWith("_meanwhile") || STALE.has(code);
}

function fieldErrors({ issues }: InvalidInput, words: Say, locale: Locale): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { path, code, params } of issues) {
    const field = path.split(".")[0] ?? "";
    errors[field] ??= words(`input.${code}`, inWords(params, locale));
  }
  return errors;
}

// A rule refuses with calendar dates; a reader is told them as the clinic writes dates.
function inWords(params: RefusalParams, locale: Locale): Record<string, string | number> {
  const said = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === "string" && isCalendarDate(value) ? dateText(value, locale) : value,
  ]);
  return Object.fromEntries(said);
}

// More than any form of ours asks for, and little enough to send back; what is longer stays in the browser alone.
const SAID_BACK_MAX = 100_000;

// A password is never echoed back.
export function typedValues(form: FormData): Pick<FormState, "values" | "kept"> {
  const values: Record<string, string | string[]> = {};
  const kept: string[] = [];
  let length = 0;
  for (const name of new Set(form.keys())) {
    if (/password|token/i.test(name) || name.startsWith("$ACTION")) continue;
    const all = form.getAll(name).filter((value) => typeof value === "string");
    const own = all.reduce((sum, value) => sum + value.length, 0);
    if (length + own > SAID_BACK_MAX) {
      kept.push(name);
      continue;
    }
    length += own;
    values[name] = all.length === 1 ? (all[0] ?? "") : all;
  }
  return { values, kept };
}
