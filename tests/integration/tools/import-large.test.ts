import { beforeAll, expect, test } from "vitest";
import { verifyLedger } from "#lib/domain/ledger/queries.ts";
import { getRegisterPage } from "#lib/domain/tools/queries.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { eventsOf } from "#tests/support/contents.ts";
import { bringIn, fileToEdit, look } from "#tests/support/imports.ts";

let clinic: TestClinic;
beforeAll(async () => {
  clinic = await mintClinic(["owner"]);
});

/** More rows than a query has parameters for, at three a row. The bench imports as many as a file takes. */
const MANY = 11_000;

const rows = (count: number, row: (index: number) => string) => Array.from({ length: count }, (_, index) => row(index));

test(`${MANY} tools are imported in one piece, with an event for each, and come out as they went in`, async () => {
  const content = [
    "vendor,product,surface,category,hostnames,why",
    ...rows(MANY, (n) => `Vendor ${n % 900},Tool ${n},Free,voice,app${n}.example.com,"Used by ""team"" ${n}"`),
  ].join("\n");
  expect(await bringIn(clinic.as.owner, "tools", content)).toMatchObject({ added: MANY, changed: 0 });
  const { total } = await getRegisterPage(clinic.as.owner, {});
  expect(total).toBe(MANY);
  expect(await eventsOf(clinic.clinicId, "tool.registered")).toHaveLength(MANY);
  expect(await verifyLedger(clinic.as.owner, {})).toMatchObject({ firstBad: null });
  const { bytes } = await fileToEdit(clinic.as.owner, "tools");
  const { plan } = await look(clinic.as.owner, "tools", bytes);
  expect(plan).toMatchObject({ problemCount: 0, counts: { added: 0, changed: 0, unchanged: MANY } });
}, 300_000);

test(`${LIST_ROWS_MAX} rows that are all wrong are told, the first 200 of them`, async () => {
  const content = [
    "vendor,product,surface,category,why",
    ...rows(LIST_ROWS_MAX, (n) => `V,Tool ${n},Free,nonsense,`),
  ].join("\n");
  const { plan } = await look(clinic.as.owner, "tools", content);
  expect(plan).toMatchObject({ problemCount: 2 * LIST_ROWS_MAX, problemRows: LIST_ROWS_MAX, rowCount: 0 });
  expect(plan.problems).toHaveLength(200);
}, 120_000);

test("vendors by the thousand are imported in one piece, and many more are looked at", async () => {
  const file = (count: number) =>
    ["vendor,business_associate,reason", ...rows(count, (n) => `Supplier ${n},no,It sees nothing.`)].join("\n");
  expect(await bringIn(clinic.as.owner, "vendors", file(6000))).toMatchObject({ added: 6000 });
  const { plan } = await look(clinic.as.owner, "vendors", file(MANY));
  expect(plan.counts).toEqual({ added: MANY - 6000, changed: 0, unchanged: 6000 });
}, 300_000);
