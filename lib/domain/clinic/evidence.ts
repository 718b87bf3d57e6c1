import "server-only";
import { listMembersAsOf } from "#lib/domain/clinic/store.ts";
import type { EventType } from "#lib/domain/ledger/events.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import type { Cell, Table } from "#lib/proof/tables.ts";

/** Which records a pack may show: those whose events the ledger held at its size, and what was so at the moment shown. */
export type PackMoment = {
  readonly asOf: Date;
  readonly asOfDate: CalendarDate;
  /**
   * Sequence number of the event that recorded something, the first about it; of the first of these types where some are
   * named, for what happened to it later. Null when the ledger of that size has none: then it is not to be shown.
   */
  readonly seqOf: (recordId: string, ...types: readonly EventType[]) => number | null;
  /** Every event of these types about a record, in order. */
  readonly seqsOf: (recordId: string, ...types: readonly EventType[]) => readonly number[];
  readonly nameOf: (memberId: string) => string;
};

export type PackTable = { readonly table: Table; readonly events: readonly number[] };

/**
 * A table with the events that its rows name. `event_seq` is the event that recorded the row; what came later in its life
 * has an event of its own in a column such as `answered_event_seq`, several on lines of their own.
 */
export function packTable(columns: readonly string[], rows: ReadonlyArray<readonly Cell[]>): PackTable {
  const naming = columns.flatMap((column, index) => (/(^|_)event_seq$/.test(column) ? [index] : []));
  const cells = rows.flatMap((row) => naming.map((index) => row[index] ?? null));
  const seqs = cells.flatMap((cell) => (cell === null || cell === "" ? [] : String(cell).split("\n").map(Number)));
  return { table: { columns, rows }, events: [...new Set(seqs)].sort((a, b) => a - b) };
}

/** The event that made the state of something that has this number: the first recorded it, these types changed it. */
export function seqOfState(
  { seqOf, seqsOf }: Pick<PackMoment, "seqOf" | "seqsOf">,
  { id, number }: { readonly id: string; readonly number: number },
  ...types: readonly EventType[]
): number | null {
  return number === 1 ? seqOf(id) : (seqsOf(id, ...types)[number - 2] ?? null);
}

/** A file beside the tables, by its path from `data/`, byte for byte. */
export type PackFile = PackText | PackPaper;
export type PackText = { readonly path: string; readonly bytes: Uint8Array };

/** A kept paper: its bytes are read when the ZIP is written, and not before. */
export type PackPaper = {
  readonly path: string;
  readonly fileId: string;
  readonly sha256: string;
  readonly sizeBytes: number;
};

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
  return packTable(COLUMNS, rows);
}
