import { expect, test } from "vitest";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { askForTool } from "#lib/domain/tools/requests/commands/ask-for-tool.ts";
import { supportRequest } from "#lib/domain/tools/requests/commands/support-request.ts";
import { withdrawRequest } from "#lib/domain/tools/requests/commands/withdraw-request.ts";
import { getRequestQueue, getRequestRows, getRequestsWaiting } from "#lib/domain/tools/requests/queries.ts";
import { Forbidden } from "#lib/kernel/errors.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { asked, asking } from "#tests/support/requests.ts";

const DAY = 24 * 60 * 60 * 1000;

/** A clinic with two open requests of 9 and 3 days ago, one refused, one withdrawn. */
async function queue() {
  const clinic = await mintClinic();
  const { as } = clinic;
  const ago = (days: number) => ({ ...as.staff, occurredAt: new Date(Date.now() - days * DAY) });
  await askForTool(ago(3), asking({ product: "Bristle", vendor: "Nib Works", address: "bristle.example" }));
  const oldest = await askForTool(ago(9), asking({ product: "Alder" }));
  await supportRequest(as.manager, oldest);
  const refused = await askForTool(ago(12), asking({ product: "Cedar" }));
  await answerRequest(as.owner, { ...refused, version: 1, answer: "refused", reason: "It trains on inputs." });
  await withdrawRequest(as.staff, await asked(as.staff, { product: "Dogwood" }));
  return clinic;
}

test("what waits comes first, the longest first; then what is closed, the newest first", async () => {
  const { as } = await queue();
  const { rows, total, counts } = await getRequestQueue(as.privacy_officer, {});
  expect(rows.map(({ product, status, waitingDays }) => [product, status, waitingDays])).toEqual([
    ["Alder", "open", 9],
    ["Bristle", "open", 3],
    ["Dogwood", "withdrawn", null],
    ["Cedar", "refused", null],
  ]);
  expect({ total, counts }).toEqual({ total: 4, counts: { open: 2, refused: 1, withdrawn: 1 } });
  expect(rows[0]).toMatchObject({ requestedBy: "Maria Santos", supporters: 1, purpose: "Letters to suppliers." });
  expect(rows[3]).toMatchObject({ answeredBy: "Grace Okafor", reason: "It trains on inputs.", answerTool: null });
});

test.each([
  ["waiting", "asc", ["Bristle", "Alder", "Dogwood", "Cedar"]],
  ["requested", "asc", ["Cedar", "Alder", "Bristle", "Dogwood"]],
  ["requested", "desc", ["Dogwood", "Bristle", "Alder", "Cedar"]],
  ["product", "desc", ["Dogwood", "Cedar", "Bristle", "Alder"]],
  ["supporters", "desc", ["Alder", "Cedar", "Bristle", "Dogwood"]],
] as const)("sorted by %s, %s", async (sort, direction, products) => {
  const { as } = await queue();
  const { rows } = await getRequestQueue(as.owner, { sort, direction });
  expect(rows.map(({ product }) => product)).toEqual(products);
});

test.each([
  [{ status: ["open"] }, ["Alder", "Bristle"]],
  [{ status: ["refused", "withdrawn"] }, ["Dogwood", "Cedar"]],
  [{ q: "nib" }, ["Bristle"]],
  [{ q: "bristle.exam" }, ["Bristle"]],
  [{ q: "BRÍSTLE!" }, ["Bristle"]],
  [{ q: "%" }, []],
  [{ q: "_" }, []],
  [{ q: "🙂" }, []],
  [{ q: "nobody's" }, []],
] as const)("found by %o", async (asked_, products) => {
  const { as } = await queue();
  const { rows } = await getRequestQueue(as.owner, asked_ as never);
  expect(rows.map(({ product }) => product)).toEqual(products);
});

test("its pages don't overlap, and its files hold them all", async () => {
  const { as } = await mintClinic(["owner", "staff"]);
  for (let number = 1; number <= 30; number += 1) await asked(as.staff, { product: `Alder ${number}` });
  const pages = [await getRequestQueue(as.owner, {}), await getRequestQueue(as.owner, { page: 2 })];
  const ids = pages.flatMap(({ rows }) => rows.map(({ id }) => id));
  expect([pages[0]?.rows.length, new Set(ids).size]).toEqual([25, 30]);
  const all = await getRequestRows(as.owner, {});
  expect(all.rows.map(({ id }) => id)).toEqual(ids);
});

test("officers are told how many wait; nobody else reads the queue but the auditor", async () => {
  const { as } = await queue();
  expect(await getRequestsWaiting(as.privacy_officer, {})).toEqual({ count: 2 });
  expect((await getRequestQueue(as.auditor, {})).total).toBe(4);
  for (const role of ["manager", "staff"] as const) {
    await expect(getRequestQueue(as[role], {})).rejects.toBeInstanceOf(Forbidden);
    await expect(getRequestRows(as[role], {})).rejects.toBeInstanceOf(Forbidden);
    await expect(getRequestsWaiting(as[role], {})).rejects.toBeInstanceOf(Forbidden);
  }
});

test("another clinic's requests are neither listed nor counted", async () => {
  await queue();
  const { as } = await mintClinic(["owner", "staff"]);
  expect(await getRequestQueue(as.owner, {})).toMatchObject({ rows: [], total: 0, counts: {} });
  expect(await getRequestsWaiting(as.owner, {})).toEqual({ count: 0 });
});
