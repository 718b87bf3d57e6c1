import { Buffer } from "node:buffer";
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, describe, expect, test } from "vitest";
import { readZip, UnsafeZip } from "#lib/platform/zip/read-zip.ts";
import { writeZip } from "#lib/platform/zip/write-zip.ts";
import { HAS_PYTHON, runVerifyPy } from "#tests/support/both-verifiers.ts";
import { type CraftedEntry, craftZip } from "#tests/support/crafted-zip.ts";

const folder = mkdtempSync(path.join(tmpdir(), "wardbook-zip-"));
const timeZone = process.env.TZ;

afterEach(() => {
  if (timeZone === undefined) delete process.env.TZ;
  else process.env.TZ = timeZone;
});

const entries = [
  { path: "f/b.txt", bytes: Buffer.from("b".repeat(10_000)) },
  { path: "f/a/c.txt", bytes: Buffer.from("") },
  { path: "f/B.txt", bytes: Buffer.from("upper") },
];

async function written(name: string, zone: string, time?: Date): Promise<Buffer> {
  process.env.TZ = zone;
  const file = path.join(folder, name);
  await writeZip(file, entries, time);
  return readFileSync(file);
}

describe("a written ZIP", () => {
  test.each([
    ["the default time", undefined],
    ["a time that New York's clocks skipped", new Date("2026-03-08T02:30:00Z")],
    ["a time on another day there", new Date("2026-11-22T03:15:30Z")],
  ])("is the same bytes in every time zone, with %s", async (_, time) => {
    const utc = await written("utc.zip", "UTC", time);
    for (const zone of ["America/New_York", "Asia/Tokyo", "Pacific/Apia"]) {
      expect((await written(`${zone.replace("/", "-")}.zip`, zone, time)).equals(utc)).toBe(true);
    }
  });

  test("is the same bytes whatever the order in which its entries come", async () => {
    const straight = await written("straight.zip", "UTC");
    const file = path.join(folder, "reversed.zip");
    await writeZip(file, [...entries].reverse());
    expect(readFileSync(file).equals(straight)).toBe(true);
  });

  test("is read back entry by entry, sorted by path", async () => {
    await written("back.zip", "UTC");
    const files = await readZip(path.join(folder, "back.zip"));
    expect([...files.keys()]).toEqual(["f/B.txt", "f/a/c.txt", "f/b.txt"]);
    expect(files.get("f/b.txt")?.toString()).toBe("b".repeat(10_000));
  });

  test.skipIf(spawnSync("unzip", ["-v"]).status !== 0)(
    "passes the test of unzip and shows the given time in UTC",
    async () => {
      await written("listed.zip", "America/New_York", new Date("2026-11-22T03:15:30Z"));
      expect(spawnSync("unzip", ["-t", path.join(folder, "listed.zip")]).status).toBe(0);
      const listing = spawnSync("unzip", ["-l", path.join(folder, "listed.zip")], { encoding: "utf8" }).stdout;
      expect(listing).toContain("2026-11-22 03:15");
    },
  );

  test("reads an entry when those before it are written, and is the same bytes each time", async () => {
    const file = path.join(folder, "read.zip");
    const noise = Array.from({ length: 3 }, () => randomBytes(2_000_000));
    const found: number[] = [];
    const read = (bytes: Uint8Array) => async () => {
      found.push(statSync(file, { throwIfNoEntry: false })?.size ?? 0);
      return bytes;
    };
    const lazy = noise.map((bytes, index) => ({ path: `f/${index}`, bytes: read(bytes) }));
    await writeZip(file, lazy);
    expect(found.map((size) => Math.round(size / 2_000_000))).toEqual([0, 1, 2]);
    const files = await readZip(file);
    expect([...files.values()].map((bytes, index) => bytes.equals(noise[index] ?? Buffer.of()))).toEqual([
      ...[true, true, true],
    ]);
    const first = readFileSync(file);
    await writeZip(file, lazy);
    expect(readFileSync(file).equals(first)).toBe(true);
  });

  test("of which an entry can't be read is not written, and says why", async () => {
    const broken = { path: "f/b", bytes: () => Promise.reject(new Error("the paper is gone")) };
    const writing = writeZip(path.join(folder, "broken.zip"), [...entries, broken, { ...broken, path: "f/z" }]);
    await expect(writing).rejects.toThrow("the paper is gone");
  });

  test("never holds two entries of one path", async () => {
    const twice = [
      { path: "f/a", bytes: Buffer.from("1") },
      { path: "f/a", bytes: Buffer.from("2") },
    ];
    await expect(writeZip(path.join(folder, "twice.zip"), twice)).rejects.toThrow(RangeError);
  });
});

