import "server-only";
import { servingOn } from "#lib/domain/clinic/store.ts";
import { rolesWith } from "#lib/domain/permissions.ts";
import { dueOnFor, later } from "#lib/domain/policies/rules.ts";
import type { IssuedVersion } from "#lib/domain/policies/schema.ts";
import {
  addDays,
  type CalendarDate,
  calendarDateIn,
  fromDatabaseDate,
  startOfDayIn,
  toDatabaseDate,
} from "#lib/kernel/dates.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

// Who still owes a signature, asked of the database: what rollOf says of everybody, without reading everybody.

type Clock = { readonly today: CalendarDate; readonly timeZone: string };
type Among = { readonly locationId?: string; readonly not?: string };

function owing(version: Pick<IssuedVersion, "id">, { today }: Clock, { locationId, not }: Among) {
  return {
    AND: [servingOn(today), ...(not === undefined ? [] : [{ id: { not } }])],
    role: { in: rolesWith("policy.sign") },
    ...(locationId === undefined ? {} : { locationId }),
    attestations: { none: { policySignature: { is: { policyVersionId: version.id } } } },
  };
}

// What dueOnFor says of a person, the other way round: since when somebody must be here to be late today.
function overdue(version: IssuedVersion, clock: Clock, among: Among) {
  if (version.dueOn >= clock.today) return null;
  const hereBefore = addDays(clock.today, -version.variables.given.dueDays);
  return {
    ...owing(version, clock, among),
    startedOn: { lt: toDatabaseDate(hereBefore) },
    createdAt: { lt: startOfDayIn(clock.timeZone, hereBefore) },
  };
}

/** How many people still owe their signature to a version, and how many of them are late. */
export async function countOwing(
  tx: ClinicTx,
  version: IssuedVersion,
  clock: Clock,
  among: Among = {},
): Promise<{ open: number; overdue: number }> {
  const late = overdue(version, clock, among);
  return {
    open: await tx.member.count({ where: owing(version, clock, among) }),
    overdue: late === null ? 0 : await tx.member.count({ where: late }),
  };
}

export type Owing = {
  readonly memberId: string;
  readonly name: string;
  /** Since when it is theirs to sign. */
  readonly since: CalendarDate;
  readonly dueOn: CalendarDate;
};

/** The first of those who owe their signature: who has been here longest, and so is late longest, before others. */
export async function listOwing(
  tx: ClinicTx,
  version: IssuedVersion,
  clock: Clock,
  { take, ...among }: Among & { take: number },
): Promise<Owing[]> {
  const rows = await tx.member.findMany({
    where: owing(version, clock, among),
    select: { id: true, name: true, startedOn: true, createdAt: true },
    orderBy: [{ startedOn: "asc" }, { searchKey: "asc" }, { id: "asc" }],
    take,
  });
  const issuedOn = calendarDateIn(clock.timeZone, version.issuedAt);
  return rows.map(({ id: memberId, name, startedOn, createdAt }) => {
    const here = later(fromDatabaseDate(startedOn), calendarDateIn(clock.timeZone, createdAt));
    return { memberId, name, since: later(issuedOn, here), dueOn: dueOnFor(version, { since: here }) };
  });
}
