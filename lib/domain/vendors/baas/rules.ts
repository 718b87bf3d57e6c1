import type { TermAnswer, TermAnswered } from "#lib/domain/vendors/baas/schema.ts";
import { baaOnDay, baaUntil } from "#lib/domain/vendors/rules.ts";
import type { BaaFacts, BaaKind } from "#lib/domain/vendors/schema.ts";
import type { BaaTerm } from "#lib/domain/vendors/terms/schema.ts";
import { addDays, type CalendarDate } from "#lib/kernel/dates.ts";
import { refuse } from "#lib/kernel/errors.ts";

/** The day on which HIPAA became law (Public Law 104-191): no BAA is older. */
export const EARLIEST_BAA_DATE: CalendarDate = "1996-08-21";

// Beyond these a date is a slip of the finger: an agreement dated years ahead, one that begins in the next decade but one.
const AGREED_AHEAD_DAYS = 366;
const EFFECTIVE_AHEAD_DAYS = 3653;
const IN_FORCE_DAYS_MAX = 36_525;

export type BaaDates = {
  readonly agreedOn: CalendarDate;
  readonly effectiveOn: CalendarDate;
  readonly expiresOn: CalendarDate | null;
};

/** Refuses dates that no agreement can have, beside the date that is wrong. */
export function assertBaaDates({ agreedOn, effectiveOn, expiresOn }: BaaDates, today: CalendarDate): void {
  const earliest = EARLIEST_BAA_DATE;
  if (agreedOn < earliest) throw refuse("baa.before_hipaa", { earliest }, "agreedOn");
  const latestAgreed = addDays(today, AGREED_AHEAD_DAYS);
  if (agreedOn > latestAgreed) throw refuse("baa.too_far_ahead", { latest: latestAgreed }, "agreedOn");
  if (effectiveOn < earliest) throw refuse("baa.before_hipaa", { earliest }, "effectiveOn");
  const latestEffective = addDays(today, EFFECTIVE_AHEAD_DAYS);
  if (effectiveOn > latestEffective) throw refuse("baa.too_far_ahead", { latest: latestEffective }, "effectiveOn");
  if (expiresOn === null) return;
  if (expiresOn < effectiveOn) throw refuse("baa.ends_before_it_begins", { effectiveOn }, "expiresOn");
  if (expiresOn > addDays(effectiveOn, IN_FORCE_DAYS_MAX)) throw refuse("baa.ends_too_late", {}, "expiresOn");
}

export type NewVersion = {
  readonly kind: BaaKind;
  readonly corrects: number | null;
  readonly effectiveOn: CalendarDate;
};

/**
 * Refuses a version that doesn't fit the agreement as it stands: a correction of what isn't there or is corrected already,
 * a renewal that doesn't come after what it renews, an amendment from before the agreement, and anything new in one that
 * has ended.
 */
export function assertFits(version: NewVersion, baa: BaaFacts): void {
  if (version.kind === "correction") {
    assertMayCorrect(version.corrects, baa);
    return;
  }
  const { reference } = baa;
  if (baa.terminatedAfter !== null) {
    throw refuse("baa.ended_takes_no_more", { reference, lastDay: baa.terminatedAfter });
  }
  const begins = standingBeginnings(baa);
  const [first] = begins;
  const last = begins.at(-1);
  if (version.kind === "renewal" && last !== undefined && version.effectiveOn <= last) {
    throw refuse("baa.renewal_not_later", { begins: last }, "effectiveOn");
  }
  if (version.kind === "amendment" && first !== undefined && version.effectiveOn < first) {
    throw refuse("baa.amendment_too_early", { begins: first }, "effectiveOn");
  }
}

function assertMayCorrect(number: number | null, baa: BaaFacts): void {
  if (!baa.versions.some((version) => version.number === number)) {
    throw refuse("baa.corrects_unknown", { number: number ?? 0 }, "corrects");
  }
  const correction = baa.versions.find((version) => version.corrects === number);
  if (correction !== undefined) {
    throw refuse("baa.already_corrected", { number: number ?? 0, by: correction.number }, "corrects");
  }
}

function standingBeginnings(baa: BaaFacts): CalendarDate[] {
  const corrected = new Set(baa.versions.map((version) => version.corrects));
  return baa.versions
    .filter((version) => !corrected.has(version.number))
    .map((version) => version.effectiveOn)
    .sort();
}

/** Refuses an end before its time that is none: of what has ended, before it began, or after it runs out anyway. */
export function assertMayTerminate(baa: BaaFacts, lastDay: CalendarDate, today: CalendarDate): void {
  const { reference } = baa;
  if (baa.terminatedAfter !== null) {
    throw refuse("baa.terminated_already", { reference, lastDay: baa.terminatedAfter });
  }
  const [begins] = standingBeginnings(baa);
  if (begins !== undefined && lastDay < begins)
    throw refuse("baa.ends_before_it_begins", { effectiveOn: begins }, "lastDay");
  const onDay = baaOnDay(baa, today);
  if (onDay === null) return;
  // For one that has run out, what counts is the last day that it ran to.
  const until = onDay.state === "expired" ? onDay.version.expiresOn : baaUntil(baa, today);
  if (until !== null && lastDay > until) throw refuse("baa.runs_out_sooner", { until }, "lastDay");
  if (lastDay > addDays(today, EFFECTIVE_AHEAD_DAYS)) {
    throw refuse("baa.too_far_ahead", { latest: addDays(today, EFFECTIVE_AHEAD_DAYS) }, "lastDay");
  }
}

// 45 CFR 164.504(e)(2)(ii)(H) binds "to the extent" that the vendor carries out a duty of the clinic's. Every other term
// that a rule requires has to stand in the contract, whatever the vendor does.
const REQUIRED_TERMS_THAT_MAY_NOT_APPLY: ReadonlySet<string> = new Set(["delegated-duties"]);

export function mayNotApply(term: BaaTerm): boolean {
  return term.force === "recommended" || REQUIRED_TERMS_THAT_MAY_NOT_APPLY.has(term.key);
}

/** Refuses a check that is not of exactly these terms, or that sets a term aside which has to stand in the contract. */
export function assertChecksAll(terms: readonly BaaTerm[], answers: readonly TermAnswered[]): void {
  const answered = answers.map((answer) => answer.term);
  const isComplete =
    terms.length === answered.length &&
    terms.every((term) => answered.includes(term.key)) &&
    new Set(answered).size === answered.length;
  if (!isComplete) throw refuse("baa_check.terms_changed", { terms: terms.length });
  for (const [index, { term: key, answer }] of answers.entries()) {
    const term = terms.find((candidate) => candidate.key === key);
    if (answer === "not_applicable" && term !== undefined && !mayNotApply(term)) {
      throw refuse("baa_check.has_to_apply", { term: term.title.en }, `answers.${index}.answer`);
    }
  }
}

export function countAnswers(answers: readonly TermAnswered[]): Record<TermAnswer, number> {
  const count = (answer: TermAnswer) => answers.filter((candidate) => candidate.answer === answer).length;
  return { met: count("met"), not_met: count("not_met"), not_applicable: count("not_applicable") };
}

/** Keys of the terms that a rule requires and a check did not find met, in the checklist's order. */
export function requiredNotMet(terms: readonly BaaTerm[], answers: readonly TermAnswered[]): string[] {
  const notMet = new Set(answers.filter(({ answer }) => answer === "not_met").map(({ term }) => term));
  return terms.filter((term) => term.force === "required" && notMet.has(term.key)).map((term) => term.key);
}
