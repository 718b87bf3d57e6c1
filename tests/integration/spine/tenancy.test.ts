import { describe, expect, test } from "vitest";
import {
  definerFunctions,
  globalUniques,
  looseForeignKeys,
  needlesslyGlobal,
  openTables,
  powersOfTheApp,
  rightsTooMany,
  tablesOfNobody,
} from "#tests/support/catalogue.ts";
import { asOwner, type Sql } from "#tests/support/sql.ts";

describe("what the catalogue says of every table", () => {
  test.each([
    ["every table but the named global ones belongs to a clinic", tablesOfNobody],
    ["every named global table has to be one", needlesslyGlobal],
    ["every table forces row-level security, and no policy lets a clinic see another's rows", openTables],
    ["every foreign key between a clinic's tables names the clinic on both sides", looseForeignKeys],
    ["whatever is unique is unique within a clinic", globalUniques],
    ["nothing is deleted, and the trail, decisions and migrations are not rewritten", rightsTooMany],
    ["the app's role owns nothing and cannot become a role that does", powersOfTheApp],
  ])("%s", async (_, findings) => {
    expect(await asOwner(findings)).toEqual([]);
  });

  test("each function that looks past row-level security is for the app or for the worker alone", async () => {
    expect(await asOwner(definerFunctions)).toMatchInlineSnapshot(`
      [
        "identity.access_facts(timestamp with time zone) → app, worker",
        "identity.account_events_to_copy() → worker",
        "identity.account_for_sign_in(text) → app, worker",
        "identity.clinic_ids() → worker",
        "identity.clinics_with_mail(timestamp with time zone) → worker",
        "identity.emergency_use_of(uuid,uuid) → app, worker",
        "identity.end_earlier_links() → ",
        "identity.forget_challenges(timestamp with time zone) → worker",
        "identity.has_any_clinic() → app, worker",
        "identity.invitation_for_token(bytea) → app, worker",
        "identity.is_in_another_clinic(uuid,uuid) → app, worker",
        "identity.linked_account(text,text) → app, worker",
        "identity.mail_recipients(uuid,uuid[]) → worker",
        "identity.mark_account_events_copied(uuid[]) → worker",
        "identity.mark_sign_ins_copied(uuid[]) → worker",
        "identity.member_for(text,uuid) → app, worker",
        "identity.members_without_second_factor(date,integer) → app, worker",
        "identity.passkey_for_sign_in(text) → app, worker",
        "identity.recent_refusals(bytea,bytea,timestamp with time zone) → app, worker",
        "identity.reset_for_token(bytea) → app, worker",
        "identity.session_for_token(bytea) → app, worker",
        "identity.session_opens(uuid,uuid) → app, worker",
        "identity.sign_ins_to_copy(timestamp with time zone) → worker",
        "identity.sign_on_at(text,text,text,timestamp with time zone) → app, worker",
        "identity.take_factors_away() → ",
        "identity.take_passkey_challenge(bytea,text,uuid,timestamp with time zone) → app, worker",
        "ledger.add_checkpoint(bigint,bytea,text) → app, worker",
        "ledger.append(jsonb) → app, worker",
        "ledger.open(text,bytea) → app, worker",
      ]
    `);
  });
});

const CLINIC_TABLE =
  "CREATE TABLE planted (clinic_id uuid NOT NULL DEFAULT current_clinic(), id uuid NOT NULL, other uuid,";
const SECURED = `ALTER TABLE planted ENABLE ROW LEVEL SECURITY; ALTER TABLE planted FORCE ROW LEVEL SECURITY;`;

