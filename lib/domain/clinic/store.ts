import "server-only";
import type { MemberRow } from "#lib/domain/clinic/schema.ts";
import type { Role } from "#lib/domain/context.ts";
import { type CalendarDate, fromDatabaseDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import { inParts } from "#lib/platform/db/in-parts.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** Everybody who ever was a member, by id: a pack names people who have left. For a page, `withNames`. */
export async function memberNames(tx: ClinicTx): Promise<Map<string, string>> {
  const members = await tx.member.findMany({ select: { id: true, name: true } });
  return new Map(members.map((member) => [member.id, member.name]));
}

/** Names of these members, by id. */
export async function namesOf(tx: ClinicTx, ids: ReadonlyArray<string | null>): Promise<Map<string, string>> {
  const members = await inParts(
    ids.filter((id) => id !== null),
    (part) => tx.member.findMany({ where: { id: { in: part } }, select: { id: true, name: true } }),
  );
  return new Map(members.map(({ id, name }) => [id, name]));
}

type NameOf = (memberId: string | null) => string;

/** What `draw` makes of rows that name members by id: it runs once to see whom, and again with their names. */
export async function withNames<T>(tx: ClinicTx, draw: (nameOf: NameOf) => T): Promise<T> {
  const asked = new Set<string | null>();
  draw((memberId) => {
    asked.add(memberId);
    return "";
  });
  const names = await namesOf(tx, [...asked]);
  return draw((memberId) => (memberId === null ? "" : (names.get(memberId) ?? "")));
}

/** Asks for members who serve on `today`: between their first and last day, and not ended in the course of it. */
export function servingOn(today: CalendarDate) {
  const date = toDatabaseDate(today);
  return { startedOn: { lte: date }, endedAt: null, OR: [{ endedOn: null }, { endedOn: { gte: date } }] };
}

/** Names of the privacy officers who serve on `today`: whom staff may ask. */
export async function listOfficers(tx: ClinicTx, today: CalendarDate): Promise<string[]> {
  const officers = await tx.member.findMany({
    where: { ...servingOn(today), role: "privacy_officer" },
    select: { name: true },
    orderBy: { name: "asc" },
  });
  return officers.map((officer) => officer.name);
}

export type Leader = { readonly id: string; readonly name: string; readonly role: Role };

const LEADERS_MAX = 20;

/** The owners, then the privacy officers, who serve on `today`: who can do what somebody's role doesn't let them. */
export async function listLeaders(tx: ClinicTx, today: CalendarDate): Promise<Leader[]> {
  const leaders = await tx.member.findMany({
    where: { ...servingOn(today), role: { in: ["owner", "privacy_officer"] } },
    select: { id: true, name: true, role: true },
    orderBy: [{ role: "asc" }, { searchKey: "asc" }, { id: "asc" }],
    take: LEADERS_MAX,
  });
  return leaders.map(({ id, name, role }) => ({ id, name, role: role as Role }));
}

/** Members recorded by the moment, in order of joining. */
export async function listMembersAsOf(tx: ClinicTx, asOf: Date, asOfDate: CalendarDate): Promise<MemberRow[]> {
  const rows = await tx.member.findMany({
    where: { createdAt: { lte: asOf }, startedOn: { lte: toDatabaseDate(asOfDate) } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    jobTitle: row.jobTitle,
    workforceType: row.workforceType,
    role: row.role,
    startedOn: fromDatabaseDate(row.startedOn),
    endedOn: row.endedOn === null ? null : fromDatabaseDate(row.endedOn),
  }));
}
