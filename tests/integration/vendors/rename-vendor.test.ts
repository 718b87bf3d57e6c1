import { expect, test } from "vitest";
import type { ClinicContext } from "#lib/domain/context.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { renameVendor } from "#lib/domain/tools/commands/rename-vendor.ts";
import { getRegisterPage } from "#lib/domain/tools/queries.ts";
import { recordBaa } from "#lib/domain/vendors/baas/commands/record-baa.ts";
import { describeVendor } from "#lib/domain/vendors/commands/describe-vendor.ts";
import { registerVendor } from "#lib/domain/vendors/commands/register-vendor.ts";
import { getVendorPage, getVendorsPage } from "#lib/domain/vendors/queries.ts";
import { Conflict, Forbidden, NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { toolWithVendor, typedBaa } from "#tests/support/baas.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { asApp } from "#tests/support/sql.ts";
import { toolNow, typedTool } from "#tests/support/tools.ts";

async function listed(as: ClinicContext, name: string): Promise<string> {
  return (await registerVendor(as, { name, jurisdiction: "" })).vendorId;
}

test("a vendor's new name is that of its tools too, by which both are found; its agreements and decisions stay", async () => {
  const { as, clinicId } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId, vendorId } = await toolWithVendor(as.owner, "Scribe", "Nothwind Labs");
  const { toolId: second } = await registerTool(as.owner, typedTool("Notes", { vendor: "Nothwind Labs" }));
  await recordBaa(as.owner, typedBaa(vendorId, { surfaces: [toolId] }));
  await decideTool(as.owner, { toolId, version: 1, status: "prohibited", reason: "Not yet." });
  await renameVendor(as.privacy_officer, { vendorId, version: 1, name: " Northwind  Health " });
  expect(await getVendorPage(as.owner, { vendorId })).toMatchObject({
    vendor: { name: "Northwind Health", version: 2 },
    tools: [{ id: second }, { id: toolId }],
    baas: [{ reference: "HIPAA BAA 2026" }],
  });
  const { rows } = await getRegisterPage(as.owner, { q: "northwind health" });
  expect(rows.map(({ vendor, product }) => `${vendor}: ${product}`)).toEqual([
    ...["Northwind Health: Notes", "Northwind Health: Scribe"],
  ]);
  expect(await getRegisterPage(as.owner, { q: "nothwind" })).toMatchObject({ total: 0 });
  expect((await toolNow(as.owner, toolId)).decisions).toHaveLength(1);
  const [event, ...others] = await eventsOf(clinicId, "vendor.renamed");
  expect(others).toEqual([]);
  expect(event?.body.object).toEqual({ type: "vendor", id: vendorId });
  expect(JSON.stringify(event)).not.toMatch(/northwind|nothwind/i);
  // Under the new name a tool is this vendor's, and taken in once.
  const again = registerTool(as.owner, typedTool("Notes", { vendor: "NORTHWIND health" }));
  await expect(again).rejects.toMatchObject({ code: "tool.already_registered", params: { toolId: second } });
  await registerTool(as.owner, typedTool("Calls", { vendor: "NORTHWIND health" }));
  expect((await getVendorsPage(as.owner, { q: "northwind" })).rows).toMatchObject([{ id: vendorId, tools: 3 }]);
});

test("its spelling can be changed, and the same name again changes nothing", async () => {
  const { as, clinicId } = await mintClinic(["owner"]);
  const { toolId, vendorId } = await toolWithVendor(as.owner, "Scribe", "northwind");
  await renameVendor(as.owner, { vendorId, version: 1, name: "NorthWind" });
  expect(await toolNow(as.owner, toolId)).toMatchObject({ vendor: "NorthWind" });
  const before = await contentsOf(clinicId);
  await renameVendor(as.owner, { vendorId, version: 2, name: "NorthWind" });
  expect(await contentsOf(clinicId)).toEqual(before);
});

