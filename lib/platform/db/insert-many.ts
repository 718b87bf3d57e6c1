import "server-only";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import type { Prisma } from "#lib/platform/generated/client.ts";

/** Tables that one command may fill by the thousand, with what a row of each may give. */
type Rows = {
  vendor: Prisma.VendorCreateManyInput;
  vendor_description: Prisma.VendorDescriptionCreateManyInput;
  baa_lapse: Prisma.BaaLapseCreateManyInput;
  tool: Prisma.ToolCreateManyInput;
  tool_hostname: Prisma.ToolHostnameCreateManyInput;
  tool_decision: Prisma.ToolDecisionCreateManyInput;
  tool_revision: Prisma.ToolRevisionCreateManyInput;
  member_description: Prisma.MemberDescriptionCreateManyInput;
  /** Bytes travel as `\\x` and hexadecimal digits. */
  invitation: Omit<Prisma.InvitationCreateManyInput, "tokenHash"> & { tokenHash: string };
  outbox_message: Omit<Prisma.OutboxMessageCreateManyInput, "counts"> & {
    counts: Record<string, number> | null;
  };
  access_review_row: Omit<Prisma.AccessReviewRowCreateManyInput, "offices"> & { offices: readonly string[] };
};

const AT_ONCE = 2000;

/**
 * Inserts rows that all name the same columns. `createMany` spends more time on composing its statement, with a parameter
 * for each value, than the database on the rows: ten times as much at 20,000 tools.
 */
export async function insertMany<Table extends keyof Rows>(
  tx: ClinicTx,
  table: Table,
  rows: ReadonlyArray<Rows[Table]>,
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first);
  const named = columns.map((column) => `"${columnName(column)}"`).join(", ");
  const statement = `INSERT INTO "${table}" (${named}) SELECT ${named} FROM jsonb_populate_recordset(NULL::"${table}", $1::jsonb)`;
  const sql = tx as unknown as Prisma.TransactionClient;
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    const chunk = rows.slice(start, start + AT_ONCE).map((row) => renamed(row, columns));
    await sql.$executeRawUnsafe(statement, JSON.stringify(chunk));
  }
}

/** Tables whose rows count their versions, with what a command may change by the thousand. */
type Versioned = {
  member: Pick<Prisma.MemberUncheckedCreateInput, "jobTitle" | "workforceType" | "locationId" | "tracks" | "searchKey">;
};

/**
 * Changes rows, each to what is given for it, where it still has the version that its reader saw; says how many had.
 * `updateMany` gives the same to all rows, so that each would be a statement of its own.
 */
export async function changeMany<Table extends keyof Versioned>(
  tx: ClinicTx,
  table: Table,
  rows: ReadonlyArray<{ readonly id: string; readonly version: number } & Versioned[Table]>,
): Promise<number> {
  const [first] = rows;
  if (first === undefined) return 0;
  const columns = Object.keys(first);
  const changed = columns.filter((column) => column !== "id" && column !== "version").map(columnName);
  const set = changed.map((column) => `"${column}" = given."${column}"`).join(", ");
  const statement = `UPDATE "${table}" AS kept SET ${set}, version = kept.version + 1
    FROM jsonb_populate_recordset(NULL::"${table}", $1::jsonb) AS given
    WHERE kept.clinic_id = current_clinic() AND kept.id = given.id AND kept.version = given.version`;
  const sql = tx as unknown as Prisma.TransactionClient;
  let count = 0;
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    const chunk = rows.slice(start, start + AT_ONCE).map((row) => renamed(row, columns));
    count += await sql.$executeRawUnsafe(statement, JSON.stringify(chunk));
  }
  return count;
}

function renamed(row: object, columns: readonly string[]): Record<string, unknown> {
  const given = Object.keys(row);
  if (given.length !== columns.length || columns.some((column) => !(column in row))) {
    throw new Error("rows inserted together name the same columns");
  }
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [columnName(name), value]));
}

// The names of the code, which are never a person's: `reviewOn` is review_on.
function columnName(field: string): string {
  if (!/^[a-z][A-Za-z0-9]*$/.test(field)) throw new Error(`${field} is no field`);
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