describe("a table made wrongly is named", () => {
  test.each<[string, (sql: Sql) => Promise<string[]>, string, string]>([
    [
      "without a clinic",
      tablesOfNobody,
      "CREATE TABLE planted (id uuid PRIMARY KEY)",
      "public.planted has no clinic_id",
    ],
    [
      "with a clinic that may be left out",
      tablesOfNobody,
      "CREATE TABLE planted (clinic_id uuid)",
      "public.planted has no clinic_id",
    ],
    ["as a view", tablesOfNobody, "CREATE VIEW planted AS SELECT * FROM tool", "public.planted is not a plain table"],
    [
      "in a schema of its own",
      tablesOfNobody,
      "CREATE SCHEMA hidden CREATE TABLE planted (clinic_id uuid NOT NULL)",
      "hidden.planted lies in a schema that nobody checks",
    ],
    [
      "as a global one that could be a clinic's",
      needlesslyGlobal,
      "DROP TABLE recovery_code; CREATE TABLE recovery_code (clinic_id uuid NOT NULL, id uuid, PRIMARY KEY (clinic_id, id))",
      "public.recovery_code",
    ],
    [
      "without row-level security",
      openTables,
      `${CLINIC_TABLE} PRIMARY KEY (clinic_id, id))`,
      "public.planted has no row-level security",
    ],
    [
      "without forcing it on the owner",
      openTables,
      `${CLINIC_TABLE} PRIMARY KEY (clinic_id, id)); ALTER TABLE planted ENABLE ROW LEVEL SECURITY`,
      "public.planted does not force row-level security",
    ],
    [
      "without a policy",
      openTables,
      `${CLINIC_TABLE} PRIMARY KEY (clinic_id, id)); ${SECURED}`,
      "public.planted has no policy",
    ],
    [
      "with a policy that shows every clinic",
      openTables,
      `${CLINIC_TABLE} PRIMARY KEY (clinic_id, id)); ${SECURED} CREATE POLICY lax ON planted TO wardbook_app USING (true)`,
      "public.planted has the policy lax, which pins no clinic",
    ],
    [
      "with a policy that takes rows of every clinic",
      openTables,
      `${CLINIC_TABLE} PRIMARY KEY (clinic_id, id)); ${SECURED}
       CREATE POLICY lax ON planted USING (clinic_id = current_clinic()) WITH CHECK (true)`,
      "public.planted has the policy lax, which pins no clinic",
    ],
    [
      "with a foreign key that leaves out the clinic",
      looseForeignKeys,
      `${CLINIC_TABLE} PRIMARY KEY (clinic_id, id), UNIQUE (id)); ALTER TABLE planted ADD FOREIGN KEY (other) REFERENCES planted (id)`,
      "public.planted refers to public.planted without the clinic",
    ],
    [
      "with a foreign key to a global table",
      looseForeignKeys,
      `${CLINIC_TABLE} PRIMARY KEY (clinic_id, id), FOREIGN KEY (other) REFERENCES account (id))`,
      "public.planted refers to public.account without the clinic",
    ],
    [
      "with something unique in all clinics",
      globalUniques,
      `${CLINIC_TABLE} PRIMARY KEY (clinic_id, id), CONSTRAINT once UNIQUE (other, clinic_id))`,
      "public.planted is unique in all clinics by once",
    ],
    [
      "to be deleted from",
      rightsTooMany,
      `${CLINIC_TABLE} PRIMARY KEY (clinic_id, id)); GRANT DELETE ON planted TO wardbook_app`,
      "wardbook_app may DELETE public.planted",
    ],
    [
      "to be emptied by a job",
      rightsTooMany,
      `${CLINIC_TABLE} PRIMARY KEY (clinic_id, id)); GRANT TRUNCATE ON planted TO wardbook_worker`,
      "wardbook_worker may TRUNCATE public.planted",
    ],
    [
      "so that decisions can be rewritten",
      rightsTooMany,
      "GRANT UPDATE (reason) ON tool_decision TO wardbook_app",
      "wardbook_app may UPDATE public.tool_decision",
    ],
    [
      "so that events can be written past their function",
      rightsTooMany,
      "SET LOCAL ROLE ledger_owner; GRANT INSERT ON ledger.event TO wardbook_app; RESET ROLE",
      "wardbook_app may INSERT ledger.event",
    ],
    [
      "so that the app may make tables",
      rightsTooMany,
      "GRANT CREATE ON SCHEMA public TO wardbook_app",
      "wardbook_app may CREATE in public",
    ],
    [
      "so that the app may become an owner",
      powersOfTheApp,
      "GRANT ledger_owner TO wardbook_app",
      "wardbook_app is, or may become, ledger_owner, which owns ledger.event",
    ],
    [
      "so that the app may make databases",
      powersOfTheApp,
      "ALTER ROLE wardbook_app CREATEDB",
      "wardbook_app is, or may become, wardbook_app, which is a maker of databases",
    ],
  ])("%s", async (_, findings, statements, expected) => {
    const found = await asOwner(async (sql) => {
      await sql(statements);
      const named = await findings(sql);
      await sql("ROLLBACK");
      return named;
    });
    expect(found).toContain(expected);
  });

  test("with a function that anybody may call", async () => {
    const functions = await asOwner(async (sql) => {
      await sql(
        "CREATE FUNCTION all_accounts() RETURNS SETOF account LANGUAGE sql SECURITY DEFINER AS 'TABLE account'",
      );
      const named = await definerFunctions(sql);
      await sql("ROLLBACK");
      return named;
    });
    expect(functions).toContain("all_accounts() → everybody, app, worker, with any search_path");
  });
});
