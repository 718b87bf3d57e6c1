import { Buffer } from "node:buffer";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import yazl from "yazl";
import { Refusal } from "#lib/kernel/errors.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";
import { readTable } from "#lib/platform/spreadsheet/read-table.ts";
import { writeXlsx } from "#lib/platform/spreadsheet/write-xlsx.ts";

const text = (value: string) => new TextEncoder().encode(value);
const cellsOf = async (bytes: Uint8Array) => (await readTable(bytes)).rows.map(({ cells }) => cells);
const codeOf = async (bytes: Uint8Array, options = {}) => {
  const error = await readTable(bytes, options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Refusal);
  return (error as Refusal).code;
};

const TABLE = [
  ["Tool", "Vendor"],
  ["ChatGPT", "OpenAI"],
];

describe("a CSV file", () => {
  test.each([
    ["commas and CRLF", "Tool,Vendor\r\nChatGPT,OpenAI\r\n"],
    ["semicolons", "Tool;Vendor\nChatGPT;OpenAI\n"],
    ["tabs", "Tool\tVendor\nChatGPT\tOpenAI\n"],
    ["CR alone, as an old Mac writes", "Tool,Vendor\rChatGPT,OpenAI\r"],
    ["a mark for UTF-8", "\ufeffTool,Vendor\nChatGPT,OpenAI"],
    ["a line that names the delimiter", "sep=;\r\nTool;Vendor\r\nChatGPT;OpenAI\r\n"],
    ["quotes around everything", '"Tool","Vendor"\n"ChatGPT","OpenAI"\n'],
    ["empty cells at the end of rows", "Tool,Vendor,,\nChatGPT,OpenAI,,\n"],
    ["empty rows", "Tool,Vendor\n\n,,\nChatGPT,OpenAI\n \n"],
  ])("with %s is read", async (_, file) => {
    expect(await cellsOf(text(file))).toEqual(TABLE);
  });

  test.each([
    ["semicolons, with commas inside", "Tool;Terms, if any\nChatGPT;a, b, c\nClaude;d\n", ";"],
    ["commas, with a semicolon in each row", "Tool,Why\nA,x; y\nB,x; z\n", ","],
    ["one column", "Tool\nChatGPT\n", ","],
    ["tabs, with commas in the header", "Tool\tWhy, in short\nA\tx\n", "\t"],
  ])("with %s has the right delimiter", async (_, file, delimiter) => {
    expect(await readTable(text(file))).toMatchObject({ kind: "csv", delimiter });
  });

  test("keeps quotes, delimiters and new lines within a cell, and the number of each row", async () => {
    const file = 'Tool,Why\r\n"a ""b"", c","one\ntwo\r\nthree"\r\n\r\nlast,"\r\n"\r\n';
    expect((await readTable(text(file))).rows).toEqual([
      { number: 1, cells: ["Tool", "Why"] },
      { number: 2, cells: ['a "b", c', "one\ntwo\r\nthree"] },
      { number: 4, cells: ["last", "\r\n"] },
    ]);
  });

  test("may have rows of different lengths, which are told as they are", async () => {
    expect(await cellsOf(text("a,b,c\n1\n1,2,3,4\n"))).toEqual([["a", "b", "c"], ["1"], ["1", "2", "3", "4"]]);
  });

  test("may have a quotation mark in the middle of a cell", async () => {
    expect(await cellsOf(text('a,b\n5" tablet,x\n'))).toEqual([
      ["a", "b"],
      ['5" tablet', "x"],
    ]);
  });

  test("in UTF-16, as Excel's Unicode text, is read", async () => {
    const bytes = Buffer.from("\ufeffTool\tVendor\r\nChatGPT\tMuñoz\r\n", "utf16le");
    expect(await readTable(bytes)).toMatchObject({ encoding: "utf-16", delimiter: "\t" });
    expect((await cellsOf(bytes))[1]).toEqual(["ChatGPT", "Muñoz"]);
  });

  test("that is no UTF-8 is taken for windows-1252, and says so", async () => {
    const bytes = Buffer.from("Tool,Vendor\nCaf\xe9 \x80,Mu\xf1oz\n", "latin1");
    const read = await readTable(bytes);
    expect(read).toMatchObject({ encoding: "windows-1252" });
    expect(read.rows[1]?.cells).toEqual(["Café €", "Muñoz"]);
  });

  test("whose quotation mark is never closed names the row", async () => {
    const error = await readTable(text('a,b\n1,2\n"3,4\n5,6\n')).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "spreadsheet.unclosed_quote", params: { row: 3 } });
  });

  test(`may have ${LIST_ROWS_MAX} rows below its header, and not one more`, async () => {
    const file = `a\n${"x\n".repeat(LIST_ROWS_MAX)}`;
    expect((await readTable(text(file))).rows).toHaveLength(LIST_ROWS_MAX + 1);
    expect(await codeOf(text(`${file}x\n`))).toBe("spreadsheet.too_many_rows");
  });

  test("may have 60 columns, and not one more", async () => {
    expect((await cellsOf(text("x,".repeat(59).concat("x"))))[0]).toHaveLength(60);
    expect(await codeOf(text("x,".repeat(60).concat("x")))).toBe("spreadsheet.too_many_columns");
  });

  test.each([
    ["nothing", "", "spreadsheet.empty"],
    ["blanks", " \n\n,,\n", "spreadsheet.empty"],
    ["a web page", "<!doctype html><table><tr><td>a</td></tr></table>", "spreadsheet.not_a_table"],
    ["zero bytes", "a,b\n\0\0\n", "spreadsheet.not_a_table"],
    ["more than 10 MB", "x".repeat(10_000_001), "spreadsheet.too_big"],
    ["millions of empty rows", ",\n".repeat(400_000), "spreadsheet.too_many_rows"],
  ])("with %s is refused", async (_, file, code) => {
    expect(await codeOf(text(file))).toBe(code);
  });
});

