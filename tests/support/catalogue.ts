import type { Sql } from "#tests/support/sql.ts";

// What Postgres's own catalogue says of the tables, each question as a list of what is wrong, in words.

/** The only tables that may belong to no clinic, or be unique without one. */
export const GLOBAL_TABLES = [
  "account",
  "session",
  "account_event",
  "credential",
  "recovery_code",
  "passkey_challenge",
  "sign_in_attempt",
  "clinic",
  "invitation",
  "worker_heartbeat",
  "_prisma_migrations",
];
const OPEN_TABLES = ["worker_heartbeat", "_prisma_migrations"];

const TABLES = `
  WITH tables AS (
    SELECT c.oid, n.nspname AS schema, c.relname AS table, format('%I.%I', n.nspname, c.relname) AS name, c.relkind AS kind,
           c.relrowsecurity AS secured, c.relforcerowsecurity AS forced, n.nspname = 'public' AND c.relname = ANY ($1) AS global,
           n.nspname = 'public' AND c.relname = ANY ($2) AS open
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname IN ('public', 'ledger'))`;

/** Tables that no clinic owns and no list names; views, which would read with their owner's rights; schemas nobody knows. */
export const tablesOfNobody = finding(`
  SELECT name || ' has no clinic_id' AS finding FROM tables t
   WHERE NOT global AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'clinic_id'
                                       AND a.attnotnull AND a.atttypid = 'uuid'::regtype)
  UNION ALL SELECT name || ' is not a plain table' FROM tables WHERE kind <> 'r'
  UNION ALL SELECT format('%I.%I lies in a schema that nobody checks', n.nspname, c.relname)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('public', 'ledger', 'pgboss', 'information_schema')
     AND n.nspname NOT LIKE 'pg\\_%'`);

/** Tables without forced row-level security, and policies that let our roles pass to another clinic. */
export const openTables = finding(`
  SELECT name || ' has no row-level security' AS finding FROM tables WHERE NOT open AND NOT secured
  UNION ALL SELECT name || ' does not force row-level security' FROM tables WHERE NOT open AND NOT forced
  UNION ALL SELECT name || ' has no policy' FROM tables t
   WHERE NOT open AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid)
  UNION ALL SELECT format('%s has the policy %I, which pins no clinic', t.name, p.polname)
    FROM tables t JOIN pg_policy p ON p.polrelid = t.oid,
         LATERAL (SELECT pg_get_expr(p.polqual, p.polrelid) AS sees, pg_get_expr(p.polwithcheck, p.polrelid) AS writes) AS rule
   WHERE NOT t.global AND p.polpermissive
     AND p.polroles && ARRAY[0::oid, 'wardbook_app'::regrole::oid, 'wardbook_worker'::regrole::oid]
     AND (coalesce(sees, writes, '') NOT LIKE '%current_clinic()%' OR coalesce(writes, sees, '') NOT LIKE '%current_clinic()%')`);

/** Foreign keys that don't say in which clinic, and those to tables that belong to no clinic. */
export const looseForeignKeys = finding(`
  SELECT format('%s refers to %s without the clinic', t.name, r.name) AS finding
    FROM pg_constraint k JOIN tables t ON t.oid = k.conrelid JOIN tables r ON r.oid = k.confrelid
   WHERE k.contype = 'f' AND NOT t.global AND NOT EXISTS (
           SELECT FROM unnest(k.conkey, k.confkey) AS pair (here, there)
             JOIN pg_attribute h ON h.attrelid = k.conrelid AND h.attnum = pair.here
             JOIN pg_attribute f ON f.attrelid = k.confrelid AND f.attnum = pair.there
            WHERE h.attname = 'clinic_id' AND f.attname = CASE WHEN r.name = 'public.clinic' THEN 'id' ELSE 'clinic_id' END)
     AND NOT (t.name = 'public.member' AND r.name = 'public.account')`);

/** Unique indexes over all clinics: they would tell one clinic what another has. */
export const globalUniques = finding(`
  SELECT format('%s is unique in all clinics by %I', t.name, i.relname) AS finding
    FROM tables t JOIN pg_index x ON x.indrelid = t.oid JOIN pg_class i ON i.oid = x.indexrelid
   WHERE x.indisunique AND NOT t.global
     AND x.indkey[0] IS DISTINCT FROM (SELECT a.attnum FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'clinic_id')`);

