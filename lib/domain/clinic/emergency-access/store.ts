import "server-only";
import { z } from "zod";
import { lastDayOf, namingState, overAt, stateOfUse } from "#lib/domain/clinic/emergency-access/rules.ts";
import {
  DEFAULT_RULE,
  type EmergencyKind,
  type EmergencyPersonShown,
  type EmergencyRule,
  type UseShown,
  type UseState,
  type UsesPage,
} from "#lib/domain/clinic/emergency-access/schema.ts";
import { memberState } from "#lib/domain/clinic/people/rules.ts";
import { servingOn } from "#lib/domain/clinic/store.ts";
import { type ClinicContext, withoutEmergency } from "#lib/domain/context.ts";
import { rolesWith } from "#lib/domain/permissions.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import { type CalendarDate, fromDatabaseDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** The clinic's rule: the newest that its owner set, or the one that holds as long as none was. */
export async function emergencyRule(tx: ClinicTx): Promise<EmergencyRule> {
  const rule = await tx.emergencyRule.findFirst({
    select: { number: true, minutesMax: true, reviewDays: true },
    orderBy: { number: "desc" },
  });
  return rule ?? DEFAULT_RULE;
}

const NAMED = {
  member: { select: { name: true, jobTitle: true, role: true, startedOn: true, endedOn: true, endedAt: true } },
  namer: { select: { name: true } },
  ender: { select: { name: true } },
} as const;

const PEOPLE_MAX = 500;

/** Everybody who was ever named, the newest first. */
export async function listEmergencyPeople(tx: ClinicTx, today: CalendarDate): Promise<EmergencyPersonShown[]> {
  const rows = await tx.emergencyPerson.findMany({
    ...{ include: NAMED, take: PEOPLE_MAX, orderBy: [{ namedAt: "desc" as const }, { id: "asc" as const }] },
  });
  return rows.map(({ member: { name, jobTitle, ...member }, namer, ender, ...row }) => {
    const { id, memberId, reason, namedAt, endedAt, endReason } = row;
    const term = { fromOn: fromDatabaseDate(row.fromOn), toOn: optionalDate(row.toOn) };
    const state = namingState({ ...term, endedAt, mayOpen: mayOpenOn(member, today) }, today);
    return {
      ...{ id, memberId, name, jobTitle, ...term, reason, namedBy: namer.name, namedAt },
      ...{ endedBy: ender?.name ?? "", endedAt, endReason, state },
    };
  });
}

type Membership = {
  readonly role: string;
  readonly startedOn: Date;
  readonly endedOn: Date | null;
  readonly endedAt: Date | null;
};

function mayOpenOn({ role, endedAt, ...days }: Membership, today: CalendarDate): boolean {
  const member = { startedOn: fromDatabaseDate(days.startedOn), endedOn: optionalDate(days.endedOn), endedAt };
  return memberState(member, today) !== "left" && rolesWith("emergency_access.open").some((one) => one === role);
}

export async function requireEmergencyPerson(tx: ClinicTx, personId: string) {
  const row = await tx.emergencyPerson.findFirst({
    where: { id: personId },
    select: { id: true, memberId: true, endedAt: true, member: { select: { name: true } } },
  });
  if (row === null) throw new NotFound();
  return row;
}

/** Whether somebody is named for a day of this term already. */
export async function findOverlappingNaming(
  tx: ClinicTx,
  memberId: string,
  { fromOn, toOn }: { readonly fromOn: CalendarDate; readonly toOn: CalendarDate | null },
) {
  return tx.emergencyPerson.findFirst({
    where: {
      ...{ memberId, endedAt: null },
      ...(toOn === null ? {} : { fromOn: { lte: toDatabaseDate(toOn) } }),
      OR: [{ toOn: null }, { toOn: { gte: toDatabaseDate(fromOn) } }],
    },
    select: { id: true },
  });
}

