import { describe, expect, test } from "vitest";
import { readTable } from "#lib/platform/spreadsheet/read-table.ts";
import type { Sheet } from "#lib/platform/spreadsheet/sheet.ts";
import { writeCsv } from "#lib/platform/spreadsheet/write-csv.ts";
import { writeXlsx } from "#lib/platform/spreadsheet/write-xlsx.ts";

const WRITERS = [
  ["csv", async (sheet: Sheet) => writeCsv(sheet)],
  ["xlsx", writeXlsx],
] as const;

// What runs as a formula, what reads as guarded already, what quoting, XML and the two libraries stumble over.
const HOSTILE = [
  ...[
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "\ufeff=1",
  ],
  ...["'=1+1", "''=1", "'+", "'\t", "' =1", "'＝1", "'", "''", "'quoted'", "it's"],
  ...['a"b', '"', '""', "a,b;c\td", "sep=,", "a\r\nb", "a\nb", "a\rb", "a\n", "<a href='x'>&amp;</a>", "]]>", "&#13;"],
  ...["_x000D_", "_x005F_", "_x005F_x000D_", "__x0041__", "_x00e9_"],
  ...["constructor", "__proto__", "toString", "hasOwnProperty"],
  ...[
    "\u0001\b\u001f",
    "\u007f\u0085\u2028",
    "\ufffd\uffff\u{1ffff}",
    "\ufeff",
    "🙂👩🏽‍⚕️",
    "Muñoz é",
    " lead",
    "trail ",
    "  ",
  ],
  ...["001", "1e5", "12345678901234567890", "TRUE", "2026-03-03", "03/04/2026", "#N/A", "=cmd|' /C calc'!A0"],
  ...['=HYPERLINK("http://x.example","a")', "x".repeat(32_767)],
];

function sheetOf(rows: readonly (readonly string[])[], width: number): Sheet {
  const columns = Array.from({ length: width }, (_, index) => ({ header: `Column ${index + 1}` }));
  return { name: "Tools", columns, rows };
}

describe.each(WRITERS)("a table written as %s", (kind, write) => {
  test.each(HOSTILE.map((text) => [JSON.stringify(text.slice(0, 40)), text]))("gives back %s", async (_, text) => {
    const read = await readTable(await write(sheetOf([[text, "end"]], 2)));
    expect(read.kind).toBe(kind);
    expect(read.rows.map(({ cells }) => cells)).toEqual([
      ["Column 1", "Column 2"],
      [text, "end"],
    ]);
  });

  test("gives back a thousand texts made of what is dangerous", async () => {
    const rows = Array.from({ length: 250 }, (_, row) => [
      `row ${row}`,
      ...[1, 2, 3, 4].map((seed) => made(row * 7 + seed)),
      "end",
    ]);
    const read = await readTable(await write(sheetOf(rows, 6)));
    expect(read.rows.slice(1).map(({ cells }) => cells)).toEqual(rows);
  });

  test("gives back headings that look like formulas", async () => {
    const sheet = { name: "=1", columns: [{ header: "=a" }, { header: "'=a" }, { header: "@" }], rows: [] };
    expect((await readTable(await write(sheet))).rows).toEqual([{ number: 1, cells: ["=a", "'=a", "@"] }]);
  });

  test("keeps numbers and dates what they are, and whatever isn't one as text", async () => {
    const columns = [{ header: "n", as: "number" as const }, { header: "d", as: "date" as const }, { header: "t" }];
    const rows = [
      ["-5", "2026-02-28", "end"],
      ["0.5", "2024-02-29", "end"],
      ["=1+1", "2026-02-30", "end"],
      ["", "", "end"],
      ["007", "soon", "end"],
      ["123456789012345678", "1899-12-31", "end"],
    ];
    const read = await readTable(await write({ name: "x", columns, rows }));
    expect(read.rows.slice(1).map(({ cells }) => cells)).toEqual(rows);
  });

  test("says half a character as the sign for it, instead of breaking the file", async () => {
    const read = await readTable(await write(sheetOf([["a\ud800b", "end"]], 2)));
    expect(read.rows[1]?.cells[0]).toBe("a\ufffdb");
  });
});

const ALPHABET = [..."=+-@'\t\r\n ,;\"", "＝", "_x000D_", "a", "é", "🙂", "\u0001", "<", "&"];

/** A text of up to eight signs, the same for the same number. */
function made(seed: number): string {
  let state = (seed * 2_654_435_761) >>> 0;
  const next = () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
  return Array.from({ length: next() % 9 }, () => ALPHABET[next() % ALPHABET.length]).join("");
}

describe("what a spreadsheet gets to see", () => {
  const csvOf = (text: string, as?: "number") =>
    new TextDecoder().decode(writeCsv({ name: "x", columns: [{ header: "a", as }], rows: [[text]] })).slice(1);

  test.each(["=1", "+1", "-1", "@a", "\t1", "\n1", "  =1", "＝1", "\u3000@a", "'=1"])(
    "in CSV %j begins with an apostrophe",
    (text) => {
      expect(csvOf(text).replace(/^\r\n"?/, "")).toMatch(/^'/);
    },
  );

  test("in CSV a number below zero is a number", () => {
    expect(csvOf("-5", "number")).toBe("\r\n-5\r\n");
  });

  test("in CSV what only claims to be a number is guarded", () => {
    expect(csvOf("-5+cmd|' /C calc'!A0", "number")).toMatch(/^\r\n'-5/);
  });

  test("CSV begins with the mark by which Excel knows UTF-8", () => {
    expect([...writeCsv(sheetOf([], 1)).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  test("a text longer than Excel takes is cut and says so", async () => {
    const read = await readTable(await writeXlsx(sheetOf([["x".repeat(40_000), "end"]], 2)));
    expect(read.rows[1]?.cells[0]).toBe(`${"x".repeat(32_766)}…`);
  });

  test.each(["Tools [2026]: all/none?*", "x".repeat(200), "", "'", "🙂".repeat(40)])(
    "a sheet may be named after a list called %j",
    async (name) => {
      await expect(writeXlsx({ ...sheetOf([["a"]], 1), name })).resolves.toBeInstanceOf(Uint8Array);
    },
  );
});
