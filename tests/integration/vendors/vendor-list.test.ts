import { expect, test } from "vitest";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { recordBaa } from "#lib/domain/vendors/baas/commands/record-baa.ts";
import { listBaasRunningOut } from "#lib/domain/vendors/baas/store.ts";
import { describeVendor } from "#lib/domain/vendors/commands/describe-vendor.ts";
import { registerVendor } from "#lib/domain/vendors/commands/register-vendor.ts";
import { getVendorsPage, getVendorsRows } from "#lib/domain/vendors/queries.ts";
import { addDays, calendarDateIn } from "#lib/kernel/dates.ts";
import { Forbidden } from "#lib/kernel/errors.ts";
import { readClinic } from "#lib/platform/db/with-clinic.ts";
import { toolWithVendor, typedBaa } from "#tests/support/baas.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { asApp } from "#tests/support/sql.ts";
import { typedTool } from "#tests/support/tools.ts";

const today = calendarDateIn("America/New_York", new Date());

/** Six vendors: one in force for ever, three that end in 20, 60 and 91 days, one that expired yesterday, one without a BAA. */
async function withVendors(): Promise<TestClinic & { ids: Record<string, string> }> {
  const clinic = await mintClinic(["owner", "staff"]);
  const { owner } = clinic.as;
  const ids: Record<string, string> = {};
  const ends = { Aster: null, Birch: 20, Cedar: 60, Dogwood: 91, Elm: -1, Fir: undefined };
  for (const [name, days] of Object.entries(ends)) {
    const { vendorId } = await registerVendor(owner, { name, jurisdiction: "" });
    ids[name] = vendorId;
    if (days === undefined) continue;
    const ending =
      days === null ? ({ ends: "never" } as const) : { ends: "on" as const, expiresOn: addDays(today, days) };
    await recordBaa(owner, typedBaa(vendorId, { ...ending }));
  }
  return { ...clinic, ids };
}

const names = (page: { rows: ReadonlyArray<{ name: string }> }) => page.rows.map((row) => row.name);

test("each vendor is listed with what its BAAs are worth today and what runs out next", async () => {
  const { as } = await withVendors();
  const page = await getVendorsPage(as.owner, {});
  expect(page.rows).toMatchObject([
    { name: "Aster", baa: "in_force", until: null, baas: 1, tools: 0 },
    { name: "Birch", baa: "in_force", until: addDays(today, 20) },
    { name: "Cedar", baa: "in_force", until: addDays(today, 60) },
    { name: "Dogwood", baa: "in_force", until: addDays(today, 91) },
    { name: "Elm", baa: "expired", until: null },
    { name: "Fir", baa: "none", until: null, baas: 0 },
  ]);
  expect(page).toMatchObject({ total: 6, counts: { unknown: 6 } });
});

test("what runs out in 90, 60 and 30 days is found, to the day", async () => {
  const { as } = await withVendors();
  const within = async (...ends: Array<"90" | "60" | "30">) => names(await getVendorsPage(as.owner, { ends }));
  expect(await within("30")).toEqual(["Birch"]);
  expect(await within("60")).toEqual(["Birch", "Cedar"]);
  expect(await within("90")).toEqual(["Birch", "Cedar"]);
  expect(await within("30", "60")).toEqual(["Birch", "Cedar"]);
});

test("the list is narrowed by the state of BAAs, by what people determined, and by words, which also name a tool", async () => {
  const { as, ids } = await withVendors();
  await describeVendor(as.owner, {
    ...{ vendorId: ids.Cedar ?? "", version: 1, businessAssociate: "yes", businessAssociateReason: "It hears visits." },
  });
  await registerTool(as.owner, typedTool("Tidewater Notes", { vendor: "Fir" }));
  expect(names(await getVendorsPage(as.owner, { baa: ["expired", "none"] }))).toEqual(["Elm", "Fir"]);
  expect(names(await getVendorsPage(as.owner, { associate: ["yes"] }))).toEqual(["Cedar"]);
  expect(names(await getVendorsPage(as.owner, { associate: ["yes"], baa: ["none"] }))).toEqual([]);
  expect(names(await getVendorsPage(as.owner, { q: "tidewater" }))).toEqual(["Fir"]);
  expect(names(await getVendorsPage(as.owner, { q: "BIRCH" }))).toEqual(["Birch"]);
  expect(names(await getVendorsPage(as.owner, { q: "🙂" }))).toEqual([]);
  expect(names(await getVendorsPage(as.owner, { q: "100% _" }))).toEqual([]);
});

