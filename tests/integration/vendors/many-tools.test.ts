import { beforeAll, expect, test } from "vitest";
import { getToday } from "#lib/domain/calendar/queries.ts";
import { WAITING_SHOWN_MAX } from "#lib/domain/calendar/waiting/schema.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { getBaaPage, getNewBaaForm } from "#lib/domain/vendors/baas/queries.ts";
import { VENDOR_TOOLS_SHOWN_MAX } from "#lib/domain/vendors/baas/store.ts";
import { getVendorPage } from "#lib/domain/vendors/queries.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { coverTool } from "#tests/support/coverage.ts";
import { asApp } from "#tests/support/sql.ts";
import { toolNow, typedTool } from "#tests/support/tools.ts";

// More approvals than a page shows, and more than a query has parameters for where each takes two.
const APPROVED = 17_000;

let clinic: TestClinic;
let toolId: string;
let vendorId: string;
let baaId: string;

beforeAll(async () => {
  clinic = await mintClinic(["owner"]);
  const { owner } = clinic.as;
  ({ toolId } = await registerTool(owner, typedTool("Zulu Scribe")));
  ({ baaId } = await coverTool(owner, toolId));
  const approval = { status: "approved_for_phi", reason: "Notes", conditions: "Only from clinic accounts" } as const;
  await decideTool(owner, { toolId, version: 1, ...approval });
  ({ vendorId } = await toolNow(owner, toolId));
  await asApp(clinic.clinicId, (sql) =>
    sql(
      `INSERT INTO tool (vendor, vendor_id, product, surface, model_family, category, name_key, deepseek, status, status_since, facts, added_by, added_at)
       SELECT vendor, vendor_id, 'Aide ' || n, surface, model_family, category, 'aide ' || n, deepseek, status, status_since, facts, added_by, added_at
         FROM tool, generate_series(1, $1::int) n`,
      [APPROVED],
    ),
  );
}, 60_000);

test("today counts every approval that something stands in the way of, and none that is covered", async () => {
  const { waiting } = await getToday(clinic.as.owner, {});
  expect(waiting?.unbacked.shown).toHaveLength(WAITING_SHOWN_MAX);
  expect(waiting?.unbacked.more).toBe(APPROVED - WAITING_SHOWN_MAX);
  expect(waiting?.unbacked.shown[0]).toMatchObject({ reason: "baa_names_other_surface" });
}, 30_000);

test("a vendor's page shows the first of its tools and says how many more there are", async () => {
  const { tools, moreTools } = await getVendorPage(clinic.as.owner, { vendorId });
  expect(tools).toHaveLength(VENDOR_TOOLS_SHOWN_MAX);
  expect(moreTools).toBe(APPROVED + 1 - VENDOR_TOOLS_SHOWN_MAX);
}, 30_000);

test("the forms of an agreement offer all of them, so that a renewal keeps what the agreement names", async () => {
  const { baa, tools } = await getBaaPage(clinic.as.owner, { vendorId, baaId });
  expect(baa.versions[0]?.surfaces.map(({ id }) => id)).toEqual([toolId]);
  expect(tools.at(-1)?.id).toBe(toolId);
  expect((await getNewBaaForm(clinic.as.owner, { vendorId })).tools).toEqual(tools);
}, 30_000);
