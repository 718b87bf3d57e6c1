import "server-only";
import { listMembersAsOf } from "#lib/domain/clinic/store.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import type { Table } from "#lib/proof/tables.ts";

const COLUMNS = ["id", "name", "role", "job_title", "workforce_type", "started_on", "ended_on", "event_seq"];

/** The people of the clinic at the moment. An end date that lies after it was not known to be so and is left out. */
export async function membersTable(
  tx: ClinicTx,
  moment: { asOf: Date; asOfDate: CalendarDate; seqOf: (recordId: string) => number | null },
): Promise<{ table: Table; events: number[] }> {
  const members = await listMembersAsOf(tx, moment.asOf, moment.asOfDate);
  const shown = members.flatMap((member) => {
    const seq = moment.seqOf(member.id);
    return seq === null ? [] : [{ member, seq }];
  });
  const rows = shown.map(({ member, seq }) => {
    const { id, name, role, jobTitle, workforceType, startedOn, endedOn } = member;
    return [
      id,
      name,
      role,
      jobTitle,
      workforceType,
      startedOn,
      endedOn !== null && endedOn <= moment.asOfDate ? endedOn : null,
      seq,
    ];
  });
  return { table: { columns: COLUMNS, rows }, events: shown.map(({ seq }) => seq) };
}
