import "server-only";
import type { MemberOnRecord, PlaceOnRecord } from "#lib/domain/clinic/imports/schema.ts";
import type { InvitationState, WorkforceType } from "#lib/domain/clinic/people/schema.ts";
import { invitationState, optionalDate, PERSON, personOf } from "#lib/domain/clinic/people/store.ts";
import type { Role, WorkContext } from "#lib/domain/context.ts";
import { type CalendarDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { inParts } from "#lib/platform/db/in-parts.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** The members with these addresses, whether they serve or have left. */
export async function membersOnRecord(
  tx: ClinicTx,
  emails: readonly string[],
  today: CalendarDate,
): Promise<Map<string, MemberOnRecord>> {
  const rows = await inParts(emails, (part) => tx.member.findMany({ where: { email: { in: part } }, select: PERSON }));
  const members = rows
    .map((row) => personOf(row, today))
    .map((person) => ({ ...person, left: person.state === "left" }));
  // Of two with one address it is the one who serves.
  members.sort((a, b) => Number(b.left) - Number(a.left));
  return new Map(members.map((member) => [member.email, member]));
}

/** The invitations to these addresses that nobody has used yet. */
export async function invitationsOnRecord(
  tx: ClinicTx,
  emails: readonly string[],
  { now }: Pick<WorkContext, "now">,
): Promise<Map<string, { id: string; state: InvitationState }>> {
  const rows = await inParts(emails, (part) =>
    tx.invitation.findMany({
      where: { email: { in: part }, acceptedAt: null, revokedAt: null },
      select: { id: true, email: true, acceptedAt: true, revokedAt: true, expiresAt: true },
    }),
  );
  return new Map(rows.map((row) => [row.email, { id: row.id, state: invitationState(row, now) }]));
}

/**
 * The invitations of an import that nobody has used yet, with what they offer. Not found where the import made none, or is
 * another clinic's.
 */
export async function requireImportedInvitations(tx: ClinicTx, importId: string) {
  const rows = await tx.invitation.findMany({
    where: { importId, acceptedAt: null, revokedAt: null },
    orderBy: [{ searchKey: "asc" }, { id: "asc" }],
  });
  if (rows.length === 0 && (await tx.invitation.count({ where: { importId } })) === 0) throw new NotFound();
  return rows.map(({ id, name, email, role, jobTitle, workforceType, locationId, tracks, startsOn, endsOn }) => ({
    id,
    invited: {
      ...{ name, email, role: role as Role, jobTitle, workforceType: workforceType as WorkforceType },
      ...{ locationId, tracks, startsOn: optionalDate(startsOn), endsOn: optionalDate(endsOn) },
    },
  }));
}

/** How many whom an import invited have not joined. */
export async function countImportedInvitations(tx: ClinicTx, importId: string): Promise<number> {
  return tx.invitation.count({ where: { importId, acceptedAt: null, revokedAt: null } });
}

const PLACES_MAX = 2000;

/** The clinic's places, the open ones and those that are closed. */
export async function placesOnRecord(tx: ClinicTx): Promise<PlaceOnRecord[]> {
  const rows = await tx.location.findMany({
    select: { id: true, name: true, closedAt: true },
    orderBy: [{ closedAt: { sort: "desc", nulls: "first" } }, { nameKey: "asc" }],
    take: PLACES_MAX,
  });
  return rows.map(({ id, name, closedAt }) => ({ id, name, closed: closedAt !== null }));
}

/** Everybody who has not left, as a file to edit has them; one row too many where there are more than `max`. */
export async function peopleCells(
  tx: ClinicTx,
  today: CalendarDate,
  max: number,
): Promise<ReadonlyArray<Readonly<Record<string, string>>>> {
  const rows = await tx.member.findMany({
    where: { endedAt: null, OR: [{ endedOn: null }, { endedOn: { gte: toDatabaseDate(today) } }] },
    select: PERSON,
    orderBy: [{ searchKey: "asc" }, { id: "asc" }],
    take: max + 1,
  });
  return rows.map((row) => {
    const { name, email, role, jobTitle, workforceType, location, tracks, startedOn, endedOn } = personOf(row, today);
    return {
      ...{ name, email, role, jobTitle, workforceType, location, tracks: tracks.join("\n") },
      ...{ startsOn: startedOn, endsOn: endedOn ?? "" },
    };
  });
}