function inForceOn(today: CalendarDate) {
  const date = toDatabaseDate(today);
  return { endedAt: null, fromOn: { lte: date }, OR: [{ toOn: null }, { toOn: { gte: date } }] };
}

/** By which naming a member may open emergency access today, and to which day; null for who is not named. */
export async function findNamingInForce(tx: ClinicTx, memberId: string, today: CalendarDate) {
  const row = await tx.emergencyPerson.findFirst({
    where: { memberId, ...inForceOn(today) },
    select: { id: true, toOn: true, member: { select: { endedOn: true } } },
  });
  if (row === null) return null;
  return { id: row.id, lastDay: lastDayOf(optionalDate(row.toOn), optionalDate(row.member.endedOn)) };
}

/** Names of those who serve and may open emergency access today. */
export async function listNamedToday(tx: ClinicTx, today: CalendarDate): Promise<string[]> {
  const people = await tx.member.findMany({
    where: {
      ...{ ...servingOn(today), role: { in: rolesWith("emergency_access.open") } },
      emergencyPeople: { some: inForceOn(today) },
    },
    select: { name: true },
    orderBy: [{ searchKey: "asc" }, { id: "asc" }],
    take: PEOPLE_MAX,
  });
  return people.map(({ name }) => name);
}

/** Whom the owner may name: members who serve today and have no officer's permissions of their own. */
export async function listNameable(tx: ClinicTx, today: CalendarDate) {
  return tx.member.findMany({
    where: { ...servingOn(today), role: { in: rolesWith("emergency_access.open") } },
    select: { id: true, name: true, jobTitle: true },
    orderBy: [{ searchKey: "asc" }, { id: "asc" }],
  });
}

/** Everybody who may review a use today. */
export async function listReviewerIds(tx: ClinicTx, today: CalendarDate): Promise<string[]> {
  const members = await tx.member.findMany({
    where: { ...servingOn(today), role: { in: rolesWith("emergency_access.review") } },
    select: { id: true },
  });
  return members.map(({ id }) => id);
}

/** Asks for uses that are open at the moment. */
export function openAt(now: Date) {
  return { endedAt: null, endsAt: { gt: now } };
}

function notOpenAt(now: Date) {
  return { OR: [{ endedAt: { not: null } }, { endsAt: { lte: now } }] };
}

/** What gives a person the permissions of an emergency: a use of theirs that is open, as long as their role may have one. */
export function inEffect(useId: string, memberId: string, now: Date) {
  return { id: useId, memberId, ...openAt(now), member: { role: { in: rolesWith("emergency_access.open") } } };
}

/** The context as it holds at the moment of a read: emergency access that is over by now gives nothing. */
export async function lookEmergency(tx: ClinicTx, ctx: ClinicContext, now: Date): Promise<ClinicContext> {
  const { actor } = ctx;
  if (actor.kind !== "member" || actor.emergency === undefined) return ctx;
  const where = inEffect(actor.emergency.useId, actor.memberId, now);
  return (await tx.emergencyUse.count({ where })) === 0 ? withoutEmergency(ctx) : ctx;
}

/** A use that is open for the member at the moment. */
export async function findOpenUse(tx: ClinicTx, memberId: string, now: Date) {
  return tx.emergencyUse.findFirst({
    where: { memberId, ...openAt(now) },
    select: { id: true, kind: true, endsAt: true },
    orderBy: { openedAt: "desc" },
  });
}

const ENDED_LATELY_HOURS = 24;

/** When the member's last use was over, if that was within the last day. */
export async function findUseEndedLately(tx: ClinicTx, memberId: string, now: Date): Promise<Date | null> {
  const since = new Date(now.getTime() - ENDED_LATELY_HOURS * 3_600_000);
  const uses = await tx.emergencyUse.findMany({
    where: { memberId, endsAt: { gt: since } },
    select: { endsAt: true, endedAt: true },
  });
  const ends = uses.flatMap((use) => overAt(use, now) ?? []).filter((at) => at > since);
  return ends.length === 0 ? null : new Date(Math.max(...ends.map((at) => at.getTime())));
}

