import "server-only";
import { memberState } from "#lib/domain/clinic/people/rules.ts";
import type {
  ClinicFacts,
  DesignationShown,
  FactAnswer,
  LocationShown,
  Office,
} from "#lib/domain/clinic/settings/schema.ts";
import { servingOn, withNames } from "#lib/domain/clinic/store.ts";
import type { Role } from "#lib/domain/context.ts";
import { type CalendarDate, fromDatabaseDate } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

const FACTS = {
  legalName: true,
  address: true,
  timeZone: true,
  states: true,
  federalFunds: true,
  part2Program: true,
  behavioralHealth: true,
  treatsMinors: true,
  version: true,
} as const;

/** What is written down of the clinic itself. */
export async function requireClinicFacts(tx: ClinicTx): Promise<ClinicFacts> {
  const row = await tx.clinic.findFirstOrThrow({ select: FACTS });
  return {
    ...row,
    federalFunds: row.federalFunds as FactAnswer,
    part2Program: row.part2Program as FactAnswer,
    behavioralHealth: row.behavioralHealth as FactAnswer,
    treatsMinors: row.treatsMinors as FactAnswer,
  };
}

const LOCATION = { id: true, name: true, address: true, addedAt: true, closedAt: true, version: true } as const;

export const LOCATIONS_MAX = 500;

/** The clinic's places, the open ones first, with how many people each has. */
export async function listLocations(tx: ClinicTx, today: CalendarDate): Promise<LocationShown[]> {
  const rows = await tx.location.findMany({
    ...{ select: LOCATION, take: LOCATIONS_MAX },
    orderBy: [{ closedAt: { sort: "desc", nulls: "first" } }, { nameKey: "asc" }, { id: "asc" }],
  });
  const groups = await tx.member.groupBy({
    ...{ by: ["locationId"] as const, where: servingOn(today), _count: { _all: true } },
  });
  const people = new Map(groups.map((group) => [group.locationId, group._count._all]));
  return rows.map((row) => ({ ...row, people: people.get(row.id) ?? 0 }));
}

/** A place of the clinic, open or closed. */
export async function requireLocation(tx: ClinicTx, locationId: string) {
  const row = await tx.location.findFirst({ where: { id: locationId }, select: LOCATION });
  if (row === null) throw new NotFound();
  return row;
}

const HISTORY_MAX = 500;

/** Everybody who was ever designated, the newest first. */
export async function listDesignations(tx: ClinicTx): Promise<DesignationShown[]> {
  const rows = await tx.designation.findMany({
    ...{ include: { member: { select: { name: true, role: true } } }, take: HISTORY_MAX },
    orderBy: [{ fromOn: "desc" }, { id: "asc" }],
  });
  return withNames(tx, (nameOf) =>
    rows.map(({ id, office, memberId, member, duties, fromOn, toOn, madeBy, madeAt, endReason }) => ({
      ...{ id, memberId, name: member.name, role: member.role as Role, duties, madeAt, endReason },
      ...{ office: office as Office, madeBy: nameOf(madeBy) },
      ...{ fromOn: fromDatabaseDate(fromOn), toOn: toOn === null ? null : fromDatabaseDate(toOn) },
    })),
  );
}

/** The newest term of an office, whether it runs or has ended. */
export async function newestTerm(tx: ClinicTx, office: Office) {
  const row = await tx.designation.findFirst({ where: { office }, orderBy: [{ fromOn: "desc" }, { id: "asc" }] });
  if (row === null) return null;
  const { id, memberId, fromOn, toOn } = row;
  return { id, memberId, fromOn: fromDatabaseDate(fromOn), toOn: toOn === null ? null : fromDatabaseDate(toOn) };
}

/** Members who serve today, by name: who may be designated. */
export async function listServing(tx: ClinicTx, today: CalendarDate) {
  const rows = await tx.member.findMany({
    where: servingOn(today),
    select: { id: true, name: true, jobTitle: true },
    orderBy: [{ searchKey: "asc" }, { id: "asc" }],
  });
  return rows;
}

/** Where these members stand today, by id. */
export async function statesOf(tx: ClinicTx, memberIds: readonly string[], today: CalendarDate) {
  const rows = await tx.member.findMany({
    where: { id: { in: [...memberIds] } },
    select: { id: true, startedOn: true, endedOn: true, endedAt: true },
  });
  return new Map(
    rows.map(({ id, startedOn, endedOn, endedAt }) => {
      const last = endedOn === null ? null : fromDatabaseDate(endedOn);
      return [id, memberState({ startedOn: fromDatabaseDate(startedOn), endedOn: last, endedAt }, today)] as const;
    }),
  );
}
