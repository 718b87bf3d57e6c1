import { describe, expect, test } from "vitest";
import { z } from "zod";
import { BROWSER_ENTRIES_MAX, renderBlockList } from "#lib/domain/tools/block-list/rules.ts";
import { BLOCK_LIST_FORMATS, type BlockList, type BlockListFormat } from "#lib/domain/tools/block-list/schema.ts";

const tool = { toolId: "tool-1", vendor: "Northwind", product: "Northwind Chat", surface: "Enterprise" };
const host = (name: string) => ({
  hostname: name.replace("*.", ""),
  wildcard: name.startsWith("*."),
  because: [],
  verified: true,
});
const listOf = (names: readonly string[], leftOut: BlockList["leftOut"] = []): BlockList => ({
  listed: names.map(host),
  leftOut,
});
const AT = new Date("2026-11-22T05:57:40.000Z");
const EMPTY = listOf([]);
const SOME = listOf(
  ["*.bad.example", "chat.deepseek.com", "deepseek.com", "www.worse.example"],
  [
    { ...host("chat.example"), reason: "shared_with_approved", instead: "chat-accounts", keptBy: [tool, tool, tool] },
    { ...host("*.cloud.example"), reason: "carries_much_else", instead: "browser-path", keptBy: [] },
  ],
);
const PATTERN = /^(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*$/;
/** What Chrome's policy template asks of the value: a list of strings; here each a host, at most 1,000. */
const UrlBlocklistPolicy = z.strictObject({ URLBlocklist: z.array(z.string().regex(PATTERN)).max(1000) });

function fileOf(format: BlockListFormat, list: BlockList, clinicName = "Harbor Family Clinic") {
  return renderBlockList(format, list, { clinicName, at: AT });
}
function textOf(format: BlockListFormat, list: BlockList, clinicName?: string): string {
  const { bytes } = fileOf(format, list, clinicName);
  return new TextDecoder(format.endsWith("-reg") ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes);
}
/** Lines that a filter reads: neither empty nor a comment. */
function rulesOf(format: BlockListFormat, list: BlockList): string[] {
  const mark = { adguard: "!", rpz: ";" }[format as string] ?? "#";
  return textOf(format, list)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith(mark));
}