test("a name that reads like another vendor's, or like none, is refused beside its field", async () => {
  const { as, clinicId } = await mintClinic(["owner"]);
  const vendorId = await listed(as.owner, "Northwind");
  const other = await listed(as.owner, "Tidewater");
  const before = await contentsOf(clinicId);
  await expect(renameVendor(as.owner, { vendorId, version: 1, name: "TIDEWATER!" })).rejects.toMatchObject({
    ...{ code: "vendor.already_listed", field: "name", params: { name: "Tidewater", vendorId: other } },
  });
  await expect(renameVendor(as.owner, { vendorId, version: 1, name: "🙂" })).rejects.toMatchObject({
    ...{ code: "vendor.name_without_letters", field: "name" },
  });
  expect(await contentsOf(clinicId)).toEqual(before);
});

test.each([
  ["Northwind", "DeepSeek Health", []],
  ["DeepSeek", "Hangzhou Health", []],
  ["Northwind", "High-Flyer", []],
  ["Amazon Web Services", "Northwind", ["DeepSeek R1"]],
] as const)("%s is not renamed to %s: the DeepSeek prohibition goes by names", async (from, to, products) => {
  const { as, clinicId } = await mintClinic(["owner"]);
  const vendorId = await listed(as.owner, from);
  for (const product of products) await registerTool(as.owner, typedTool(product, { vendor: from }));
  const before = await contentsOf(clinicId);
  await expect(renameVendor(as.owner, { vendorId, version: 1, name: to })).rejects.toMatchObject({
    ...{ code: "vendor.name_changes_prohibition", field: "name", params: { from, to } },
  });
  expect(await contentsOf(clinicId)).toEqual(before);
});

test("who renames or describes it on an old page is told and changes nothing", async () => {
  const { as, clinicId } = await mintClinic(["owner", "privacy_officer"]);
  const vendorId = await listed(as.owner, "Northwind");
  const facts = { vendorId, businessAssociate: "unknown", businessAssociateReason: "" } as const;
  await renameVendor(as.owner, { vendorId, version: 1, name: "Northwind Health" });
  const before = await contentsOf(clinicId);
  for (const stale of [
    () => renameVendor(as.privacy_officer, { vendorId, version: 1, name: "Northwind Labs" }),
    () => describeVendor(as.privacy_officer, { ...facts, version: 1 }),
  ]) {
    await expect(stale()).rejects.toMatchObject({ code: "vendor.changed_meanwhile" });
  }
  expect(await contentsOf(clinicId)).toEqual(before);
  // That nobody knows is an answer that nobody had given, whatever the vendor is called.
  await describeVendor(as.owner, { ...facts, version: 2 });
  expect(await eventsOf(clinicId, "vendor.described")).toHaveLength(1);
});

test("a tool that is taken in under a name while its vendor gets another is refused", async () => {
  const { as, clinicId } = await mintClinic(["owner"]);
  const { vendorId } = await toolWithVendor(as.owner, "Scribe", "Northwind");
  const { registering } = await asApp(clinicId, async (sql) => {
    await sql("UPDATE vendor SET name = 'Tidewater', name_key = 'tidewater' WHERE id = $1", [vendorId]);
    const started = Promise.allSettled([registerTool(as.owner, typedTool("Notes", { vendor: "Northwind" }))]);
    const waiting = () => sql("SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))");
    await expect.poll(waiting, { timeout: 10_000 }).toHaveLength(1);
    return { registering: started };
  });
  expect(await registering).toMatchObject([{ status: "rejected", reason: expect.any(Conflict) }]);
  expect(await getRegisterPage(as.owner, {})).toMatchObject({ total: 1 });
});

test("only by who keeps vendors, and only in their own clinic", async () => {
  const { as, system } = await mintClinic();
  const other = await mintClinic(["owner"]);
  const vendorId = await listed(as.owner, "Northwind");
  const name = "Northwind Health";
  for (const who of [as.manager, as.staff, as.auditor, system]) {
    await expect(renameVendor(who, { vendorId, version: 1, name })).rejects.toBeInstanceOf(Forbidden);
  }
  for (const id of [vendorId, newId()]) {
    await expect(renameVendor(other.as.owner, { vendorId: id, version: 1, name })).rejects.toBeInstanceOf(NotFound);
  }
});