test("sorted by end, what ends soonest comes first and what has no end last, either way", async () => {
  const { as } = await withVendors();
  const by = async (direction: "asc" | "desc") => names(await getVendorsPage(as.owner, { sort: "until", direction }));
  expect(await by("asc")).toEqual(["Birch", "Cedar", "Dogwood", "Aster", "Elm", "Fir"]);
  expect(await by("desc")).toEqual(["Dogwood", "Cedar", "Birch", "Aster", "Elm", "Fir"]);
});

test.each(["name", "tools", "until", "since"] as const)(
  "sorted by %s, pages neither repeat nor lose a vendor",
  async (sort) => {
    const { as } = await mintClinic(["owner"]);
    for (let index = 0; index < 27; index++)
      await registerVendor(as.owner, { name: `Vendor ${index}`, jurisdiction: "" });
    for (const direction of ["asc", "desc"] as const) {
      const pages = [1, 2].map((page) => getVendorsPage(as.owner, { sort, direction, page, size: 25 }));
      const [first, second] = await Promise.all(pages);
      expect([first?.rows.length, second?.rows.length, first?.total]).toEqual([25, 2, 27]);
      expect(new Set([...(first?.rows ?? []), ...(second?.rows ?? [])].map((row) => row.id)).size).toBe(27);
    }
  },
);

test("the files hold what the pages hold", async () => {
  const { as } = await withVendors();
  const asked = { baa: ["in_force" as const], sort: "until" as const };
  const [page, file] = [await getVendorsPage(as.owner, asked), await getVendorsRows(as.owner, asked)];
  expect(file).toMatchObject({ rows: page.rows, total: 4 });
});

test("what runs out is listed for those who look after it, with the tools that lose their cover", async () => {
  const { as, ids, system } = await withVendors();
  const { toolId, vendorId } = await toolWithVendor(as.owner, "Birch Scribe", "Birch");
  expect(vendorId).toBe(ids.Birch);
  const ending = { ends: "on" as const, expiresOn: addDays(today, 10), surfaces: [toolId] };
  const { baaId } = await recordBaa(as.owner, typedBaa(vendorId, { reference: "For the scribe", ...ending }));
  const running = (days: number) => readClinic(system, {}, (tx) => listBaasRunningOut(tx, today, days));
  expect(await running(60)).toMatchObject([
    {
      baaId,
      vendor: "Birch",
      reference: "For the scribe",
      until: addDays(today, 10),
      losing: [{ id: toolId, product: "Birch Scribe" }],
    },
    { vendor: "Birch", until: addDays(today, 20), losing: [] },
    { vendor: "Cedar", until: addDays(today, 60), losing: [] },
  ]);
  expect((await running(15)).map((baa) => baa.until)).toEqual([addDays(today, 10)]);
  expect(await running(9)).toEqual([]);
  await recordBaa(as.owner, typedBaa(vendorId, { reference: "The next one", surfaces: [toolId] }));
  expect((await running(30)).map((baa) => baa.until)).toEqual([addDays(today, 20)]);
});

test("staff don't see the list", async () => {
  const { as } = await mintClinic(["owner", "staff"]);
  await expect(getVendorsPage(as.staff, {})).rejects.toBeInstanceOf(Forbidden);
  await expect(getVendorsRows(as.staff, {})).rejects.toBeInstanceOf(Forbidden);
});

test("more agreements than a query has parameters for are listed, narrowed and sorted all the same", async () => {
  const { as, clinicId, system } = await mintClinic(["owner"]);
  const { actor } = as.owner;
  const by = [actor.kind === "member" ? actor.memberId : ""];
  await asApp(clinicId, async (sql) => {
    await sql(
      "INSERT INTO vendor (name, name_key, added_by, added_at) SELECT 'Vendor ' || i, 'vendor ' || i, $1, now() FROM generate_series(1, 12000) i",
      by,
    );
    await sql(
      "INSERT INTO baa (vendor_id, reference, created_by, created_at) SELECT id, 'BAA', $1, now() FROM vendor",
      by,
    );
    await sql(
      `INSERT INTO baa_version (baa_id, vendor_id, number, kind, our_party, their_party, agreed_on, effective_on, expires_on, services, signature, note, entered_by, entered_at)
       SELECT id, vendor_id, 1, 'original', 'us', 'them', '2026-01-01', '2026-01-01', current_date + 30, '{}', 'both', '', $1, now() FROM baa`,
      by,
    );
  });
  expect(await getVendorsPage(as.owner, { baa: ["in_force"] })).toMatchObject({ total: 12_000 });
  expect(await getVendorsPage(as.owner, { ends: ["60"], sort: "until" })).toMatchObject({ total: 12_000 });
  expect((await getVendorsRows(as.owner, {})).rows).toHaveLength(12_000);
  expect(await readClinic(system, {}, (tx) => listBaasRunningOut(tx, today, 60))).toHaveLength(12_000);
});
