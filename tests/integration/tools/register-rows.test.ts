import { beforeAll, describe, expect, test } from "vitest";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { getCataloguePage, getCatalogueRows, getRegisterPage, getRegisterRows } from "#lib/domain/tools/queries.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { asApp } from "#tests/support/sql.ts";
import { typedTool } from "#tests/support/tools.ts";

let clinic: TestClinic;

async function addCopies(from: number, to: number): Promise<void> {
  await asApp(clinic.clinicId, async (sql) => {
    const columns = (await sql(
      "SELECT string_agg(column_name, ', ') AS names FROM information_schema.columns WHERE table_name = 'tool' AND column_name NOT IN ('id', 'clinic_id', 'product', 'name_key')",
    )) as { names: string }[];
    const names = columns[0]?.names ?? "";
    await sql(
      `INSERT INTO tool (product, name_key, ${names}) SELECT 'Tool ' || lpad(n::text, 5, '0'), name_key || ' ' || n, ${names}
         FROM (SELECT * FROM tool WHERE product = 'Tool 00001') one, generate_series(${from}, ${to}) n`,
    );
  });
}

beforeAll(async () => {
  clinic = await mintClinic(["owner", "auditor"]);
  await registerTool(clinic.as.owner, typedTool("Tool 00001", { vendor: "Birch", hostnames: "one.northwind.example" }));
  await addCopies(2, 120);
});

describe("the register for a file", () => {
  test("is its pages one after the other, in the order and with the filters of the page", async () => {
    for (const asked of [
      {},
      { sort: "product", direction: "desc" },
      { q: "tool 0001" },
      { status: ["retired"] },
    ] as const) {
      const input = { ...asked, status: "status" in asked ? [...asked.status] : [] };
      const pages = await Promise.all(
        [1, 2].map((page) => getRegisterPage(clinic.as.auditor, { ...input, page, size: 100 })),
      );
      const { rows, total, today } = await getRegisterRows(clinic.as.auditor, input);
      expect(rows).toEqual(pages.flatMap((page) => page.rows));
      expect({ total, today }).toEqual({ total: pages[0]?.total, today: pages[0]?.today });
    }
  });

  test.each(["🙂", "...", "%", "_", "-", "—", "\u200d"])("and the page of it find nothing by %j alone", async (q) => {
    const searched = q === "\u200d" ? 120 : 0;
    expect(await getRegisterRows(clinic.as.auditor, { q })).toMatchObject({ total: searched });
    expect((await getRegisterPage(clinic.as.auditor, { q })).total).toBe(searched);
  });

  test("says how many there are where there are more than a file takes", { timeout: 120_000 }, async () => {
    await addCopies(121, LIST_ROWS_MAX + 1);
    const { rows, total } = await getRegisterRows(clinic.as.owner, {});
    expect(total).toBe(LIST_ROWS_MAX + 1);
    expect(rows).toHaveLength(LIST_ROWS_MAX);
  });
});

describe("the catalogue for a file", () => {
  test("is its pages one after the other", async () => {
    const asked = { recommendation: ["prohibited" as const] };
    const { rows, total } = await getCatalogueRows(clinic.as.auditor, asked);
    const { rows: first } = await getCataloguePage(clinic.as.auditor, { ...asked, size: 100 });
    expect(total).toBe(rows.length);
    expect(rows.slice(0, 100)).toEqual(first);
  });

  test.each(["🙂", ".", "-"])("finds nothing by %j alone", async (q) => {
    expect((await getCatalogueRows(clinic.as.auditor, { q })).total).toBe(0);
  });
});