const USE = {
  member: { select: { name: true } },
  ender: { select: { name: true } },
  review: { include: { reviewer: { select: { name: true } } } },
} as const;

type StoredUse = NonNullable<Awaited<ReturnType<typeof findUse>>>;
type Looked = { readonly now: Date; readonly today: CalendarDate };

async function findUse(tx: ClinicTx, useId: string, memberId: string | null) {
  return tx.emergencyUse.findFirst({
    where: { id: useId, ...(memberId === null ? {} : { memberId }) },
    include: USE,
  });
}

function shownUse({ member, ender, review, ...row }: StoredUse, { now, today }: Looked): UseShown {
  const { id, memberId, reason, minutes, openedAt, endsAt } = row;
  const reviewBy = fromDatabaseDate(row.reviewBy);
  return {
    ...{ id, memberId, member: member.name, kind: row.kind as EmergencyKind, reason, minutes, openedAt, endsAt },
    ...{ overAt: overAt(row, now), endedBy: ender?.name ?? "", reviewBy },
    state: stateOfUse({ ...row, reviewBy, reviewed: review !== null }, now, today),
    review:
      review === null
        ? null
        : {
            ...{ justified: review.justified, done: review.done, followUp: review.followUp, entries: review.entries },
            ...{ typedName: review.typedName, soleReviewer: review.soleReviewer },
            ...{ by: review.reviewer.name, at: review.reviewedAt },
          },
  };
}

/** A use; of one member only, where `memberId` is given: somebody else's is not found then. */
export async function requireUse(
  tx: ClinicTx,
  useId: string,
  memberId: string | null,
  looked: Looked,
): Promise<UseShown & { readonly reviewDays: number }> {
  const row = await findUse(tx, useId, memberId);
  if (row === null) throw new NotFound();
  return { ...shownUse(row, looked), reviewDays: row.reviewDays };
}

type UsesAsked = Omit<z.output<typeof UsesPage>, "size"> & { readonly size: number };

/** One page of the uses that fit, and how many there are; of one member only, where one is given. */
export async function findUsesPage(
  tx: ClinicTx,
  { page, size, q, state, kind, sort, direction }: UsesAsked,
  memberId: string | null,
  looked: Looked,
): Promise<{ rows: UseShown[]; total: number }> {
  const words = foldForSearch(q).split(" ").filter(Boolean).slice(0, 8);
  const where = {
    ...(memberId === null ? {} : { memberId }),
    ...(kind.length > 0 ? { kind: { in: kind } } : {}),
    // Signs alone name nobody: they find nothing, not everything.
    ...(q !== "" && words.length === 0 ? { id: { in: [] as string[] } } : {}),
    AND: [
      ...words.map((word) => ({ member: { searchKey: { contains: word } } })),
      ...(state.length > 0 ? [{ OR: state.map((one) => inState(one, looked)) }] : []),
    ],
  };
  const by = {
    opened: { openedAt: direction },
    member: { member: { searchKey: direction } },
    kind: { kind: direction },
  };
  const rows = await tx.emergencyUse.findMany({
    ...{ where, include: USE, skip: (page - 1) * size, take: size },
    orderBy: [by[sort], { openedAt: "desc" as const }, { id: "asc" as const }],
  });
  return { rows: rows.map((row) => shownUse(row, looked)), total: await tx.emergencyUse.count({ where }) };
}

// What stateOfUse says of a row, asked of the database.
function inState(state: UseState, { now, today }: Looked) {
  const date = toDatabaseDate(today);
  switch (state) {
    case "open":
      return { ...openAt(now), review: null };
    case "to_review":
      return { ...notOpenAt(now), review: null, reviewBy: { gte: date } };
    case "overdue":
      return { ...notOpenAt(now), review: null, reviewBy: { lt: date } };
    case "reviewed":
      return { review: { isNot: null } };
    default: {
      const unhandled: never = state;
      return unhandled;
    }
  }
}