describe("Some names as a file for", () => {
  test("Chrome and Edge, as policy JSON: without what a name above it covers", () => {
    for (const format of ["chrome-json", "edge-json"] as const) {
      expect(textOf(format, SOME)).toMatchInlineSnapshot(`
        "{
          "URLBlocklist": [
            "bad.example",
            "deepseek.com",
            "www.worse.example"
          ]
        }
        "
      `);
    }
  });

  test("Chrome in the registry", () => {
    expect(textOf("chrome-reg", SOME).replaceAll("\r", "")).toMatchInlineSnapshot(`
      "Windows Registry Editor Version 5.00

      ; Block list of Harbor Family Clinic as of 2026-11-22T05:57:40.000Z, made by Wardbook from the clinic's register.
      ; This replaces the whole list under the key below.
      ;
      ; Left out (2), with what to do instead; Wardbook explains each:
      ; - chat.example: needed by what is approved: Northwind Chat, Enterprise and 2 more; instead: chat-accounts
      ; - *.cloud.example: carries much that nobody prohibited; instead: browser-path

      [-HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Google\\Chrome\\URLBlocklist]

      [HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Google\\Chrome\\URLBlocklist]
      "1"="bad.example"
      "2"="deepseek.com"
      "3"="www.worse.example"

      "
    `);
  });

  test("a hosts file: each name with its www., and wildcards only as notes", () => {
    expect(textOf("hosts", SOME)).toMatchInlineSnapshot(`
      "# Block list of Harbor Family Clinic as of 2026-11-22T05:57:40.000Z, made by Wardbook from the clinic's register.
      # A hosts file blocks only the names in it, none below them; a DNS filter does both.
      #
      # Not written (1):
      # - *.bad.example: this format knows no wildcards
      #
      # Left out (2), with what to do instead; Wardbook explains each:
      # - chat.example: needed by what is approved: Northwind Chat, Enterprise and 2 more; instead: chat-accounts
      # - *.cloud.example: carries much that nobody prohibited; instead: browser-path

      0.0.0.0 chat.deepseek.com
      0.0.0.0 deepseek.com
      0.0.0.0 www.chat.deepseek.com
      0.0.0.0 www.deepseek.com
      0.0.0.0 www.worse.example
      "
    `);
    expect(fileOf("hosts", SOME).notWritten).toEqual([{ hostname: "bad.example", wildcard: true, reason: "wildcard" }]);
  });

  test("AdGuard and Pi-hole", () => {
    expect(textOf("adguard", SOME)).toMatchInlineSnapshot(`
      "! Title: Block list
      ! Block list of Harbor Family Clinic as of 2026-11-22T05:57:40.000Z, made by Wardbook from the clinic's register.
      ! For AdGuard Home, AdGuard DNS and Pi-hole. Each rule blocks a name and all below it.
      ! A browser that asks another DNS server over HTTPS goes around it: set its policy DnsOverHttpsMode to off.
      !
      ! Left out (2), with what to do instead; Wardbook explains each:
      ! - chat.example: needed by what is approved: Northwind Chat, Enterprise and 2 more; instead: chat-accounts
      ! - *.cloud.example: carries much that nobody prohibited; instead: browser-path
      ||bad.example^
      ||deepseek.com^
      ||www.worse.example^
      "
    `);
  });

  test("dnsmasq", () => {
    expect(textOf("dnsmasq", SOME)).toMatchInlineSnapshot(`
      "# Block list of Harbor Family Clinic as of 2026-11-22T05:57:40.000Z, made by Wardbook from the clinic's register.
      # Name it in conf-file=, or in servers-file=, which dnsmasq reads again on SIGHUP. A name and all below it don't exist.
      # A browser that asks another DNS server over HTTPS goes around it: set its policy DnsOverHttpsMode to off.
      #
      # Left out (2), with what to do instead; Wardbook explains each:
      # - chat.example: needed by what is approved: Northwind Chat, Enterprise and 2 more; instead: chat-accounts
      # - *.cloud.example: carries much that nobody prohibited; instead: browser-path

      server=/bad.example/
      server=/deepseek.com/
      server=/www.worse.example/
      "
    `);
  });

  test("BIND and others that read response policy zones", () => {
    expect(textOf("rpz", SOME)).toMatchInlineSnapshot(`
      "; Block list of Harbor Family Clinic as of 2026-11-22T05:57:40.000Z, made by Wardbook from the clinic's register.
      ; Load as a primary zone of any name, and name it in response-policy. A name and all below it don't exist.
      ; A browser that asks another DNS server over HTTPS goes around it: set its policy DnsOverHttpsMode to off.
      ;
      ; Left out (2), with what to do instead; Wardbook explains each:
      ; - chat.example: needed by what is approved: Northwind Chat, Enterprise and 2 more; instead: chat-accounts
      ; - *.cloud.example: carries much that nobody prohibited; instead: browser-path

      $TTL 300
      @ SOA localhost. hostmaster.localhost. ( 1795327060 3600 600 604800 300 )
      @ NS localhost.
      bad.example CNAME .
      *.bad.example CNAME .
      deepseek.com CNAME .
      *.deepseek.com CNAME .
      www.worse.example CNAME .
      *.www.worse.example CNAME .
      "
    `);
  });

  test("whatever reads one name a line", () => {
    expect(textOf("plain", SOME)).toMatchInlineSnapshot(`
      "# Block list of Harbor Family Clinic as of 2026-11-22T05:57:40.000Z, made by Wardbook from the clinic's register.
      # One name a line, as in the register; each is meant with all below it, \`*.\` means all below it.
      #
      # Left out (2), with what to do instead; Wardbook explains each:
      # - chat.example: needed by what is approved: Northwind Chat, Enterprise and 2 more; instead: chat-accounts
      # - *.cloud.example: carries much that nobody prohibited; instead: browser-path

      *.bad.example
      chat.deepseek.com
      deepseek.com
      www.worse.example
      "
    `);
  });
});

describe("an empty list", () => {
  test.each(BLOCK_LIST_FORMATS)("as %s is a file without any rule", (format) => {
    const text = textOf(format, EMPTY);
    if (format.endsWith("-json")) expect(JSON.parse(text)).toEqual({ URLBlocklist: [] });
    else if (format.endsWith("-reg")) expect(registryOf(text).values).toEqual([]);
    else if (format === "rpz") expect(rulesOf(format, EMPTY)).toHaveLength(3);
    else expect(rulesOf(format, EMPTY)).toEqual([]);
    expect(text.endsWith("\n")).toBe(true);
  });
});