describe("a ZIP is refused, here and by verify.py, when", () => {
  const plain: CraftedEntry = { name: "f/a.txt", bytes: Buffer.from("hello") };
  const big = { name: "f/big", bytes: Buffer.alloc(5_000_000), deflate: true };

  test.each<[string, Buffer]>([
    ["it has two entries of one name", craftZip([plain, { ...plain, bytes: Buffer.from("other") }])],
    ["an entry leads out of its folder", craftZip([plain, { ...plain, name: "f/../../a.txt" }])],
    ["an entry has an absolute path", craftZip([plain, { ...plain, name: "/a.txt" }])],
    ["an entry names a drive", craftZip([plain, { ...plain, name: "C:/a.txt" }])],
    ["an entry has a backslash", craftZip([plain, { ...plain, name: "f\\a.txt" }])],
    ["an entry has a NUL in its name", craftZip([plain, { ...plain, name: "f/a.txt\0.pdf" }])],
    [
      "an entry is a symbolic link",
      craftZip([plain, { name: "f/link", bytes: Buffer.from("/etc/hosts"), mode: 0o120777 }]),
    ],
    ["an entry is a device", craftZip([plain, { ...plain, name: "f/device", mode: 0o020644 }])],
    ["an entry says it is encrypted", craftZip([{ ...plain, flags: 1 }])],
    ["its two headers name an entry differently", craftZip([{ ...plain, localName: "f/b.txt" }])],
    ["an entry's checksum is wrong", craftZip([{ ...plain, crc: 1 }])],
    ["an entry unpacks to more than it states", craftZip([{ ...big, size: 10 }])],
    ["an entry unpacks to less than it states", craftZip([{ ...big, size: 6_000_000 }])],
    ["an entry states more than the limit", craftZip([{ ...big, size: 0xfffffffe }])],
    ["bytes stand before its first entry", craftZip([plain], { before: Buffer.from("MZ a program") })],
    ["it has a comment", craftZip([plain], { comment: "hello" })],
    ["bytes follow it", Buffer.concat([craftZip([plain]), Buffer.from("tail")])],
    ["it is cut short", craftZip([plain]).subarray(0, -10)],
    ["it has no entry", craftZip([])],
    ["it is no ZIP", Buffer.from("%PDF-1.7")],
    ["it is empty", Buffer.alloc(0)],
  ])("%s", async (_, bytes) => {
    const file = path.join(folder, "crafted.zip");
    writeFileSync(file, bytes);
    await expect(readZip(file)).rejects.toThrow(UnsafeZip);
    if (!HAS_PYTHON) return;
    const python = runVerifyPy([file]);
    expect(python.exitCode).toBe(1);
    expect(python.output).not.toContain("Traceback");
    expect(python.output.trim().split("\n")).toHaveLength(1);
  });

  test("it unpacks to more than the limit it is read with, or has more entries", async () => {
    const file = path.join(folder, "limits.zip");
    writeFileSync(file, craftZip([big, { ...big, name: "f/big2" }]));
    await expect(readZip(file, { entriesMax: 10, bytesMax: 9_000_000 })).rejects.toThrow(/unpacks to more than/);
    await expect(readZip(file, { entriesMax: 1, bytesMax: 20_000_000 })).rejects.toThrow(/more than 1 entries/);
    expect((await readZip(file)).size).toBe(2);
  });
});

test("folders that another program put into a ZIP are passed over", async () => {
  const file = path.join(folder, "folders.zip");
  writeFileSync(
    file,
    craftZip([
      { name: "f/", bytes: Buffer.alloc(0), mode: 0o040755 },
      { name: "f/a.txt", bytes: Buffer.from("x") },
    ]),
  );
  expect([...(await readZip(file)).keys()]).toEqual(["f/a.txt"]);
});
