import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Words } from "#components/data-table/columns.ts";
import { importSheet } from "#components/tools/import-words.ts";
import { LOCALES } from "#lib/domain/context.ts";
import { parseInput } from "#lib/domain/parse.ts";
import { planOf, problem, readSheet, type SheetRow, tried, withoutRepeats } from "#lib/domain/sheet.ts";
import { line, paragraph } from "#lib/domain/text.ts";
import { COLUMN_VALUES, COLUMNS, IMPORT_KINDS } from "#lib/domain/tools/imports/schema.ts";
import { sheetWords } from "#lib/domain/tools/imports/store.ts";
import { refuse } from "#lib/kernel/errors.ts";
import { translator } from "#lib/platform/i18n/messages.ts";

const rowsOf = (...rows: string[][]): SheetRow[] => rows.map((cells, index) => ({ number: index + 1, cells }));
const readTools = (...rows: string[][]) =>
  readSheet(rowsOf(...rows), { columns: COLUMNS.tools, words: sheetWords("tools") });
const said = (read: ReturnType<typeof readTools>) =>
  read.problems.map(({ row, column, value, code }) => [row, column, value, code]);
const NEEDED = ["Vendor", "Product", "Plan or way of access"];

describe("columns are known by many names", () => {
  test.each([
    ["as our own file calls them", [...NEEDED, "Review by"]],
    ["as the code calls them", ["vendor", "product", "surface", "review_on"]],
    ["in capitals, with spaces and signs", [" VENDOR ", "Product*", "surface:", "Review_On"]],
    ["as the register's list calls them", ["Vendor", "Tool", "Plan or way of access", "Review by"]],
  ])("%s", (_, header) => {
    const read = readTools(header, ["OpenAI", "ChatGPT", "Free", "2027-01-31"]);
    expect(said(read)).toEqual([]);
    expect(read.records).toEqual([
      { row: 2, cells: { vendor: "OpenAI", product: "ChatGPT", surface: "Free", reviewOn: "2027-01-31" } },
    ]);
  });

  test("in any order, and what is left out is not there", () => {
    const read = readTools(["surface", "vendor", "product"], ["Free", "OpenAI", "ChatGPT"]);
    expect(read.columns).toEqual(new Set(["surface", "vendor", "product"]));
    expect(read.records[0]?.cells).toEqual({ surface: "Free", vendor: "OpenAI", product: "ChatGPT" });
  });

  test.each(IMPORT_KINDS)("no two columns of a file of %s have a name in common, in any language", (kind) => {
    for (const locale of LOCALES) {
      const t = translator(locale) as unknown as Words;
      const names = COLUMNS[kind].map(({ id }) => t(`import.column.${kind}.${id}`).toLowerCase());
      expect(new Set(names).size, names.join()).toBe(names.length);
      const { headers } = sheetWords(kind);
      const { columns } = importSheet({ t, locale }, kind, []);
      const read = readSheet(rowsOf(columns.map(({ header }) => header)), {
        columns: COLUMNS[kind],
        words: sheetWords(kind),
      });
      expect([...read.columns]).toEqual(COLUMNS[kind].map(({ id }) => id));
      expect(headers.size).toBeGreaterThan(COLUMNS[kind].length);
    }
  });

  test.each([
    ["tools", "components/tools/register-list.tsx"],
    ["vendors", "components/vendors/vendor-list.tsx"],
  ] as const)("every column of the list of %s is read, or known to be computed", (kind, source) => {
    const keys = [...readFileSync(source, "utf8").matchAll(/header: "([\w.]+)"/g)].map(([, key]) => key ?? "");
    expect(keys.length).toBeGreaterThan(8);
    for (const locale of LOCALES) {
      const t = translator(locale, kind) as unknown as Words;
      const header = keys.map((key) => t(key));
      const read = readSheet(rowsOf(header), { columns: COLUMNS[kind], words: sheetWords(kind) });
      expect(read.problems.filter(({ code }) => code !== "import.column_missing")).toEqual([]);
    }
  });
});

describe("a header that can't be read says so", () => {
  test("a column that nobody knows, with its name", () => {
    const read = readTools([...NEEDED, "Nickname", "🙂"], ["OpenAI", "ChatGPT", "Free", "Chad", "x"]);
    expect(said(read)).toEqual([
      [1, null, "Nickname", "import.column_unknown"],
      [1, null, "🙂", "import.column_unknown"],
    ]);
    expect(read.records[0]?.cells).toEqual({ vendor: "OpenAI", product: "ChatGPT", surface: "Free" });
  });

  test("a column that stands there twice, also under two names", () => {
    const read = readTools(["Vendor", "Product", "Tool", "surface"], ["OpenAI", "ChatGPT", "Other", "Free"]);
    expect(said(read)).toEqual([[1, "product", "Tool", "import.column_twice"]]);
    expect(read.records[0]?.cells.product).toBe("ChatGPT");
  });

  test("a column that is needed and missing", () => {
    expect(said(readTools(["Vendor", "Status"], ["OpenAI", "Retired"]))).toEqual([
      [1, "product", "", "import.column_missing"],
      [1, "surface", "", "import.column_missing"],
    ]);
  });

  test("a column that is computed is passed over, and named", () => {
    const read = readTools([...NEEDED, "Standing today"], ["OpenAI", "ChatGPT", "Free", "Ask first"]);
    expect([said(read), read.notRead]).toEqual([[], ["Standing today"]]);
  });
});

