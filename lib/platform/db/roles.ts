import { type ClientBase, escapeIdentifier, escapeLiteral } from "pg";

/**
 * `wardbook_app` serves requests; `wardbook_worker` is what the owner's connection becomes in the worker
 * (`-c role=wardbook_worker`) and may what the app may; the two others own what not even the owner should hold by itself.
 */
const roles = ["wardbook_app", "wardbook_worker", "ledger_owner", "identity_owner"] as const;
const takenOnByOwner = ["wardbook_worker", "ledger_owner", "identity_owner"] as const;
const rolesLock = 727_303;

type Findings = { owner: string; mayCreate: boolean; missing: string[]; notTakenOn: string[]; workerIsApp: boolean };

/** Roles belong to the whole server, so no migration of one database makes them. To be run before migrations. */
export async function ensureRoles(
  owner: ClientBase,
  options: { appPassword?: string | undefined } = {},
): Promise<void> {
  await owner.query("SELECT pg_advisory_lock($1)", [rolesLock]);
  try {
    const findings = await inspect(owner);
    const statements = sqlFor(findings, options.appPassword);
    if (statements.length === 0) return;
    if (!findings.mayCreate) throw notAllowed(findings);
    await owner.query(["BEGIN", ...statements, "COMMIT"].join(";\n")).catch(async (error: { code?: string }) => {
      await owner.query("ROLLBACK");
      throw error.code === "42501" ? notAllowed(findings) : error;
    });
  } finally {
    await owner.query("SELECT pg_advisory_unlock($1)", [rolesLock]);
  }
}

async function inspect(client: ClientBase): Promise<Findings> {
  const self = await client.query(
    "SELECT rolname AS name, rolcreaterole OR rolsuper AS may_create FROM pg_roles WHERE rolname = current_user",
  );
  const found = await client.query<{ name: string; taken_on: boolean }>(
    "SELECT rolname AS name, pg_has_role(current_user, oid, 'SET') AS taken_on FROM pg_roles WHERE rolname = ANY($1)",
    [roles],
  );
  const grant = await client.query(
    `SELECT FROM pg_auth_members
     WHERE roleid = to_regrole('wardbook_app') AND member = to_regrole('wardbook_worker') AND inherit_option`,
  );
  const existing = new Set(found.rows.map((row) => row.name));
  const takenOn = new Set(found.rows.filter((row) => row.taken_on).map((row) => row.name));
  return {
    owner: self.rows[0].name,
    mayCreate: self.rows[0].may_create,
    missing: roles.filter((role) => !existing.has(role)),
    notTakenOn: takenOnByOwner.filter((role) => !takenOn.has(role)),
    workerIsApp: grant.rowCount !== 0,
  };
}

function sqlFor(findings: Findings, appPassword: string | undefined): string[] {
  const password = appPassword ? ` PASSWORD ${escapeLiteral(appPassword)}` : "";
  const owner = escapeIdentifier(findings.owner);
  return [
    ...findings.missing.map(
      (role) => `CREATE ROLE ${role} ${role === "wardbook_app" ? `LOGIN${password}` : "NOLOGIN"}`,
    ),
    ...(findings.workerIsApp ? [] : ["GRANT wardbook_app TO wardbook_worker WITH INHERIT TRUE"]),
    ...findings.notTakenOn.map((role) => `GRANT ${role} TO ${owner} WITH SET TRUE, INHERIT FALSE`),
  ];
}

function notAllowed(findings: Findings): Error {
  const statements = sqlFor(findings, "the password in DATABASE_URL").map((statement) => `  ${statement};`);
  return new Error(
    `The database role ${findings.owner} may not make the roles that Wardbook needs. ` +
      `Ask an administrator of the server to run this, then try again:\n${statements.join("\n")}`,
  );
}
