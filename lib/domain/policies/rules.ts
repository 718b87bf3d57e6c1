import type { Locale } from "#lib/domain/context.ts";
import type { PolicyDraft, PolicyVariables, SignatureCounts, SignatureState } from "#lib/domain/policies/schema.ts";
import { addDays, type CalendarDate, daysBetween } from "#lib/kernel/dates.ts";
import { refuse } from "#lib/kernel/errors.ts";

export const EFFECTIVE_DAYS_AHEAD_MAX = 366;

/**
 * Since when the order of a policy is in force: a new version of an order that has come into force goes on from its first
 * day, so that nothing reads as if it had been allowed until now.
 */
export function orderedFrom(
  earlier: ReadonlyArray<{ readonly effectiveOn: CalendarDate }>,
  draft: { readonly effectiveOn: CalendarDate },
  today: CalendarDate,
): CalendarDate {
  const inForce = earlier.map(({ effectiveOn }) => effectiveOn).filter((effectiveOn) => effectiveOn <= today);
  return inForce.sort()[0] ?? draft.effectiveOn;
}

/** Refuses a version that would reach back, lie too far ahead, or end the time for self-reports before it begins. */
export function assertMayIssue(
  draft: Pick<PolicyDraft, "effectiveOn" | "amnestyUntil">,
  ordered: CalendarDate,
  today: CalendarDate,
): void {
  if (draft.effectiveOn < today) throw refuse("policy.effective_in_past", {}, "effectiveOn");
  if (daysBetween(today, draft.effectiveOn) > EFFECTIVE_DAYS_AHEAD_MAX)
    throw refuse("policy.effective_too_far", {}, "effectiveOn");
  if (draft.amnestyUntil < ordered) throw refuse("policy.amnesty_before_order", {}, "amnestyUntil");
}

/** By when a version is to be signed: so many days after it was issued, and never before it is in force. */
export function dueOnOf(
  draft: { readonly effectiveOn: CalendarDate; readonly dueDays: number },
  today: CalendarDate,
): CalendarDate {
  return later(addDays(today, draft.dueDays), draft.effectiveOn);
}

/** By when a person is to sign: who came after the version was issued has the same days from then on. */
export function dueOnFor(
  version: { readonly dueOn: CalendarDate; readonly variables: { readonly given: { readonly dueDays: number } } },
  person: { readonly since: CalendarDate },
): CalendarDate {
  return later(version.dueOn, addDays(person.since, version.variables.given.dueDays));
}

/** The later of two dates. */
export function later(one: CalendarDate, other: CalendarDate): CalendarDate {
  return one > other ? one : other;
}

/** Whether a member serves on the day, both ends included. */
export function servesOn(
  member: { readonly startedOn: CalendarDate; readonly endedOn: CalendarDate | null },
  day: CalendarDate,
): boolean {
  return member.startedOn <= day && (member.endedOn === null || member.endedOn >= day);
}

/** Where a person stands with the newest version on a day. */
export function stateOf(
  facts: { readonly serves: boolean; readonly signed: boolean; readonly dueOn: CalendarDate },
  today: CalendarDate,
): SignatureState {
  if (facts.signed) return facts.serves ? "signed" : "left";
  return facts.dueOn < today ? "overdue" : "unsigned";
}

/** Only who serves counts: a signature of somebody who has left stays, and fulfils nothing that is owed today. */
export function countsOf(rows: ReadonlyArray<{ readonly state: SignatureState }>): SignatureCounts {
  const count = (state: SignatureState) => rows.filter((row) => row.state === state).length;
  return { of: rows.length - count("left"), signed: count("signed"), overdue: count("overdue") };
}

/** What goes into the blanks of a document in a language. */
export function wordsOf(
  given: PolicyVariables["given"],
  clinic: { readonly name: string; readonly toolRequestUrl: string },
  locale: Locale,
): Record<string, string> {
  return {
    ackDueDays: String(given.dueDays),
    amnestyUntil: dateInWords(given.amnestyUntil, locale),
    clinicName: clinic.name,
    effectiveDate: dateInWords(given.orderedFrom, locale),
    governingBody: locale === "es" && given.governingBodyEs !== "" ? given.governingBodyEs : given.governingBody,
    internalReportMinutes: String(given.reportMinutes),
    privacyOfficer: given.privacyOfficer,
    prohibitedDomains: given.addresses.join(", "),
    securityOfficer: given.securityOfficer,
    toolRequestUrl: clinic.toolRequestUrl,
  };
}

// The month as a word and the day before it, as everywhere in the product.
const LONG_DATES: Record<Locale, string> = { en: "en-GB", es: "es-US" };

function dateInWords(date: CalendarDate, locale: Locale): string {
  const words = new Intl.DateTimeFormat(LONG_DATES[locale], { dateStyle: "long", timeZone: "UTC" });
  return words.format(new Date(`${date}T00:00:00Z`));
}
