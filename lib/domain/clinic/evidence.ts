import "server-only";
import { listMembersAsOf } from "#lib/domain/clinic/store.ts";
import type { EventType } from "#lib/domain/ledger/events.ts";
import { type CalendarDate, fromDatabaseDate } from "#lib/kernel/dates.ts";
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

const MEMBER_COLUMNS = [
  ...["id", "name", "role", "job_title", "workforce_type", "location", "tracks", "started_on", "ended_on"],
  ...["event_seq", "role_event_seq", "ended_event_seq"],
];

/** The people of the clinic at the moment. An end date that lies after it was not known to be so and is left out. */
export async function membersTable(tx: ClinicTx, moment: PackMoment): Promise<PackTable> {
  const members = await listMembersAsOf(tx, moment.asOf, moment.asOfDate);
  const { grantsOf, descriptionsOf, endingsOf, withEndings } = await historiesOf(tx, moment);
  const rows = members.flatMap((member) => {
    const seq = moment.seqOf(member.id);
    if (seq === null) return [];
    const { id, name, startedOn } = member;
    const grant = grantsOf.get(id)?.at(-1);
    const described = descriptionsOf.get(id)?.at(-1);
    const ending = endingsOf.get(id)?.find(({ stands }) => stands);
    const endedOn = withEndings.has(id) ? (ending?.lastDay ?? null) : member.endedOn;
    const isOver = endedOn !== null && endedOn <= moment.asOfDate;
    const { jobTitle, workforceType, location, tracks } = described ?? { ...member, location: "", tracks: "" };
    return [
      [
        ...[id, name, grant?.role ?? member.role, jobTitle, workforceType, location, tracks, startedOn],
        ...[isOver ? endedOn : null, seq, grant?.seq ?? null, isOver ? (ending?.seq ?? null) : null],
      ],
    ];
  });
  return packTable(MEMBER_COLUMNS, rows);
}

const GRANT_COLUMNS = [
  ...["member_id", "member", "number", "role", "previous_role", "reason", "granted_by", "granted_at", "event_seq"],
];

/** Every role that somebody was given by the moment, by whom and why. */
export async function roleHistoryTable(tx: ClinicTx, moment: PackMoment): Promise<PackTable> {
  const { grantsOf } = await historiesOf(tx, moment);
  const grants = [...grantsOf.values()].flatMap((own) =>
    own.map((grant, index) => ({ ...grant, previous: own[index - 1]?.role ?? null })),
  );
  grants.sort((one, other) => one.grantedAt.getTime() - other.grantedAt.getTime() || one.seq - other.seq);
  const rows = grants.map(({ memberId, number, role, previous, reason, grantedBy, grantedAt, seq }) => [
    ...[memberId, moment.nameOf(memberId), number, role, previous, reason],
    ...[grantedBy === null ? "" : moment.nameOf(grantedBy), grantedAt.toISOString(), seq],
  ]);
  return packTable(GRANT_COLUMNS, rows);
}

const OFFBOARDING_COLUMNS = [
  ...["member_id", "member", "last_day", "ended_at", "reason", "entered_by", "entered_at", "kind", "account", "state"],
  ...["note", "settled_by", "settled_at", "event_seq", "settled_event_seq"],
];

/** What was seen to when people left, as it stood at the moment. */
export async function offboardingTable(tx: ClinicTx, moment: PackMoment): Promise<PackTable> {
  const { endingsOf } = await historiesOf(tx, moment);
  const standing = [...endingsOf.values()].flat().filter(({ stands }) => stands);
  standing.sort((one, other) => one.enteredAt.getTime() - other.enteredAt.getTime() || one.seq - other.seq);
  const rows = standing.flatMap(({ id, memberId, lastDay, endedAt, reason, enteredBy, enteredAt, items, seq }) => {
    const settledSeqs = moment.seqsOf(id, "member.offboarding_settled").join("\n");
    const left = [memberId, moment.nameOf(memberId), lastDay, endedAt?.toISOString() ?? null, reason];
    const entered = [enteredBy === null ? "" : moment.nameOf(enteredBy), enteredAt.toISOString()];
    return items.map(({ kind, subject, ...item }) => {
      const isSettled = item.settledAt !== null && item.settledAt <= moment.asOf;
      const { state, note, settledBy, settledAt } = isSettled ? item : UNSETTLED;
      const settled = [settledBy === null ? "" : moment.nameOf(settledBy), settledAt?.toISOString() ?? null];
      return [...left, ...entered, kind, subject, state, note, ...settled, seq, isSettled ? settledSeqs : null];
    });
  });
  return packTable(OFFBOARDING_COLUMNS, rows);
}

