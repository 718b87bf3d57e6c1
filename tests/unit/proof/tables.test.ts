import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { bagInfoText, manifestText, parseBagInfo, parseManifest } from "#lib/proof/bagit.ts";
import { csvText, parseCsv } from "#lib/proof/csv.ts";
import { sha256Hex } from "#lib/proof/hash.ts";
import { Malformed } from "#lib/proof/malformed.ts";
import { assemblePack, type UnreadFile } from "#lib/proof/pack.ts";
import { parseTablePair, type Table, tableCsv, tableJson } from "#lib/proof/tables.ts";

const AWKWARD = [
  "",
  " ",
  "a",
  "=1+1",
  "+1",
  "-1",
  "@a",
  "\tx",
  "\rx",
  "'",
  "'a",
  "'=1",
  "''=1",
  "''",
  "a=1",
  'say "hi"',
  '"',
  "a,b",
  "a\nb",
  "a\r\nb",
  '="x",y',
  "é",
  "🙂",
  "\uFEFFa",
  "\u2028",
];

describe("CSV", () => {
  test("gives back every cell exactly, whatever a spreadsheet would make of it", () => {
    const rows = [AWKWARD, [...AWKWARD].reverse()];
    expect(parseCsv(csvText(rows), "t")).toEqual(rows);
  });

  test("never begins a cell with what a spreadsheet runs", () => {
    const cells: string[][] = parse(csvText([AWKWARD]));
    expect(cells.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
  });

  test("guards with one apostrophe in front, on top of those already there", () => {
    expect(csvText([["=1", "'=1", "''=1", "'a"]])).toBe("'=1,''=1,'''=1,'a\r\n");
  });

  test("is read alike by another reader of RFC 4180", () => {
    const plain = AWKWARD.filter((cell) => !/^'*[=+\-@\t\r]/.test(cell));
    expect(parse(csvText([plain]))).toEqual([plain]);
  });

  test.each([
    ["a bare line feed", "a,b\n"],
    ["no line end", "a,b"],
    ["needless quotes", '"a",b\r\n'],
    ["a quote within a plain cell", 'a"b\r\n'],
    ["text after a closing quote", '"a,"b\r\n'],
    ["an open quote", '"a\r\n'],
    ["an unguarded formula", "=1\r\n"],
    ["a blank line at the end, read as a cell", "a\r\n\r"],
    ["a comma at the end", "a,"],
  ])("is refused with %s", (_, text) => {
    expect(() => parseCsv(text, "t")).toThrow(Malformed);
  });
});

describe("a table", () => {
  const table: Table = {
    columns: ["name", "count", "open"],
    rows: [
      ["=x", 1, true],
      [null, -2, false],
    ],
  };

  test("says the same as CSV and as JSON", () => {
    expect(tableCsv(table)).toBe("name,count,open\r\n'=x,1,true\r\n,'-2,false\r\n");
    expect(tableJson(table)).toBe(
      '[\n{"name":"=x","count":1,"open":true},\n{"name":null,"count":-2,"open":false}\n]\n',
    );
    expect(parseTablePair(tableCsv(table), tableJson(table), "t")).toEqual(table);
  });

  test("may be empty", () => {
    const empty = { columns: ["a"], rows: [] };
    expect(tableJson(empty)).toBe("[]\n");
    expect(parseTablePair(tableCsv(empty), tableJson(empty), "t")).toEqual(empty);
  });

  test.each<[string, Table]>([
    ["a fraction", { columns: ["a"], rows: [[0.5]] }],
    ["an integer beyond 2^53", { columns: ["a"], rows: [[2 ** 53]] }],
    ["two columns of one name", { columns: ["a", "a"], rows: [] }],
    ["a column that is a number", { columns: ["1"], rows: [] }],
    ["no columns", { columns: [], rows: [] }],
    ["a short row", { columns: ["a", "b"], rows: [["x"]] }],
    ["half of a surrogate pair", { columns: ["a"], rows: [["\ud800"]] }],
  ])("is refused with %s", (_, bad) => {
    expect(() => tableCsv(bad)).toThrow(Malformed);
    expect(() => tableJson(bad)).toThrow(Malformed);
  });
});

describe("a bag", () => {
  const hash = "ab".repeat(32);

  test("has a manifest sorted by bytes, in the form of sha256sum", () => {
    const text = manifestText(new Map(["data/b", "data/a/z", "data/a.txt"].map((path) => [path, hash])));
    expect(text).toBe(`${hash}  data/a.txt\n${hash}  data/a/z\n${hash}  data/b\n`);
    expect([...parseManifest(text, "m").keys()]).toEqual(["data/a.txt", "data/a/z", "data/b"]);
  });

  test.each(["../a", "data/../a", "data/./a", "/a", "a//b", "a/", "", "a b", "a\\b", "é", "a".repeat(151), "a\nb"])(
    "refuses the path %j",
    (path) => {
      expect(() => manifestText(new Map([[path, hash]]))).toThrow(Malformed);
    },
  );

  test("refuses paths that differ only in case", () => {
    expect(() =>
      manifestText(
        new Map([
          ["data/a", hash],
          ["data/A", hash],
        ]),
      ),
    ).toThrow(Malformed);
  });

  test.each([
    ["one space", `${hash} data/a\n`],
    ["upper-case hex", `${hash.toUpperCase()}  data/a\n`],
    ["a star for binary", `${hash} *data/a\n`],
    ["no last line feed", `${hash}  data/a`],
    ["a blank line", `${hash}  data/a\n\n`],
    ["a path twice", `${hash}  data/a\n${hash}  data/a\n`],
    ["lines out of order", `${hash}  data/b\n${hash}  data/a\n`],
  ])("refuses a manifest with %s", (_, text) => {
    expect(() => parseManifest(text, "m")).toThrow(Malformed);
  });

  test("says in bag-info.txt what it is, and nothing else", () => {
    const info = { externalIdentifier: "host/c/x/1@3", baggingDate: "2026-11-22", payloadBytes: 10, payloadFiles: 2 };
    expect(bagInfoText(info)).toBe("Bagging-Date: 2026-11-22\nExternal-Identifier: host/c/x/1@3\nPayload-Oxum: 10.2\n");
    expect(parseBagInfo(bagInfoText(info))).toEqual(info);
    expect(() => parseBagInfo(`${bagInfoText(info)}Contact-Name: x\n`)).toThrow(Malformed);
    expect(() => bagInfoText({ ...info, externalIdentifier: "a\nb" })).toThrow(Malformed);
  });

  test.each([
    ["a tag file in data/", { tagFiles: new Map([["data/x", new Uint8Array()]]) }],
    ["a tag file of the bag's own", { tagFiles: new Map([["bagit.txt", new Uint8Array()]]) }],
    ["a payload path that leads out", { payload: new Map([["../x", new Uint8Array()]]) }],
    [
      "case twins",
      {
        payload: new Map([
          ["x", new Uint8Array()],
          ["X", new Uint8Array()],
        ]),
      },
    ],
    ["a folder name with a slash", { folderName: "a/b" }],
    [
      "a path too long with its folder",
      { folderName: "f".repeat(60), payload: new Map([["p".repeat(100), new Uint8Array()]]) },
    ],
  ])("is not assembled with %s", (_, change) => {
    const parts = {
      folderName: "f",
      tagFiles: new Map<string, Uint8Array>(),
      payload: new Map<string, Uint8Array>(),
      externalIdentifier: "o@0",
      baggingDate: "2026-11-22",
      sign: () => ({ ssh: "", p256: new Uint8Array() }),
    };
    expect(() => assemblePack({ ...parts, ...change })).toThrow(Malformed);
  });

  test("is the same with a file that is read only when it is written, and refuses another in its place", async () => {
    const parts = {
      ...{ folderName: "f", tagFiles: new Map<string, Uint8Array>(), externalIdentifier: "o@0" },
      ...{ baggingDate: "2026-11-22", sign: () => ({ ssh: "", p256: new Uint8Array() }) },
    };
    const paper = Buffer.from("paper");
    const whole = assemblePack({ ...parts, payload: new Map([["a", paper]]) });
    const unread = (bytes: Uint8Array) => {
      const file: UnreadFile = { sha256: sha256Hex(paper), size: paper.length, read: async () => bytes };
      return assemblePack({ ...parts, payload: new Map([["a", file]]) }).entries;
    };
    const read = async (bytes: Uint8Array) =>
      Promise.all(
        unread(bytes).map(async (entry) => ({
          path: entry.path,
          bytes: entry.bytes instanceof Uint8Array ? entry.bytes : await entry.bytes(),
        })),
      );
    expect(await read(paper)).toEqual(whole.entries);
    await expect(read(Buffer.from("paPer"))).rejects.toThrow(Malformed);
    await expect(read(Buffer.from("paper!"))).rejects.toThrow(Malformed);
  });

  test("is assembled with its entries sorted below one folder", () => {
    const { entries } = assemblePack({
      folderName: "f",
      tagFiles: new Map([["START-HERE.pdf", new Uint8Array()]]),
      payload: new Map([
        ["b", new Uint8Array()],
        ["a", new Uint8Array()],
      ]),
      externalIdentifier: "o@0",
      baggingDate: "2026-11-22",
      sign: () => ({ ssh: "", p256: new Uint8Array() }),
    });
    expect(entries.map(({ path }) => path)).toEqual([
      "f/START-HERE.pdf",
      "f/bag-info.txt",
      "f/bagit.txt",
      "f/data/a",
      "f/data/b",
      "f/manifest-sha256.txt",
      "f/signatures/tagmanifest-sha256.txt.p256.sig",
      "f/signatures/tagmanifest-sha256.txt.sig",
      "f/tagmanifest-sha256.txt",
    ]);
  });
});
