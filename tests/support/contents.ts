import { settleAccounts } from "#tests/support/jobs.ts";
import { asApp, asOwner } from "#tests/support/sql.ts";

/**
 * What each table holds of a clinic, as a count and a hash: equal before and after means that nothing changed. What jobs are
 * still to bring in from its people's accounts is brought in first, so that no other file's job does it in between.
 */
export async function contentsOf(clinicId: string): Promise<Record<string, string>> {
  await settleAccounts(clinicId);
  const tables = await clinicTables();
  const each = tables.map(
    (name) =>
      `SELECT '${name}' AS name, count(*) || ' rows ' || md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) AS held FROM ${name} t`,
  );
  const rows = await asApp(clinicId, (sql) => sql(each.join(" UNION ALL ")));
  return Object.fromEntries(rows.map(({ name, held }) => [name, held]));
}

let known: Promise<string[]> | undefined;

function clinicTables(): Promise<string[]> {
  known ??= asOwner(async (sql) => {
    const tables =
      await sql(`SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE c.relkind = 'r' AND has_table_privilege('wardbook_app', c.oid, 'SELECT')
            AND (c.oid = 'clinic'::regclass OR n.nspname IN ('public', 'ledger') AND EXISTS (
                  SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'clinic_id')) ORDER BY 1`);
    return tables.map(({ name }) => name);
  });
  return known;
}

/** The events of these types in a clinic's ledger, oldest first, as their bodies say them. */
export async function eventsOf(
  clinicId: string,
  ...types: string[]
): Promise<Array<{ type: string; body: EventBody }>> {
  const rows = await asApp(clinicId, (sql) =>
    sql("SELECT type, body FROM ledger.event WHERE cardinality($1::text[]) = 0 OR type = ANY ($1) ORDER BY seq", [
      types,
    ]),
  );
  return rows.map((row) => ({ type: row.type, body: JSON.parse(row.body) }));
}

type EventBody = { actor: Record<string, string>; object: { type: string; id: string }; data: Record<string, unknown> };

/** The jobs that wait, or waited, for the worker on behalf of a clinic. */
export async function jobsOf(clinicId: string): Promise<unknown[]> {
  const rows = await asOwner((sql) => sql("SELECT data FROM pgboss.job WHERE data ->> 'clinicId' = $1", [clinicId]));
  return rows.map((row) => row.data);
}
