import "server-only";
import type { z } from "zod";
import { memberState } from "#lib/domain/clinic/people/rules.ts";
import type {
  DescriptionShown,
  EndingShown,
  InvitationRowShown,
  InvitationState,
  InvitationsRows,
  MemberShown,
  MemberState,
  OffboardingKind,
  OffboardingState,
  PeopleRows,
  PersonRow,
  RoleGrantShown,
  WorkforceType,
} from "#lib/domain/clinic/people/schema.ts";
import { servingOn, withNames } from "#lib/domain/clinic/store.ts";
import type { Role } from "#lib/domain/context.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import { type CalendarDate, fromDatabaseDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import { NotFound, refuse } from "#lib/kernel/errors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** What is read of a member. */
export const PERSON = {
  id: true,
  name: true,
  email: true,
  jobTitle: true,
  workforceType: true,
  locationId: true,
  location: { select: { name: true } },
  tracks: true,
  role: true,
  startedOn: true,
  endedOn: true,
  endedAt: true,
  createdAt: true,
  version: true,
} as const;

type StoredPerson = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly jobTitle: string;
  readonly workforceType: string;
  readonly locationId: string | null;
  readonly location: { readonly name: string } | null;
  readonly tracks: readonly string[];
  readonly role: string;
  readonly startedOn: Date;
  readonly endedOn: Date | null;
  readonly endedAt: Date | null;
  readonly createdAt: Date;
  readonly version: number;
};

export function personOf(stored: StoredPerson, today: CalendarDate): MemberShown {
  const { id, name, email, jobTitle, locationId, tracks, version, createdAt: joinedAt } = stored;
  const startedOn = fromDatabaseDate(stored.startedOn);
  const endedOn = optionalDate(stored.endedOn);
  return {
    ...{ id, name, email, jobTitle, locationId, tracks, version, joinedAt, startedOn, endedOn },
    workforceType: stored.workforceType as WorkforceType,
    location: stored.location?.name ?? "",
    role: stored.role as Role,
    state: memberState({ startedOn, endedOn, endedAt: stored.endedAt }, today),
  };
}

/** A member of the clinic, whether they serve or have left. */
export async function requireMember(tx: ClinicTx, memberId: string, today: CalendarDate): Promise<MemberShown> {
  const row = await tx.member.findFirst({ where: { id: memberId }, select: PERSON });
  if (row === null) throw new NotFound();
  return personOf(row, today);
}

/** The owners who serve today and have no end in sight. */
export async function listStandingOwners(tx: ClinicTx, today: CalendarDate): Promise<string[]> {
  const where = { ...servingOn(today), role: "owner", endedOn: null };
  return (await tx.member.findMany({ where, select: { id: true } })).map(({ id }) => id);
}

/** Whether somebody else is an owner who serves today and has no end in sight. */
export async function otherOwnerStays(tx: ClinicTx, memberId: string, today: CalendarDate): Promise<boolean> {
  return (await listStandingOwners(tx, today)).some((id) => id !== memberId);
}

/** The member with this address, if there is one. */
export async function findMemberByEmail(tx: ClinicTx, email: string): Promise<{ id: string; name: string } | null> {
  return tx.member.findFirst({ where: { email }, select: { id: true, name: true } });
}

/** The open invitation to this address, if there is one; run out, it is open still. */
export async function findOpenInvitation(tx: ClinicTx, email: string) {
  const open = await tx.invitation.findFirst({
    where: { email, acceptedAt: null, revokedAt: null },
    select: { id: true, name: true, email: true, role: true, importId: true, createdAt: true },
  });
  if (open === null) return null;
  const { createdAt: madeAt, ...invitation } = open;
  return { ...invitation, madeAt };
}

/** The ending that stands, with what has been seen to. */
export async function findEnding(tx: ClinicTx, memberId: string) {
  return tx.memberEnding.findFirst({
    where: { memberId, withdrawnAt: null },
    include: { items: { orderBy: { position: "asc" } } },
  });
}

type PeopleAsked = z.output<typeof PeopleRows>;

/** One page of the people who fit, and how many there are. */
export async function findPeoplePage(
  tx: ClinicTx,
  { page, size, ...asked }: PeopleAsked & { page: number; size: number },
  today: CalendarDate,
): Promise<{ rows: PersonRow[]; total: number }> {
  const where = peopleWhere(asked, today);
  const rows = await tx.member.findMany({
    ...{ where, select: PERSON, orderBy: peopleOrder(asked), skip: (page - 1) * size, take: size },
  });
  return { rows: rows.map((row) => personOf(row, today)), total: await tx.member.count({ where }) };
}

