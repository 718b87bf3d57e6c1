import { beforeAll, expect, test } from "vitest";
import type { PackMoment } from "#lib/domain/clinic/evidence.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { getImportSheet } from "#lib/domain/tools/imports/queries.ts";
import { noteLapsedBaas } from "#lib/domain/vendors/commands/note-lapsed-baas.ts";
import { baasTable, pathsTable, vendorsTable } from "#lib/domain/vendors/evidence.ts";
import { readClinic } from "#lib/platform/db/with-clinic.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { eventsOf } from "#tests/support/contents.ts";
import { today } from "#tests/support/coverage.ts";
import { look } from "#tests/support/imports.ts";
import { asApp } from "#tests/support/sql.ts";
import { typedTool } from "#tests/support/tools.ts";

// More agreements than a query has parameters for, where each takes three.
const VENDORS = 60;
const BAAS = 12_000;
/** Those of them that ran out yesterday, unless somebody renewed them; the others have no end. */
const LAPSED = 200;

let clinic: TestClinic;
let toolId: string;

beforeAll(async () => {
  clinic = await mintClinic(["owner"]);
  const { actor } = clinic.as.owner;
  const by = actor.kind === "member" ? actor.memberId : "";
  ({ toolId } = await registerTool(clinic.as.owner, typedTool("Northwind Scribe")));
  await asApp(clinic.clinicId, async (sql) => {
    await sql(
      "INSERT INTO vendor (name, name_key, added_by, added_at) SELECT 'Vendor ' || i, 'vendor ' || i, $1, now() - interval '30 days' FROM generate_series(1, $2::int) i",
      [by, VENDORS],
    );
    await sql(
      `INSERT INTO baa (vendor_id, reference, created_by, created_at)
       SELECT vendor.id, 'BAA ' || lpad(i::text, 5, '0'), $1, now() - interval '30 days'
         FROM generate_series(1, $2::int) i JOIN vendor ON name = 'Vendor ' || 1 + i % $3`,
      [by, BAAS, VENDORS],
    );
    await sql(
      `INSERT INTO baa_version (baa_id, vendor_id, number, kind, our_party, their_party, agreed_on, effective_on, expires_on, services, signature, note, entered_by, entered_at)
       SELECT id, vendor_id, 1, 'original', 'us', 'them', '2026-01-01', '2026-01-01',
              CASE WHEN reference <= 'BAA ' || lpad(($2::int + 1)::text, 5, '0') THEN $3::date - 1 END, '{}', 'both', '', $1, created_at FROM baa`,
      [by, LAPSED, today],
    );
    await sql(
      `INSERT INTO baa_version (baa_id, vendor_id, number, kind, our_party, their_party, agreed_on, effective_on, expires_on, services, signature, note, entered_by, entered_at)
       SELECT id, vendor_id, 2, 'renewal', 'us', 'them', '2026-01-01', $2, NULL, '{}', 'both', '', $1, now() FROM baa WHERE reference = 'BAA 00001'`,
      [by, today],
    );
    await sql(
      "INSERT INTO inference_path (id, tool_id, number, stated_in, entered_by, entered_at) VALUES ($2, $2, 1, 'a list', $1, now())",
      [by, toolId],
    );
    await sql(
      `INSERT INTO inference_hop (path_id, position, processor, role, place, coverage, baa_id, evidence)
       SELECT $1, row_number() OVER (), 'them', 'subprocessor', 'here', 'our_baa', id, '' FROM baa`,
      [toolId],
    );
  });
}, 60_000);

async function inPack<T>(read: (tx: Parameters<typeof baasTable>[0], moment: PackMoment) => Promise<T>): Promise<T> {
  const moment = { asOf: new Date(), asOfDate: today, seqOf: () => 1, seqsOf: () => [1], nameOf: () => "Grace Okafor" };
  return readClinic({ clinicId: clinic.clinicId }, { timeoutSeconds: 30 }, (tx) => read(tx, moment));
}

test("those that ran out are noted, each once, and a renewed one isn't", async () => {
  expect(await noteLapsedBaas(clinic.system, {})).toEqual({ lapsed: LAPSED });
  expect(await noteLapsedBaas(clinic.system, {})).toEqual({ lapsed: 0 });
  expect(await eventsOf(clinic.clinicId, "baa.lapsed")).toHaveLength(LAPSED);
}, 30_000);

test("a pack shows them all: with their state, with their vendors, and in the paths that rest on them", async () => {
  const { baas, vendors, paths } = await inPack(async (tx, moment) => ({
    baas: (await baasTable(tx, moment)).table,
    vendors: (await vendorsTable(tx, moment)).table,
    paths: (await pathsTable(tx, moment)).table,
  }));
  const states = baas.rows.map((row) => row[baas.columns.indexOf("state")]);
  expect(states).toHaveLength(BAAS + 1);
  expect(states.filter((state) => state === "expired")).toHaveLength(LAPSED);
  const inForce = vendors.rows.map((row) => Number(row[vendors.columns.indexOf("baas_in_force")]));
  expect(inForce.reduce((sum, count) => sum + count)).toBe(BAAS - LAPSED);
  expect(paths.rows).toHaveLength(BAAS);
  expect(paths.rows.filter((row) => row[paths.columns.indexOf("covered")] === false)).toHaveLength(LAPSED);
}, 30_000);

test("they are handed out to be edited, and read again they are as they were", async () => {
  const { rows } = await getImportSheet(clinic.as.owner, { kind: "baas" });
  expect(rows).toHaveLength(BAAS);
  const few = rows.filter(({ vendor }) => vendor === "Vendor 1");
  const columns = Object.keys(few[0] ?? {});
  const content = [columns.join(","), ...few.map((row) => columns.map((column) => `"${row[column]}"`).join(","))];
  const { plan } = await look(clinic.as.owner, "baas", content.join("\n"));
  expect(plan).toMatchObject({ problemCount: 0, counts: { added: 0, changed: 0, unchanged: BAAS / VENDORS } });
}, 30_000);