/** Uses that are over and that nobody has reviewed, the longest waiting first. */
export async function listUsesToReview(tx: ClinicTx, now: Date, take: number) {
  const where = { ...notOpenAt(now), review: null };
  const rows = await tx.emergencyUse.findMany({
    ...{ where, take, orderBy: [{ reviewBy: "asc" as const }, { openedAt: "asc" as const }, { id: "asc" as const }] },
    select: { id: true, kind: true, reviewBy: true, member: { select: { name: true } } },
  });
  const uses = rows.map(({ id: useId, kind, reviewBy, member }) => ({
    ...{ useId, kind: kind as EmergencyKind, member: member.name, reviewBy: fromDatabaseDate(reviewBy) },
  }));
  return { uses, total: await tx.emergencyUse.count({ where }) };
}

/** How many uses are over and wait for a review, and of how many the days for it have passed. */
export async function countUsesToReview(tx: ClinicTx, { now, today }: Looked) {
  return {
    toReview: await tx.emergencyUse.count({ where: inState("to_review", { now, today }) }),
    overdue: await tx.emergencyUse.count({ where: inState("overdue", { now, today }) }),
  };
}

/** Uses that are open of people who may have one today, the newest first. */
export async function listOpenUses(tx: ClinicTx, { now, today }: Looked) {
  const member = { ...servingOn(today), role: { in: rolesWith("emergency_access.open") } };
  const rows = await tx.emergencyUse.findMany({
    where: { ...openAt(now), member },
    select: { id: true, memberId: true, kind: true, endsAt: true, member: { select: { name: true } } },
    orderBy: [{ openedAt: "desc" }, { id: "asc" }],
    take: 50,
  });
  return rows.map(({ id: useId, memberId, kind, endsAt, member }) => ({
    ...{ useId, memberId, member: member.name, kind: kind as EmergencyKind, endsAt },
  }));
}

// A body says so in one way only: its keys are sorted and no value is spaced (RFC 8785). Whoever ends their own use does so
// under it, and has done nothing with it by that.
function carrying(useId: string, memberId: string) {
  return {
    ...{ actorId: memberId, body: { contains: `"emergency":"${useId}"` } },
    NOT: { objectId: useId, type: { startsWith: "emergency_access." } },
  };
}

/** How many entries of the ledger carry a use: what was done with it. */
export async function countEntries(tx: ClinicTx, { id, memberId }: Pick<UseShown, "id" | "memberId">) {
  return tx.ledgerEvent.count({ where: carrying(id, memberId) });
}

export const ENTRIES_SHOWN_MAX = 1000;

/** The same entries, in order. */
export async function listEntries(tx: ClinicTx, { id, memberId }: Pick<UseShown, "id" | "memberId">) {
  const rows = await tx.ledgerEvent.findMany({
    where: carrying(id, memberId),
    orderBy: { seq: "asc" },
    take: ENTRIES_SHOWN_MAX,
  });
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

const ActorInBody = z.object({ actor: z.object({ id: z.string().optional(), emergency: z.string().optional() }) });

/** What was done to a record by events of these types, the oldest first: by whom, and under which use of emergency access. */
export async function listUsesBehind(
  tx: ClinicTx,
  { objectType, objectId, types }: { objectType: string; objectId: string; types: readonly string[] },
) {
  const rows = await tx.ledgerEvent.findMany({
    where: { objectType, objectId, type: { in: [...types] } },
    select: { body: true },
    orderBy: { seq: "asc" },
  });
  return rows.map(({ body }) => {
    const { id, emergency } = ActorInBody.parse(JSON.parse(body)).actor;
    return { memberId: id ?? null, useId: emergency ?? null };
  });
}

function optionalDate(date: Date | null): CalendarDate | null {
  return date === null ? null : fromDatabaseDate(date);
}