/** How many members stand where today. */
export async function countPeople(tx: ClinicTx, today: CalendarDate): Promise<Record<MemberState, number>> {
  const count = (state: MemberState) => tx.member.count({ where: inState(state, today) });
  return {
    active: await count("active"),
    not_started: await count("not_started"),
    leaving: await count("leaving"),
    left: await count("left"),
  };
}

// What memberState says of a row, asked of the database.
function inState(state: MemberState, today: CalendarDate) {
  const date = toDatabaseDate(today);
  switch (state) {
    case "active":
      return { endedAt: null, endedOn: null, startedOn: { lte: date } };
    case "not_started":
      return { endedAt: null, startedOn: { gt: date }, OR: [{ endedOn: null }, { endedOn: { gte: date } }] };
    case "leaving":
      return { endedAt: null, endedOn: { gte: date }, startedOn: { lte: date } };
    case "left":
      return { OR: [{ endedAt: { not: null } }, { endedOn: { lt: date } }] };
    default: {
      const unhandled: never = state;
      return unhandled;
    }
  }
}

function peopleWhere({ q, state, role, type }: PeopleAsked, today: CalendarDate) {
  const words = wordsOf(q);
  if (words === null) return { id: { in: [] } };
  return {
    ...(role.length > 0 ? { role: { in: role } } : {}),
    ...(type.length > 0 ? { workforceType: { in: type } } : {}),
    AND: [
      ...words.map((word) => ({ searchKey: { contains: word } })),
      ...(state.length > 0 ? [{ OR: state.map((one) => inState(one, today)) }] : []),
    ],
  };
}

// Signs alone name nobody: they find nothing, not everything.
function wordsOf(q: string): string[] | null {
  const words = foldForSearch(q)
    .split(" ")
    .filter((word) => word !== "")
    .slice(0, 8);
  return q !== "" && words.length === 0 ? null : words;
}

function peopleOrder({ sort, direction }: PeopleAsked) {
  const tail = [{ searchKey: "asc" as const }, { id: "asc" as const }];
  switch (sort) {
    case "name":
      return [{ searchKey: direction }, { id: "asc" as const }];
    case "role":
      return [{ role: direction }, ...tail];
    case "type":
      return [{ workforceType: direction }, ...tail];
    case "started":
      return [{ startedOn: direction }, ...tail];
    case "ended":
      return [{ endedOn: { sort: direction, nulls: "last" as const } }, ...tail];
    default: {
      const unhandled: never = sort;
      return unhandled;
    }
  }
}

const INVITATION = {
  id: true,
  name: true,
  email: true,
  role: true,
  jobTitle: true,
  workforceType: true,
  location: { select: { name: true } },
  tracks: true,
  startsOn: true,
  endsOn: true,
  inviter: { select: { name: true } },
  createdAt: true,
  expiresAt: true,
  acceptedAt: true,
  revokedAt: true,
} as const;

type StoredInvitation = Pick<
  StoredPerson,
  "id" | "name" | "email" | "role" | "jobTitle" | "workforceType" | "tracks"
> & {
  readonly location: { readonly name: string } | null;
  readonly startsOn: Date | null;
  readonly endsOn: Date | null;
  readonly inviter: { readonly name: string } | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
  readonly revokedAt: Date | null;
};

const OPEN = { acceptedAt: null, revokedAt: null } as const;

function invitationOf(stored: StoredInvitation, now: Date): InvitationRowShown {
  const { id, name, email, jobTitle, tracks, expiresAt, createdAt: madeAt } = stored;
  return {
    ...{ id, name, email, jobTitle, tracks, expiresAt, madeAt },
    role: stored.role as Role,
    workforceType: stored.workforceType as WorkforceType,
    location: stored.location?.name ?? "",
    startsOn: optionalDate(stored.startsOn),
    endsOn: optionalDate(stored.endsOn),
    invitedBy: stored.inviter?.name ?? "",
    state: invitationState(stored, now),
  };
}

export function invitationState(
  { acceptedAt, revokedAt, expiresAt }: Pick<StoredInvitation, "acceptedAt" | "revokedAt" | "expiresAt">,
  now: Date,
): InvitationState {
  if (acceptedAt !== null) return "used";
  if (revokedAt !== null) return "revoked";
  return expiresAt > now ? "open" : "expired";
}

