import "server-only";
import { type CalendarDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

export type Serving = { readonly memberId: string; readonly name: string; readonly role: string };

function serving(today: CalendarDate) {
  const date = toDatabaseDate(today);
  return { startedOn: { lte: date }, OR: [{ endedOn: null }, { endedOn: { gte: date } }] };
}

/** A member who serves on `today`. */
export async function requireServing(tx: ClinicTx, memberId: string, today: CalendarDate): Promise<Serving> {
  const member = await tx.member.findFirst({
    where: { id: memberId, ...serving(today) },
    select: { id: true, name: true, role: true },
  });
  if (member === null) throw new NotFound();
  return { memberId: member.id, name: member.name, role: member.role };
}

/** Everybody who serves on `today`, by name. */
export async function listServing(tx: ClinicTx, today: CalendarDate): Promise<Serving[]> {
  const members = await tx.member.findMany({
    where: serving(today),
    select: { id: true, name: true, role: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return members.map(({ id, name, role }) => ({ memberId: id, name, role }));
}