const UNSETTLED = { state: "open", note: "", settledBy: null, settledAt: null };

const DESIGNATION_COLUMNS = [
  ...["id", "office", "member_id", "member", "duties", "from_on", "to_on", "designated_by", "designated_at"],
  ...["event_seq", "ended_event_seq"],
];

/** Who was designated for which office by the moment. An end that was written down later is left out. */
export async function designationsTable(tx: ClinicTx, moment: PackMoment): Promise<PackTable> {
  const designations = await tx.designation.findMany({
    where: { madeAt: { lte: moment.asOf } },
    orderBy: [{ office: "asc" }, { fromOn: "asc" }, { id: "asc" }],
  });
  const rows = designations.flatMap(({ id, office, memberId, duties, fromOn, toOn, madeBy, madeAt, endedAt }) => {
    const seq = moment.seqOf(id, "designation.made");
    if (seq === null) return [];
    const isEnded = toOn !== null && endedAt !== null && endedAt <= moment.asOf;
    return [
      [
        ...[id, office, memberId, moment.nameOf(memberId), duties, fromDatabaseDate(fromOn)],
        ...[isEnded ? fromDatabaseDate(toOn) : null, moment.nameOf(madeBy), madeAt.toISOString(), seq],
        isEnded ? moment.seqOf(id, "designation.ended") : null,
      ],
    ];
  });
  return packTable(DESIGNATION_COLUMNS, rows);
}

/** Roles, descriptions and ends that the ledger of the pack has, by member, oldest first. */
async function historiesOf(tx: ClinicTx, moment: PackMoment) {
  const { asOf } = moment;
  const grants = await tx.roleGrant.findMany({
    where: { grantedAt: { lte: asOf } },
    orderBy: [{ memberId: "asc" }, { number: "asc" }],
  });
  const descriptions = await tx.memberDescription.findMany({
    where: { describedAt: { lte: asOf } },
    include: { location: { select: { name: true } } },
    orderBy: [{ memberId: "asc" }, { number: "asc" }],
  });
  const { everyEnding, endings } = await endingsKnown(tx, moment);
  const byMember = <T extends { readonly memberId: string }>(rows: readonly T[]) =>
    Map.groupBy(rows, ({ memberId }) => memberId);
  return {
    /** Whose end is on record, also where the pack may not know of it yet. */
    withEndings: new Set(everyEnding.map(({ memberId }) => memberId)),
    grantsOf: byMember(
      grants.flatMap((grant) =>
        known(grant, seqOfState(moment, { id: grant.memberId, number: grant.number }, "member.role_changed")),
      ),
    ),
    descriptionsOf: byMember(
      descriptions.flatMap(({ memberId, number, jobTitle, workforceType, location, tracks }) => {
        const described = {
          memberId,
          jobTitle,
          workforceType,
          location: location?.name ?? "",
          tracks: tracks.join("\n"),
        };
        return known(described, seqOfState(moment, { id: memberId, number }, "member.described"));
      }),
    ),
    endingsOf: byMember(endings),
  };
}

const known = <T>(row: T, seq: number | null) => (seq === null ? [] : [{ ...row, seq }]);

// Every end, and those that the ledger of the pack has, with whether they stood at the moment.
async function endingsKnown(tx: ClinicTx, { asOf, seqOf }: PackMoment) {
  const everyEnding = await tx.memberEnding.findMany({
    include: { items: { orderBy: { position: "asc" } } },
    orderBy: [{ enteredAt: "asc" }, { id: "asc" }],
  });
  const endings = everyEnding.flatMap(({ lastDay, withdrawnAt, ...ending }) => {
    if (ending.enteredAt > asOf) return [];
    const stands = withdrawnAt === null || withdrawnAt > asOf;
    // A last day that the invitation named was recorded with joining.
    const seq = ending.reason === "" ? seqOf(ending.memberId) : seqOf(ending.id, "member.deactivated");
    return known({ ...ending, stands, lastDay: fromDatabaseDate(lastDay) }, seq);
  });
  return { everyEnding, endings };
}

/** The last day of each member who had left at the moment. */
export async function lastDaysOfLeavers(tx: ClinicTx, moment: PackMoment): Promise<Map<string, CalendarDate>> {
  const { endings } = await endingsKnown(tx, moment);
  const over = endings.filter(
    ({ stands, lastDay, endedAt }) =>
      stands && (lastDay < moment.asOfDate || (endedAt !== null && endedAt <= moment.asOf)),
  );
  return new Map(over.map(({ memberId, lastDay }) => [memberId, lastDay]));
}