/** What the roles that serve people and jobs could undo. */
export const rightsTooMany = finding(`
  , ours AS (SELECT unnest(ARRAY['wardbook_app', 'wardbook_worker', 'public']) AS role),
  everything AS (SELECT c.oid, n.nspname AS schema, c.relname AS table, format('%I.%I', n.nspname, c.relname) AS name
                   FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname IN ('public', 'ledger', 'identity', 'pgboss'))
  SELECT format('%s may %s %s', role, verb, name) AS finding
    FROM ours, everything e, unnest(ARRAY['DELETE', 'TRUNCATE', 'TRIGGER']) AS verb WHERE has_table_privilege(role, e.oid, verb)
  UNION ALL SELECT format('%s may UPDATE %s', role, name) FROM ours, everything e
   WHERE (schema = 'ledger' OR name IN ('public.tool_decision', 'public._prisma_migrations')) AND has_any_column_privilege(role, e.oid, 'UPDATE')
  UNION ALL SELECT format('%s may INSERT %s', role, name) FROM ours, everything e
   WHERE (schema = 'ledger' OR name = 'public._prisma_migrations') AND has_any_column_privilege(role, e.oid, 'INSERT')
  UNION ALL SELECT format('%s may CREATE in %I', role, nspname) FROM ours, pg_namespace
   WHERE nspname IN ('public', 'ledger', 'identity', 'pgboss') AND has_schema_privilege(role, nspname, 'CREATE')`);

/** What the app's role is, or could become, beyond serving requests. */
export const powersOfTheApp = finding(`
  , reach AS (SELECT r.* FROM pg_roles r WHERE pg_has_role('wardbook_app', r.oid, 'MEMBER'))
  SELECT format('wardbook_app is, or may become, %I, which is %s', rolname, power) AS finding
    FROM reach, LATERAL (VALUES ('a superuser', rolsuper), ('past row security', rolbypassrls), ('a maker of roles', rolcreaterole),
                                ('a maker of databases', rolcreatedb), ('a replica', rolreplication)) AS has (power, held) WHERE held
  UNION ALL SELECT format('wardbook_app is, or may become, %I, which owns %s', rolname, t.name)
    FROM reach r JOIN pg_class c ON c.relowner = r.oid JOIN tables t ON t.oid = c.oid
  UNION ALL SELECT format('wardbook_app is, or may become, %I, which owns the function %s', rolname, p.oid::regprocedure)
    FROM reach r JOIN pg_proc p ON p.proowner = r.oid`);

/** The named global tables that would pass as a clinic's: they need not stand on the list. */
export const needlesslyGlobal = finding(`
  SELECT name AS finding FROM tables t
   WHERE global AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'clinic_id' AND a.attnotnull)
     AND NOT EXISTS (SELECT FROM pg_index x WHERE x.indrelid = t.oid AND x.indisunique AND x.indkey[0] IS DISTINCT FROM
                       (SELECT a.attnum FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'clinic_id'))`);

/** Who may call the functions that look past row-level security, as `name → roles`. */
export async function definerFunctions(sql: Sql): Promise<string[]> {
  const rows = await sql(`
    SELECT format('%s → %s', p.oid::regprocedure, concat_ws(', ',
             CASE WHEN has_function_privilege('public', p.oid, 'EXECUTE') THEN 'everybody' END,
             CASE WHEN has_function_privilege('wardbook_app', p.oid, 'EXECUTE') THEN 'app' END,
             CASE WHEN has_function_privilege('wardbook_worker', p.oid, 'EXECUTE') THEN 'worker' END,
             CASE WHEN NOT coalesce(p.proconfig, '{}') @> ARRAY['search_path=pg_catalog, pg_temp'] THEN 'with any search_path' END)) AS line
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`);
  return rows.map((row) => row.line);
}

function finding(question: string): (sql: Sql) => Promise<string[]> {
  return async (sql) => {
    const rows = await sql(`${TABLES} ${question} ORDER BY 1`, [GLOBAL_TABLES, OPEN_TABLES]);
    return rows.map((row) => row.finding);
  };
}