type Parts = Readonly<Record<string, string>>;

const NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** A workbook as another program might write it, with one sheet or two. */
function workbookOf(rows: string, more: Parts = {}): Promise<Buffer> {
  return zipOf({
    "[Content_Types].xml":
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    "xl/workbook.xml": `<workbook ${NAMESPACE} xmlns:r="${RELATIONS}"><sheets><sheet name="First" sheetId="1" r:id="rId1"/><sheet name="Second" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="${RELATIONS}/styles" Target="styles.xml"/><Relationship Id="rId4" Type="${RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    "xl/styles.xml": `<styleSheet ${NAMESPACE}><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    "xl/sharedStrings.xml": `<sst ${NAMESPACE}><si><t>shared</t></si><si><r><t>rich </t></r><r><t>text</t></r></si></sst>`,
    "xl/worksheets/sheet1.xml": `<worksheet ${NAMESPACE}><sheetData>${rows}</sheetData></worksheet>`,
    "xl/worksheets/sheet2.xml": `<worksheet ${NAMESPACE}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>second</t></is></c></row></sheetData></worksheet>`,
    ...more,
  });
}

function zipOf(parts: Parts): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [path, part] of Object.entries(parts)) zip.addBuffer(Buffer.from(part), path);
  zip.end();
  return buffer(zip.outputStream as Readable);
}

const cell = (place: string, value: string) => `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`;