describe("a cell", () => {
  const one = (header: string, cell: string) => readTools([...NEEDED, header], ["OpenAI", "ChatGPT", "Free", cell]);

  test.each([
    ["Status", "Approved for patient data", "approved_for_phi"],
    ["Status", " approved FOR patient-data ◐", "approved_for_phi"],
    ["Status", "approved_for_phi", "approved_for_phi"],
    ["Status", "Prohibida", "prohibited"],
    ["Kind of tool", "Clinical scribe", "scribe"],
    ["Model family", "Model not disclosed", "not-disclosed"],
    ["Model family", "A family of their own", "A family of their own"],
  ])("of %s that says “%s” is %s", (header, cell, value) => {
    const read = one(header, cell);
    expect(said(read)).toEqual([]);
    expect(Object.values(read.records[0]?.cells ?? {}).at(-1)).toBe(value);
  });

  test.each(["approved", "yes", "prohibited!?x", "❌"])("of a status that says “%s” is none", (cell) => {
    expect(said(one("Status", cell))).toEqual([[2, "status", cell, "import.not_a_choice"]]);
  });

  test.each(["", " ", "\u00a0", "\t"])("with nothing but “%s” is not there", (cell) => {
    expect(one("Status", cell).records[0]?.cells).not.toHaveProperty("status");
  });

  test("without a header above it is spoken of, once a row", () => {
    const read = readTools([...NEEDED, ""], ["OpenAI", "ChatGPT", "Free", "lost", "and more"]);
    expect(said(read)).toEqual([[2, null, "lost", "import.cell_without_header"]]);
  });

  test("is cut where it is told to a reader, between characters", () => {
    const read = one("Status", "🙂".repeat(5000));
    expect([...(read.problems[0]?.value ?? "")]).toHaveLength(80);
    expect(read.problems[0]?.value).toMatch(/^(🙂)+…$/u);
  });
});

describe("what stands against a row", () => {
  const record = { row: 7, cells: { product: "x".repeat(20), note: "a note" } };

  test("a field's schema says under the field's column, each column once", () => {
    const schema = z.object({ product: line(10), surface: line(10), list: z.array(line(3)) });
    const { problems } = tried(record, () => parseInput(schema, { ...record.cells, list: ["abcd", "efgh"] }), {
      list: "note",
    });
    expect(problems?.map(({ column, code, params }) => [column, code, params])).toEqual([
      ["product", "input.too_long", { max: 10, length: 20 }],
      ["surface", "input.required", {}],
      ["note", "input.too_long", { max: 3, length: 4 }],
    ]);
  });

  test("a rule refuses under its field; what is no refusal is a defect", () => {
    const refused = tried(record, () => {
      throw refuse("tool.review_too_far", { latest: "2029-11-21" }, "reviewOn");
    });
    expect(refused.problems).toEqual([problem(7, "reviewOn", "", "tool.review_too_far", { latest: "2029-11-21" })]);
    const broken = () => {
      throw new TypeError("broken");
    };
    expect(() => tried(record, broken)).toThrow("broken");
  });

  test("a choice of a form is a choice of the column", () => {
    const schema = z.object({ status: z.enum(["a", "b"], { error: "choose_status" }), note: paragraph(10) });
    const { problems } = tried(record, () => parseInput(schema, { status: "c", note: "n" }));
    expect(problems?.map(({ column, code }) => [column, code])).toEqual([["status", "import.not_a_choice"]]);
  });

  test("rows that repeat one are told which", () => {
    const lines = [3, 5, 9].map((row) => ({ key: row === 5 ? "b" : "a", record: { row, cells: { product: "P" } } }));
    const { lines: kept, problems } = withoutRepeats(lines, "product");
    expect(kept.map(({ record: { row } }) => row)).toEqual([3, 5]);
    expect(problems).toEqual([problem(9, "product", "P", "import.row_twice", { row: 3 })]);
    const read = { problems: [problem(9, null, "", "x")], notRead: [] };
    expect(planOf(read, [problem(2, null, "", "y")], []).problems.map(({ row }) => row)).toEqual([2, 9]);
  });
});

test("every value that a column may be has a word in English", () => {
  const t = translator("en") as unknown as Words;
  const wordless = IMPORT_KINDS.flatMap((kind) =>
    Object.entries(COLUMN_VALUES[kind]).flatMap(([column, values]) => {
      const { rows } = importSheet(
        { t, locale: "en" },
        kind,
        values.map((value) => ({ [column]: value })),
      );
      return values.filter((value, index) => rows[index]?.includes(value) && value.includes("_"));
    }),
  );
  expect(wordless).toEqual([]);
});
