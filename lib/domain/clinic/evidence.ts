import "server-only";
import { listMembersAsOf } from "#lib/domain/clinic/store.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import type { Table } from "#lib/proof/tables.ts";

/** Which records a pack may show: those whose events the ledger held at its size, and what was so at the moment shown. */
export type PackMoment = {
  readonly asOf: Date;
  readonly asOfDate: CalendarDate;
  /** Sequence number of the event that recorded an object, by `<event id of the record>`; null when the ledger of that size has none. */
  readonly seqOf: (recordId: string) => number | null;
  readonly nameOf: (memberId: string) => string;
};

export type PackTable = { readonly table: Table; readonly events: readonly number[] };

/** A file beside the tables, by its path from `data/`: a kept paper or an exact text, byte for byte. */
export type PackFile = { readonly path: string; readonly bytes: Uint8Array };

const COLUMNS = ["id", "name", "role", "job_title", "workforce_type", "started_on", "ended_on", "event_seq"];

/** The people of the clinic at the moment. An end date that lies after it was not known to be so and is left out. */
export async function membersTable(tx: ClinicTx, moment: PackMoment): Promise<PackTable> {
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
