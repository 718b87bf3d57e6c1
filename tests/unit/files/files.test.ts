import { describe, expect, test } from "vitest";
import { assertMayKeep, contentDispositionOf, mediaTypeOf } from "#lib/domain/files/rules.ts";
import { FILE_BYTES_MAX } from "#lib/domain/files/schema.ts";
import { Refusal } from "#lib/kernel/errors.ts";

const bytes = (...parts: Array<string | number[]>) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...new TextEncoder().encode(part)] : part)));
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

describe("what a file is, is told by its first bytes", () => {
  test.each<[string, Uint8Array, string | null]>([
    ["a PDF", bytes("%PDF-1.7\n"), "application/pdf"],
    ["a PNG", bytes(PNG, "IHDR"), "image/png"],
    ["a JPEG", bytes([0xff, 0xd8, 0xff, 0xe0], "JFIF"), "image/jpeg"],
    ["nothing", bytes(), null],
    ["half a signature", bytes("%PD"), null],
    ["a PDF in small letters", bytes("%pdf-1.7"), null],
    ["a PDF after a space", bytes(" %PDF-1.7"), null],
    ["a program", bytes("MZ", [0x90, 0]), null],
    ["an ELF program", bytes([0x7f], "ELF"), null],
    ["a script", bytes("#!/bin/sh\n"), null],
    ["a web page", bytes("<!doctype html>"), null],
    ["a drawing that can hold scripts", bytes("<svg xmlns='http://www.w3.org/2000/svg'/>"), null],
    ["an archive or office document", bytes("PK", [3, 4]), null],
    ["a GIF", bytes("GIF89a"), null],
    ["a workbook", bytes("PK", [3, 4], "[Content_Types].xml … xl/workbook.xml"), XLSX],
    ["an archive that names no workbook", bytes("PK", [3, 4], "[Content_Types].xml … word/document.xml"), null],
    ["a text about workbooks", bytes("[Content_Types].xml xl/workbook.xml"), null],
  ])("%s", (_, content, mediaType) => {
    expect(mediaTypeOf(content)).toBe(mediaType);
  });
});

describe("a file may be kept", () => {
  const code = (content: Uint8Array, use: "paper" | "proof" | "sheet") => {
    try {
      return assertMayKeep({ bytes: content }, use, "file");
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return [error.code, error.field, error.params];
    }
  };
  const padded = (size: number) => {
    const content = new Uint8Array(size);
    content.set(bytes("%PDF-1.7"));
    return content;
  };

  test("as a paper when it is a PDF, as a proof also when it is a picture", () => {
    expect([code(bytes("%PDF-1.7"), "paper"), code(bytes("%PDF-1.7"), "proof")]).toEqual([
      "application/pdf",
      "application/pdf",
    ]);
    expect(code(bytes(PNG), "proof")).toBe("image/png");
    expect(code(bytes(PNG), "paper")).toEqual(["file.not_a_paper", "file", {}]);
    expect(code(bytes("GIF89a"), "proof")).toEqual(["file.not_a_proof", "file", {}]);
  });

  test("as rows to import when it is a workbook or text, and nothing else is text for it", () => {
    const utf16 = Uint8Array.from([0xff, 0xfe, 0x61, 0x00, 0x2c, 0x00]);
    expect(code(bytes("PK", [3, 4], "[Content_Types].xml xl/workbook.xml"), "sheet")).toBe(XLSX);
    expect(code(bytes("vendor,product\nNorthwind,Scribe\n"), "sheet")).toBe("text/csv");
    expect(code(bytes("vendor;Größe\n"), "sheet")).toBe("text/csv");
    expect(code(Uint8Array.from([0x4d, 0xfc, 0x6c, 0x6c]), "sheet")).toBe("text/csv");
    expect(code(utf16, "sheet")).toBe("text/csv");
    const refused = ["file.not_a_sheet", "file", {}];
    for (const other of [bytes("%PDF-1.7"), bytes(PNG), bytes("PK", [3, 4], "anything"), bytes("a", [0], "b")]) {
      expect(code(other, "sheet")).toEqual(refused);
    }
    expect(code(Uint8Array.from([0xff, 0xfe, 0x00, 0x00]), "sheet")).toEqual(refused);
    expect(code(bytes("vendor,product"), "proof")).toEqual(["file.not_a_proof", "file", {}]);
  });

  test("up to 20 MB to the byte, and not when it is empty", () => {
    expect(code(padded(FILE_BYTES_MAX), "paper")).toBe("application/pdf");
    expect(code(padded(FILE_BYTES_MAX + 1), "paper")).toEqual([
      ...["file.too_large", "file"],
      { megabytes: 21, max: 20 },
    ]);
    expect(code(bytes(), "proof")).toEqual(["file.empty", "file", {}]);
  });
});

describe("the name under which a file is saved", () => {
  test.each<[string, string, string]>([
    ["baa.pdf", "baa.pdf", "baa.pdf"],
    ["BAA 2026 (signed).pdf", "BAA 2026 (signed).pdf", "BAA%202026%20%28signed%29.pdf"],
    ["Verträge – 契約🙂.pdf", "Vertr_ge _ ____.pdf", "Vertr%C3%A4ge%20%E2%80%93%20%E5%A5%91%E7%B4%84%F0%9F%99%82.pdf"],
    ['a"; filename="evil.exe', "a__ filename=_evil.exe", "a%22%3B%20filename%3D%22evil.exe"],
    ["a\r\nX-Evil: 1", "a__X-Evil_ 1", "a%0D%0AX-Evil%3A%201"],
    ["..\\..\\boot.ini", ".._.._boot.ini", "..%5C..%5Cboot.ini"],
    ["../../etc/passwd", ".._.._etc_passwd", "..%2F..%2Fetc%2Fpasswd"],
    ["100%25.pdf", "100_25.pdf", "100%2525.pdf"],
    ["it's*!.pdf", "it's_!.pdf", "it%27s%2A%21.pdf"],
    ["half \ud83d a pair", "half _ a pair", "half%20%EF%BF%BD%20a%20pair"],
  ])("%j can't break out of its header", (name, plain, encoded) => {
    const header = contentDispositionOf(name);
    expect(header).toBe(`attachment; filename="${plain}"; filename*=UTF-8''${encoded}`);
    expect(header).toMatch(/^[\x20-\x7e]+$/);
    expect(() => new Headers({ "Content-Disposition": header })).not.toThrow();
    expect(decodeURIComponent(encoded)).toBe(name.toWellFormed());
  });
});