describe("an XLSX file", () => {
  test("of another program is read: texts of each kind, numbers, truth values, formulas' results, dates", async () => {
    const row = [
      '<c r="A1" t="s"><v>0</v></c>',
      '<c r="B1" t="s"><v>1</v></c>',
      '<c r="C1"><v>1234.5</v></c>',
      '<c r="D1" t="b"><v>1</v></c>',
      '<c r="E1" t="str"><f>A1&amp;"x"</f><v>sharedx</v></c>',
      '<c r="F1"><f>1+1</f><v>2</v></c>',
      '<c r="G1" s="1"><v>46084</v></c>',
      '<c r="H1" s="2"><v>46084.5</v></c>',
      '<c r="J1" t="e"><v>#N/A</v></c>',
      cell("K1", "line one&#10;two"),
    ].join("");
    const [read] = await cellsOf(await workbookOf(`<row r="1">${row}</row>`));
    expect(read?.slice(0, 8)).toEqual([
      ...["shared", "rich text", "1234.5", "TRUE", "sharedx", "2"],
      ...["2026-03-03", "2026-03-03T12:00:00"],
    ]);
    expect(read?.[8]).toBe("");
    expect(read?.[10]).toBe("line one\ntwo");
  });

  test("keeps the numbers of its rows, and leaves empty ones out", async () => {
    const rows = `<row r="2">${cell("B2", "a")}</row><row r="3"><c r="A3" s="1"/></row><row r="5">${cell("A5", " ")}</row><row r="9">${cell("A9", "b")}</row>`;
    expect((await readTable(await workbookOf(rows))).rows).toEqual([
      { number: 2, cells: ["", "a"] },
      { number: 9, cells: ["b"] },
    ]);
  });

  test("gives the sheet that is asked for, else its first", async () => {
    const bytes = await workbookOf(`<row r="1">${cell("A1", "first")}</row>`);
    expect((await readTable(bytes)).rows[0]?.cells).toEqual(["first"]);
    expect((await readTable(bytes, { sheet: "Second" })).rows[0]?.cells).toEqual(["second"]);
    expect(await codeOf(bytes, { sheet: "Third" })).toBe("spreadsheet.no_such_sheet");
  });

  test("painted far beyond its last cell is no longer for it", async () => {
    const rows = `<row r="1">${cell("A1", "a")}<c r="XFD1" s="1"/></row><row r="900000"><c r="A900000" s="1"/></row>`;
    expect(await cellsOf(await workbookOf(rows))).toEqual([["a"]]);
  });

  test.each([
    ["a cell in row 20,002", `<row r="20002">${cell("A20002", "a")}</row>`, "spreadsheet.too_many_rows"],
    ["a cell in column 61", `<row r="1">${cell("BI1", "a")}</row>`, "spreadsheet.too_many_columns"],
    ["a cell in the furthest corner", `<row r="1048576">${cell("XFD1048576", "a")}</row>`, "spreadsheet.too_many_rows"],
    ["a row beyond Excel's last", '<row r="9999999"></row>', "spreadsheet.damaged"],
    ["a far cell behind an entity", '<row r="1"><c r="&#88;FD1"><v>1</v></c></row>', "spreadsheet.damaged"],
    ["a far cell behind a bracket", '<row r="1"><c a="&gt;" b=">" r="XFD1"><v>1</v></c></row>', "spreadsheet.damaged"],
    ["a far cell behind another bracket", '<row r="1"><c a="<" r="XFD1"><v>1</v></c></row>', "spreadsheet.damaged"],
    [
      "cells out of order",
      `<row r="2">${cell("A2", "a")}</row><row r="1">${cell("A1", "a")}</row>`,
      "spreadsheet.damaged",
    ],
    ["a text that isn't there", '<row r="1"><c r="A1" t="s"><v>7</v></c></row>', "spreadsheet.damaged"],
    ["nothing in it", "", "spreadsheet.empty"],
  ])("with %s is refused", async (_, rows, code) => {
    expect(await codeOf(await workbookOf(rows))).toBe(code);
  });

  test("that declares entities is refused", async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><sst ${NAMESPACE}><si><t>&a;</t></si></sst>`;
    expect(await codeOf(await workbookOf("", { "xl/sharedStrings.xml": bomb }))).toBe("spreadsheet.damaged");
  });

  test("that unpacks to more than a workbook of this size has is refused", async () => {
    const bytes = await workbookOf("", { "xl/worksheets/sheet2.xml": " ".repeat(130_000_000) });
    expect(bytes.length).toBeLessThan(1_000_000);
    expect(await codeOf(bytes)).toBe("spreadsheet.too_big_unpacked");
  });

  test("that unpacks to more than it says is refused", async () => {
    const bytes = await workbookOf(`<row r="1">${cell("A1", "a".repeat(50_000))}</row>`);
    for (let at = bytes.indexOf("PK\x01\x02"); at >= 0; at = bytes.indexOf("PK\x01\x02", at + 4)) {
      if (bytes.readUInt32LE(at + 24) > 40_000) bytes.writeUInt32LE(100, at + 24);
    }
    expect(await codeOf(bytes)).toBe("spreadsheet.damaged");
  });

  test("that ends in the middle is refused", async () => {
    const bytes = await writeXlsx({ name: "x", columns: [{ header: "a" }], rows: [["b"]] });
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      expect(await codeOf(bytes.slice(0, Math.floor(bytes.length * share)))).toBe("spreadsheet.damaged");
    }
  });
});

test.each([
  [
    "an old Excel file, or one with a password",
    [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    "spreadsheet.old_or_locked",
  ],
  ["a picture", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13], "spreadsheet.not_a_table"],
  ["a PDF", [...text("%PDF-1.7\n%âãÏÓ\n1 0 obj\n")], "spreadsheet.not_a_table"],
])("%s is refused for what it is", async (_, bytes, code) => {
  expect(await codeOf(new Uint8Array(bytes))).toBe(code);
});

test("a ZIP that is no workbook is refused for what it is", async () => {
  expect(await codeOf(await zipOf({ "word/document.xml": "<w/>" }))).toBe("spreadsheet.not_a_table");
});
