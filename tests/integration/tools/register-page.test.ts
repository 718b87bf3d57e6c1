import { beforeAll, describe, expect, test } from "vitest";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { getRegisterPage } from "#lib/domain/tools/queries.ts";
import { REGISTER_SORTS } from "#lib/domain/tools/schema.ts";
import { InvalidInput } from "#lib/kernel/errors.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { asApp } from "#tests/support/sql.ts";
import { typedTool } from "#tests/support/tools.ts";

// 300 tools by seven vendors. Tool 001 was typed and prohibited; of the others every third is retired.
const COPIES = `INSERT INTO tool (vendor_id, vendor, product, surface, model_family, category, name_key, deepseek, status, conditions, status_since, facts, added_by, added_at)
  SELECT vendor_id, vendors[n % 7 + 1], 'Tool ' || lpad(n::text, 3, '0'), surface, model_family, category,
         lower(vendors[n % 7 + 1]) || ' · tool ' || lpad(n::text, 3, '0') || ' · team plan', deepseek,
         CASE WHEN n % 3 = 0 THEN 'retired' ELSE 'needs_review' END, conditions, status_since - make_interval(days => n), facts, added_by, added_at
    FROM tool, generate_series(2, 300) n, (SELECT '{Acme,Birch,Cedar,Delta,Ember,Fjord,Grove}'::text[] AS vendors) v`;

let clinic: TestClinic;
const page = (input: Partial<RegisterPageInput>) => getRegisterPage(clinic.as.manager, input);
type RegisterPageInput = Parameters<typeof getRegisterPage>[1];

beforeAll(async () => {
  clinic = await mintClinic(["owner", "manager"]);
  const typed = typedTool("Tool 001", { vendor: "Birch", hostnames: "one.northwind.example" });
  const { toolId } = await registerTool(clinic.as.owner, typed);
  await decideTool(clinic.as.owner, { toolId, version: 1, status: "prohibited", reason: "Not needed" });
  await asApp(clinic.clinicId, async (sql) => {
    await sql(COPIES);
    await sql(
      "INSERT INTO tool_hostname (tool_id, name, verified) SELECT id, 'h.example', false FROM tool WHERE product = 'Tool 002'",
    );
  });
});

describe("a register of 300 tools", () => {
  test.each(
    REGISTER_SORTS.flatMap((sort) => (["asc", "desc"] as const).map((direction) => [sort, direction] as const)),
  )("by %s, %s, has each tool once over its pages, in order", async (sort, direction) => {
    const pages = await Promise.all([1, 2, 3, 4].map((number) => page({ sort, direction, page: number, size: 100 })));
    expect(pages.map(({ rows }) => rows.length)).toEqual([100, 100, 100, 0]);
    const rows = pages.flatMap((each) => each.rows);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(300);
    const keyOf = (row: (typeof rows)[number]) =>
      ({ product: row.product, vendor: row.vendor, status: row.status, since: row.statusSince.toISOString() })[sort];
    const keys = rows.map(keyOf);
    const sorted = [...keys].sort();
    expect(keys).toEqual(direction === "asc" ? sorted : sorted.reverse());
  });

  test("begins with its first 25, and says how many there are in all and of each status", async () => {
    const { rows, total, counts } = await page({});
    expect(rows.map(({ product }) => product)).toEqual(
      Array.from({ length: 25 }, (_, index) => `Tool ${String(index + 1).padStart(3, "0")}`),
    );
    expect(total).toBe(300);
    expect(counts).toEqual({ prohibited: 1, retired: 100, needs_review: 199 });
  });

  test("keeps the counts of all when a filter shows fewer", async () => {
    const { rows, total, counts } = await page({ status: ["prohibited", "retired"], size: 100 });
    expect(total).toBe(101);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(["prohibited", "retired"]));
    expect(counts).toEqual({ prohibited: 1, retired: 100, needs_review: 199 });
  });

  test.each([
    ["tool 007", 1],
    ["TOOL-007", 1],
    ["007 acme", 1],
    ["cedar", 43],
    ["team plan", 300],
    ["tool 999", 0],
    ["one.northwind", 1],
    ["h.example", 1],
    ["", 300],
  ])("searched for “%s” shows %i", async (q, total) => {
    expect((await page({ q })).total).toBe(total);
  });

  test.each(["h%example", "h_example", "%northwind", "h\\.example"])(
    "takes %s as it stands, not as a pattern",
    async (q) => {
      expect((await page({ q })).total).toBe(0);
    },
  );

  test("searched and filtered at once shows what fits both", async () => {
    const { rows, total } = await page({ q: "cedar", status: ["retired"], size: 100 });
    expect(total).toBe(rows.length);
    expect(rows.every(({ vendor, status }) => vendor === "Cedar" && status === "retired")).toBe(true);
    expect(rows.length).toBeGreaterThan(10);
  });

  test("past its end is an empty page, not an error", async () => {
    expect(await page({ page: 1_000_000 })).toMatchObject({ rows: [], total: 300 });
  });

  test.each([
    ["a page before the first", { page: 0 }],
    ["a page that is no number", { page: Number.NaN }],
    ["a size of its own", { size: 7 }],
    ["an unknown order", { sort: "colour" }],
    ["an unknown status", { status: ["approved"] }],
  ])("is not asked for %s", async (_, input) => {
    await expect(page(input as never)).rejects.toBeInstanceOf(InvalidInput);
  });

  test("is this clinic's alone", async () => {
    const { as } = await mintClinic(["owner"]);
    expect(await getRegisterPage(as.owner, { q: "tool" })).toMatchObject({ rows: [], total: 0, counts: {} });
  });
});