/** One page of the invitations that nobody has used yet, and how many there are. */
export async function findInvitationsPage(
  tx: ClinicTx,
  { page, size, q, state, role, sort, direction }: z.output<typeof InvitationsRows> & { page: number; size: number },
  now: Date,
): Promise<{ rows: InvitationRowShown[]; total: number }> {
  const words = wordsOf(q);
  const where = {
    ...OPEN,
    ...(role.length > 0 ? { role: { in: role } } : {}),
    ...(state.length === 1 ? { expiresAt: state[0] === "open" ? { gt: now } : { lte: now } } : {}),
    ...(words === null
      ? { id: { in: [] as string[] } }
      : { AND: words.map((word) => ({ searchKey: { contains: word } })) }),
  };
  const by = { name: "searchKey", role: "role", made: "createdAt", expires: "expiresAt" } as const;
  const rows = await tx.invitation.findMany({
    ...{ where, select: INVITATION, skip: (page - 1) * size, take: size },
    orderBy: [{ [by[sort]]: direction }, { id: "asc" as const }],
  });
  return { rows: rows.map((row) => invitationOf(row, now)), total: await tx.invitation.count({ where }) };
}

/** How many invitations wait to be used. */
export async function countOpenInvitations(tx: ClinicTx): Promise<number> {
  return tx.invitation.count({ where: OPEN });
}

/** An invitation, whatever became of it. */
export async function requireInvitation(tx: ClinicTx, invitationId: string, now: Date) {
  const row = await tx.invitation.findFirst({
    where: { id: invitationId },
    select: { ...INVITATION, locationId: true, importId: true },
  });
  if (row === null) throw new NotFound();
  const { locationId, importId } = row;
  return { ...invitationOf(row, now), locationId, importId };
}

const HISTORY_MAX = 200;

/** What happened to a membership, newest first. */
export async function memberHistory(tx: ClinicTx, memberId: string) {
  const grants = await tx.roleGrant.findMany({ where: { memberId }, orderBy: { number: "desc" }, take: HISTORY_MAX });
  const descriptions = await tx.memberDescription.findMany({
    ...{ where: { memberId }, orderBy: { number: "desc" as const }, take: HISTORY_MAX },
    include: { location: { select: { name: true } } },
  });
  const endings = await tx.memberEnding.findMany({
    ...{ where: { memberId }, orderBy: [{ enteredAt: "desc" as const }, { id: "asc" as const }], take: HISTORY_MAX },
    include: { items: { orderBy: { position: "asc" } } },
  });
  return withNames(tx, (nameOf) => ({
    grants: grants.map(
      ({ number, role, reason, grantedBy, grantedAt, recordedAt }): RoleGrantShown => ({
        ...{ number, reason, recordedAt, role: role as Role, by: nameOf(grantedBy), at: grantedAt },
      }),
    ),
    descriptions: descriptions.map(
      ({
        number,
        jobTitle,
        workforceType,
        location,
        tracks,
        describedBy,
        describedAt,
        recordedAt,
      }): DescriptionShown => ({
        ...{ number, jobTitle, tracks, recordedAt, by: nameOf(describedBy), at: describedAt },
        ...{ workforceType: workforceType as WorkforceType, location: location?.name ?? "" },
      }),
    ),
    endings: endings.map((ending) => endingOf(ending, nameOf)),
  }));
}

type StoredEnding = NonNullable<Awaited<ReturnType<typeof findEnding>>>;

function endingOf(ending: StoredEnding, nameOf: (memberId: string | null) => string): EndingShown {
  const { id, version, lastDay, endedAt, reason, enteredBy, enteredAt, recordedAt } = ending;
  const { withdrawnAt, withdrawnBy, withdrawnReason } = ending;
  return {
    ...{ id, version, endedAt, reason, recordedAt, lastDay: fromDatabaseDate(lastDay) },
    ...{ by: nameOf(enteredBy), at: enteredAt },
    withdrawn: withdrawnAt === null ? null : { by: nameOf(withdrawnBy), at: withdrawnAt, reason: withdrawnReason },
    items: ending.items.map(({ position, kind, subject, state, note, settledBy, settledAt }) => ({
      ...{ position, subject, note, settledAt, settledBy: nameOf(settledBy) },
      ...{ kind: kind as OffboardingKind, state: state as OffboardingState },
    })),
  };
}

/** Places of the clinic that are open, by name. */
export async function listOpenLocations(tx: ClinicTx): Promise<Array<{ id: string; name: string }>> {
  return tx.location.findMany({
    where: { closedAt: null },
    select: { id: true, name: true },
    orderBy: [{ nameKey: "asc" }, { id: "asc" }],
    take: 500,
  });
}

/** Refuses a place that is closed; one that isn't there is not found. */
export async function assertOpenLocation(tx: ClinicTx, locationId: string | null): Promise<void> {
  if (locationId === null) return;
  const location = await tx.location.findFirst({ where: { id: locationId }, select: { name: true, closedAt: true } });
  if (location === null) throw new NotFound();
  if (location.closedAt !== null) throw refuse("location.closed", { name: location.name }, "locationId");
}

export function optionalDate(date: Date | null): CalendarDate | null {
  return date === null ? null : fromDatabaseDate(date);
}
