import type {
  CarriedOut,
  ChangedFact,
  Decided,
  FrozenAccess,
  SecondFactor,
  Verdict,
} from "#lib/domain/clinic/access-reviews/schema.ts";
import type { MemberState } from "#lib/domain/clinic/people/schema.ts";
import type { Role } from "#lib/domain/context.ts";
import { type CalendarDate, daysBetween } from "#lib/kernel/dates.ts";

/** The same day so many months later, or the last one of a month that is too short for it. */
export function monthsAfter(date: CalendarDate, months: number): CalendarDate {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

/** When the clinic's own rule asks for the next review: so long after the last signed one, or after its founding. */
export function nextReviewOn(since: CalendarDate, months: number): CalendarDate {
  return monthsAfter(since, months);
}

// As identity.session_for_token asks them for one.
const ROLES_WITH_FACTOR: readonly Role[] = ["owner", "privacy_officer", "auditor"];

/** What is frozen of somebody's second factor. */
export function secondFactorOf(
  { role, hasFactor }: { readonly role: Role; readonly hasFactor: boolean },
  askedOfAll: boolean,
): SecondFactor {
  if (hasFactor) return "yes";
  return askedOfAll || ROLES_WITH_FACTOR.includes(role) ? "no" : "not_required";
}

export function daysSinceSignIn(
  { lastSignInOn }: Pick<FrozenAccess, "lastSignInOn">,
  frozenOn: CalendarDate,
): number | null {
  return lastSignInOn === null ? null : daysBetween(lastSignInOn, frozenOn);
}

/** What became of a member since the list was frozen. */
export type Since = {
  readonly role: Role;
  readonly jobTitle: string;
  readonly workforceType: string;
  readonly location: string;
  readonly endedOn: CalendarDate | null;
  readonly state: MemberState;
  /** The day of the first other role since then. */
  readonly roleGivenOn: CalendarDate | null;
};

/** Whether a decision that asks for something has been carried out; null for one that asks for nothing. */
export function carriedOut(verdict: Verdict | null, since: Since): CarriedOut | null {
  if (verdict === null || verdict === "keep") return null;
  if (since.state === "left" && since.endedOn !== null) return { state: "done", on: since.endedOn };
  if (verdict === "change") {
    return since.roleGivenOn === null ? { state: "open" } : { state: "done", on: since.roleGivenOn };
  }
  return since.endedOn === null ? { state: "open" } : { state: "planned", on: since.endedOn };
}

/** Whether nobody could carry a decision out, because it would leave the clinic without an owner. */
export function leavesNoOwner(verdict: Verdict | null, lastOwner: Since | undefined): boolean {
  return lastOwner !== undefined && carriedOut(verdict, lastOwner)?.state === "open";
}

/** What is different today from what was frozen, in the order of the list's columns. */
export function changedSince(frozen: FrozenAccess, since: Since): ChangedFact[] {
  const facts = ["role", "jobTitle", "workforceType", "location", "endedOn"] as const;
  return facts.flatMap((fact) => (frozen[fact] === since[fact] ? [] : [{ fact, now: since[fact] ?? "" }]));
}

type Words = (key: string, params?: Record<string, string | number>) => string;

type Header = {
  readonly number: number;
  readonly clinicName: string;
  readonly frozenOn: CalendarDate;
  readonly startedAt: Date;
  readonly startedBy: string;
};

/** The canonical text of the frozen list: one line a person, in the list's order. */
export function frozenText(header: Header, people: readonly FrozenAccess[], words: Words): string {
  const { number, clinicName, frozenOn, startedAt, startedBy } = header;
  return lines([
    words("text.title", { number, clinic: clinicName }),
    words("text.frozen", { date: frozenOn, at: startedAt.toISOString(), by: startedBy, people: people.length }),
    "",
    ...people.map((person) => personLine(person, frozenOn, words)),
  ]);
}

/** The canonical text that is signed: the frozen list with what was decided about each person, by whom and when. */
export function reviewText(
  header: Header & { readonly listSha256: string },
  people: ReadonlyArray<FrozenAccess & Decided>,
  words: Words,
): string {
  const { number, clinicName, frozenOn, startedAt, startedBy, listSha256 } = header;
  const count = (verdict: Verdict) => people.filter((person) => person.verdict === verdict).length;
  return lines([
    words("text.title", { number, clinic: clinicName }),
    words("text.frozen", { date: frozenOn, at: startedAt.toISOString(), by: startedBy, people: people.length }),
    words("text.listSha256", { sha256: listSha256 }),
    words("text.counts", { keep: count("keep"), change: count("change"), end: count("end") }),
    "",
    ...people.flatMap((person) => [personLine(person, frozenOn, words), `    ${decisionLine(person, words)}`]),
  ]);
}

function lines(all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}

function personLine(person: FrozenAccess, frozenOn: CalendarDate, words: Words): string {
  const days = daysSinceSignIn(person, frozenOn);
  const parts = [
    person.name,
    words(`role.${person.role}`),
    person.jobTitle,
    words(`type.${person.workforceType}`),
    person.location,
    words("text.since", { date: person.startedOn }),
    person.endedOn === null ? "" : words("text.until", { date: person.endedOn }),
    days === null
      ? words("text.neverSignedIn")
      : words("text.lastSignIn", { date: person.lastSignInOn ?? "", days: String(days) }),
    words(`text.factor.${person.secondFactor}`),
    ...person.offices.map((office) => words(`office.${office}`)),
  ];
  return `${person.position}. ${parts.filter((part) => part !== "").join(" · ")}`;
}

// What somebody typed over several lines stands on one: a line of its own could pass for another person's.
const onOneLine = (text: string) => text.replace(/\s*\n\s*/g, " / ");

function decisionLine(decided: Decided, words: Words): string {
  const { verdict, decidedBy, decidedAt, withRest, soleReviewer, changeTo, note } = decided;
  if (verdict === null || decidedAt === null) return words("text.undecided");
  return [
    words(`text.verdict.${verdict}`),
    changeTo === "" ? "" : words("text.changeTo", { text: onOneLine(changeTo) }),
    note === "" ? "" : words("text.note", { text: onOneLine(note) }),
    words("text.decided", { by: decidedBy, at: decidedAt.toISOString() }),
    withRest ? words("text.withRest") : "",
    soleReviewer ? words("text.soleReviewer") : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}