describe("a file for the registry", () => {
  test("is UTF-16 with its mark, CRLF, the editor's first line, and keys that only the policies of that browser have", () => {
    for (const [format, key] of [
      ["chrome-reg", "HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Google\\Chrome\\URLBlocklist"],
      ["edge-reg", "HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Edge\\URLBlocklist"],
    ] as const) {
      const { bytes } = fileOf(format, SOME);
      expect([...bytes.slice(0, 4)]).toEqual([0xff, 0xfe, "W".charCodeAt(0), 0]);
      const text = textOf(format, SOME);
      expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
      const { first, keys, values } = registryOf(text);
      expect(first).toBe("Windows Registry Editor Version 5.00");
      expect(keys).toEqual([`-${key}`, key]);
      expect(values).toEqual([
        ["1", "bad.example"],
        ["2", "deepseek.com"],
        ["3", "www.worse.example"],
      ]);
    }
  });

  test("says the clinic's name in whatever letters it has", () => {
    expect(textOf("edge-reg", SOME, "Clínica Ñandú 診療所 🩺")).toContain(
      "; Block list of Clínica Ñandú 診療所 🩺 as of",
    );
  });
});

test("a wildcard blocks what lies below and, in filters that know no other way, the name itself", () => {
  const list = listOf(["*.bad.example"]);
  expect(rulesOf("adguard", list)).toEqual(["||bad.example^"]);
  expect(rulesOf("dnsmasq", list)).toEqual(["server=/bad.example/"]);
  expect(rulesOf("plain", list)).toEqual(["*.bad.example"]);
  expect(JSON.parse(textOf("chrome-json", list))).toEqual({ URLBlocklist: ["bad.example"] });
});

test("www. is added to a hosts file once, and not where the name would grow too long", () => {
  const long = `${`${"a".repeat(60)}.`.repeat(4)}example`;
  expect(long).toHaveLength(251);
  expect(rulesOf("hosts", listOf(["bad.example", "www.bad.example", long]))).toEqual([
    `0.0.0.0 ${long}`,
    "0.0.0.0 bad.example",
    "0.0.0.0 www.bad.example",
  ]);
});

test("a name that leaves no room for a zone's own is not in the zone, which says so", () => {
  const long = `${`${"a".repeat(61)}.`.repeat(3)}example`;
  expect(long.length).toBeGreaterThan(187);
  expect(rulesOf("rpz", listOf(["bad.example", long])).slice(3)).toEqual([
    "bad.example CNAME .",
    "*.bad.example CNAME .",
  ]);
  expect(fileOf("rpz", listOf([long])).notWritten).toEqual([
    { hostname: long, wildcard: false, reason: "name_too_long" },
  ]);
  expect(textOf("rpz", listOf([long]))).toContain(`; - ${long}: too long for this format`);
});

describe("20,000 names", () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `host-${index}.example`);
  const list = listOf([...names, "deepseek.com", "zz.deepseek.com"]);

  test.each(["hosts", "adguard", "dnsmasq", "rpz", "plain"] as const)("are all in a file for %s", (format) => {
    const rules = new Set(rulesOf(format, list).flatMap((line) => line.match(/[a-z0-9.-]+\.(example|com)/g) ?? []));
    expect(names.filter((name) => !rules.has(name))).toEqual([]);
    expect(fileOf(format, list).notWritten).toEqual([]);
  });

  test.each(["chrome", "edge"] as const)(
    "are cut for %s to what it reads, DeepSeek's never, and each that fell off is named",
    (browser) => {
      const { notWritten } = fileOf(`${browser}-json`, list);
      const { URLBlocklist: entries } = UrlBlocklistPolicy.parse(JSON.parse(textOf(`${browser}-json`, list)));
      expect(entries).toHaveLength(BROWSER_ENTRIES_MAX);
      expect(entries).toContain("deepseek.com");
      expect(notWritten).toHaveLength(20_001 - BROWSER_ENTRIES_MAX);
      expect(new Set([...entries, ...notWritten.map(({ hostname }) => hostname)])).toEqual(
        new Set([...names, "deepseek.com"]),
      );
      expect(new Set(notWritten.map(({ reason }) => reason))).toEqual(new Set(["entries_max"]));
      const reg = textOf(`${browser}-reg`, list);
      expect(registryOf(reg).values.map(([, name]) => name)).toEqual(entries);
      expect(reg).toContain(`; Not written (${20_001 - BROWSER_ENTRIES_MAX}):`);
    },
  );
});

