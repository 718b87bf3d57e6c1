import { expect, test } from "vitest";
import { mintClinic } from "#tests/support/clinic.ts";
import { asApp, asOwner } from "#tests/support/sql.ts";

// A temporary schema is searched first for types unless a function names pg_temp itself: a domain put in the place of
// uuid would run its CHECK as the function's owner.

test("every function of ours searches the temporary schema last", async () => {
  const functions = await asOwner((sql) =>
    sql(`SELECT p.oid::regprocedure::text AS name, p.proconfig AS settings FROM pg_proc p
          WHERE p.pronamespace IN ('public'::regnamespace, 'ledger'::regnamespace, 'identity'::regnamespace)`),
  );
  expect(functions.length).toBeGreaterThan(10);
  const open = functions.filter(({ settings }) => !(settings ?? []).includes("search_path=pg_catalog, pg_temp"));
  expect(open.map(({ name }) => name)).toEqual([]);
});

test("the app makes no temporary objects that could stand in a type's place", async () => {
  const { clinicId } = await mintClinic(["owner"]);
  const making = asApp(clinicId, (sql) => sql("CREATE DOMAIN pg_temp.uuid AS pg_catalog.uuid CHECK (true)"));
  await expect(making).rejects.toThrow(/permission denied/);
});