describe("what people typed", () => {
  const HOSTILE = [
    'Dr. "Bob"; rm -rf / \\',
    "A\nserver=/bank.example/\n0.0.0.0 bank.example",
    "A\r\n||bank.example^",
    "A\u2028bank.example CNAME .\u2029\u0085\u000b\u000c",
    '[HKEY_LOCAL_MACHINE\\SOFTWARE]\r\n"1"="x"',
    "!#include https://bank.example/list",
    "\u202egnp.exe\u0000\u200b",
    "\ud800 lone",
    "診療所 🩺 Ñandú",
    "x".repeat(10_000),
    "",
  ];

  test.each(HOSTILE)("can't become a rule: %j", (typed) => {
    const kept = { ...tool, product: typed, surface: typed };
    const list = listOf(
      ["bad.example"],
      [{ ...host("chat.example"), reason: "shared_with_approved", instead: "chat-accounts", keptBy: [kept] }],
    );
    for (const format of BLOCK_LIST_FORMATS) {
      const plain = textOf(format, { ...list, leftOut: [{ ...list.leftOut[0], keptBy: [tool] } as never] });
      const hostile = textOf(format, list, typed);
      const commentless = (text: string) => text.split(/\r?\n/).filter((line) => !/^[#!;]/.test(line));
      expect(commentless(hostile), format).toEqual(commentless(plain));
      expect(hostile.replaceAll(/\r?\n/g, ""), format).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      // A list reader may join a line that ends in a backslash to the next, or take "!#" for a command.
      expect(hostile, format).not.toMatch(/\\\r?\n|^!#/m);
      expect(Math.max(...hostile.split("\n").map((line) => line.length)), format).toBeLessThan(300);
    }
  });
});

test("the same list at the same moment is the same bytes, and a later one has a higher serial", () => {
  const serialAt = (at: Date) => {
    const { bytes } = renderBlockList("rpz", SOME, { clinicName: "Harbor", at });
    return Number(/\( (\d+) /.exec(new TextDecoder().decode(bytes))?.[1]);
  };
  for (const format of BLOCK_LIST_FORMATS) expect(fileOf(format, SOME)).toEqual(fileOf(format, SOME));
  expect(serialAt(new Date("2026-11-22T05:57:41Z"))).toBe(serialAt(AT) + 1);
  expect(serialAt(new Date("2106-02-07T00:00:00Z"))).toBeLessThan(2 ** 32);
});

test("each format has a file name of its own, and a type that a browser shows or saves", () => {
  const files = BLOCK_LIST_FORMATS.map((format) => fileOf(format, EMPTY));
  expect(new Set(files.map(({ fileName }) => fileName)).size).toBe(BLOCK_LIST_FORMATS.length);
  expect(files.map(({ fileName, mediaType }) => `${fileName} ${mediaType}`)).toMatchInlineSnapshot(`
    [
      "block-list-chrome.json application/json",
      "block-list-edge.json application/json",
      "block-list-chrome.reg text/x-ms-regedit",
      "block-list-edge.reg text/x-ms-regedit",
      "block-list-hosts.txt text/plain; charset=utf-8",
      "block-list-adguard.txt text/plain; charset=utf-8",
      "block-list-dnsmasq.conf text/plain; charset=utf-8",
      "block-list-rpz.zone text/plain; charset=utf-8",
      "block-list.txt text/plain; charset=utf-8",
    ]
  `);
});

/** A `.reg` file as regedit reads it. */
function registryOf(text: string): { first: string | undefined; keys: string[]; values: string[][] } {
  const lines = text
    .replace("\uFEFF", "")
    .split("\r\n")
    .filter((line) => line !== "" && !line.startsWith(";"));
  const [first, ...rest] = lines;
  const keys = rest.flatMap((line) => /^\[(.*)\]$/.exec(line)?.[1] ?? []);
  const values = rest.flatMap((line) => {
    const match = /^"(\d+)"="([^"\\]*)"$/.exec(line);
    return match === null ? [] : [match.slice(1)];
  });
  expect(keys.length + values.length).toBe(rest.length);
  return { first, keys, values };
}
