import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, type TestContext, test } from "vitest";
import { blockListOf, renderBlockList } from "#lib/domain/tools/block-list/rules.ts";
import {
  type BlockList,
  BlockListContent,
  type BlockListFormat,
  type RegisterEntry,
} from "#lib/domain/tools/block-list/schema.ts";
import { readContent } from "#lib/platform/content/read-content.ts";

// The programs that read these files judge them. Where one isn't installed its tests are skipped, saying which package of
// Debian has it.
const PACKAGES = { dnsmasq: "dnsmasq-base", "named-checkzone": "bind9-utils" } as const;

const ZONE = "rpz.example";
const AT = new Date("2026-11-22T05:57:40.000Z");
const HOSTILE = 'Dr. "Bob" (a; b) # Ñandú 診療所 \\\nserver=/bank.example/\r\nbank.example CNAME .';
const longest = `${`${"a".repeat(61)}.`.repeat(4)}exam`;
const LISTS: ReadonlyArray<readonly [string, BlockList]> = [
  ["empty", { listed: [], leftOut: [] }],
  ["usual", usualList()],
  [
    "odd",
    listOf("xn--ls8h.la", "a--b.example", "1.2.3.example", longest, `${"l".repeat(63)}.example`, "*.wild.example"),
  ],
  ["huge", listOf(...Array.from({ length: 20_000 }, (_, index) => `host-${index}.example`))],
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "wardbook-block-list-"));
  // As root dnsmasq becomes another user, who must be able to read its files.
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("named-checkzone", () => {
  test.for(LISTS)("accepts the %s list as a zone, without a warning", async ([, list], context) => {
    const checkzone = programOrSkip(context, "named-checkzone");
    const { status, stdout, stderr } = spawnSync(checkzone, [ZONE, await fileFor("rpz", list)], { encoding: "utf8" });
    expect(`${stdout}${stderr}`).toBe(`zone ${ZONE}/IN: loaded serial 1795327060\nOK\n`);
    expect(status).toBe(0);
  });

  test("reads each name and all below it as one that doesn't exist, and takes nothing from a comment", async (context) => {
    const checkzone = programOrSkip(context, "named-checkzone");
    const zone = await fileFor("rpz", usualList());
    const { stdout } = spawnSync(checkzone, ["-q", "-D", "-o", "-", ZONE, zone], { encoding: "utf8" });
    const records = stdout
      .split("\n")
      .flatMap((line) => /^(\S+)\.rpz\.example\.\s+300\s+IN\s+CNAME\s+\.$/.exec(line)?.[1] ?? []);
    const names = ["deepseek.com", "worse.example", "wrapper.example"];
    expect(records.sort()).toEqual([...names.map((name) => `*.${name}`), ...names].sort());
    expect(stdout).not.toContain("bank");
  });

  test("would have said no to a zone that isn't one", async (context) => {
    const checkzone = programOrSkip(context, "named-checkzone");
    const broken = await written(
      "broken.zone",
      "@ SOA localhost. h.localhost. ( 1 3600 600 604800 300 )\nname CNAME\n",
    );
    expect(spawnSync(checkzone, [ZONE, broken]).status).not.toBe(0);
  });
});

describe("dnsmasq", () => {
  test.for(LISTS)("accepts the %s list as its configuration", async ([, list], context) => {
    const dnsmasq = programOrSkip(context, "dnsmasq");
    const conf = await fileFor("dnsmasq", list);
    const { status, stderr } = spawnSync(dnsmasq, ["--test", `--conf-file=${conf}`], { encoding: "utf8" });
    expect(stderr.trim()).toBe("dnsmasq: syntax check OK.");
    expect(status).toBe(0);
  });

  test("would have said no to a configuration that isn't one", async (context) => {
    const dnsmasq = programOrSkip(context, "dnsmasq");
    const broken = await written("broken.conf", "server=/bad.example/not-an-address\n");
    expect(spawnSync(dnsmasq, ["--test", `--conf-file=${broken}`]).status).not.toBe(0);
  });

  // Its servers are none, so that it refuses whatever it would have passed on.
  test.for(["conf-file", "servers-file"])(
    "with the list as its %s denies each name and all below it, and nothing else",
    async (option, context) => {
      const dnsmasq = programOrSkip(context, "dnsmasq");
      await whileServing(dnsmasq, [`--${option}=${await fileFor("dnsmasq", usualList())}`], async (answer) => {
        for (const name of [
          "deepseek.com",
          "chat.deepseek.com",
          "a.b.deepseek.com",
          "wrapper.example",
          "api.worse.example",
        ]) {
          expect(await answer(name), name).toBe("ENOTFOUND");
        }
        for (const name of ["chat.example", "notdeepseek.com", "deepseek.com.example", "bank.example", "com"]) {
          expect(await answer(name), name).toBe("EREFUSED");
        }
      });
    },
  );

  test("with the list as a hosts file sends its names nowhere, with www. and without, and no others", async (context) => {
    const dnsmasq = programOrSkip(context, "dnsmasq");
    await whileServing(dnsmasq, [`--addn-hosts=${await fileFor("hosts", usualList())}`], async (answer) => {
      for (const name of ["deepseek.com", "www.deepseek.com", "wrapper.example", "www.wrapper.example"]) {
        expect(await answer(name), name).toBe("0.0.0.0");
      }
      for (const name of ["chat.example", "api.worse.example", "bank.example", "other.wrapper.example"]) {
        expect(await answer(name), name).toBe("EREFUSED");
      }
    });
  });
});

function usualList(): BlockList {
  const tool = (status: RegisterEntry["status"], ...names: string[]): RegisterEntry => ({
    ...{ toolId: names.join(), vendor: HOSTILE, product: HOSTILE, surface: HOSTILE, status, deepseek: "none" },
    hostnames: names.map((name) => ({ name, verified: false })),
  });
  const [content] = readContent("block-list", BlockListContent);
  if (content === undefined) throw new Error("content/block-list is empty");
  return blockListOf(
    [
      tool("prohibited", "deepseek.com", "chat.deepseek.com", "www.deepseek.com"),
      tool("prohibited", "wrapper.example", "*.worse.example", "chat.example"),
      tool("approved_for_phi", "chat.example"),
    ],
    content.value,
  );
}

function listOf(...names: string[]): BlockList {
  const hostOf = (name: string) => ({
    hostname: name.replace("*.", ""),
    wildcard: name.startsWith("*."),
    because: [],
    verified: false,
  });
  return { listed: names.map(hostOf), leftOut: [] };
}

async function fileFor(format: BlockListFormat, list: BlockList): Promise<string> {
  const { fileName, bytes } = renderBlockList(format, list, { clinicName: HOSTILE, at: AT });
  return written(fileName, bytes);
}

async function written(name: string, bytes: Uint8Array | string): Promise<string> {
  const place = path.join(folder, name);
  await writeFile(place, bytes);
  await chmod(place, 0o644);
  return place;
}

function programOrSkip(context: TestContext, program: keyof typeof PACKAGES): string {
  const found = programNamed(program);
  return found ?? context.skip(`${program} is not installed (Debian: ${PACKAGES[program]})`);
}

// Debian's servers lie where only root's PATH looks.
function programNamed(name: string): string | null {
  const folders = [...(process.env.PATH ?? "").split(path.delimiter), "/usr/local/sbin", "/usr/sbin", "/sbin"];
  const places = folders.filter((place) => place !== "").map((place) => path.join(place, name));
  return places.find(isProgram) ?? null;
}

function isProgram(place: string): boolean {
  try {
    accessSync(place, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

type Answer = (name: string) => Promise<string>;

/** Runs dnsmasq on a free port; `answer` gives the address of a name, or the code of the refusal. */
async function whileServing(
  dnsmasq: string,
  options: readonly string[],
  work: (answer: Answer) => Promise<void>,
): Promise<void> {
  const { served, port } = await serving(dnsmasq, options, 3);
  try {
    const resolver = new Resolver({ timeout: 5_000, tries: 1 });
    resolver.setServers([`127.0.0.1:${port}`]);
    await work(async (name) => {
      const addresses = await resolver.resolve4(name).catch((error: { code: string }) => [error.code]);
      return addresses.join(" ");
    });
  } finally {
    await stopped(served);
  }
}

/** A port that was free a moment ago may be taken when the server asks for it: then another one is tried. */
async function serving(
  dnsmasq: string,
  options: readonly string[],
  tries: number,
): Promise<{ served: ChildProcessWithoutNullStreams; port: number }> {
  const port = await freePort();
  const alone = [
    "--keep-in-foreground",
    "--log-facility=-",
    "--no-resolv",
    "--no-hosts",
    "--pid-file=",
    "--bind-interfaces",
  ];
  // An empty configuration instead of the machine's own; a later --conf-file is read besides.
  const own = await written("own.conf", "");
  const served = spawn(dnsmasq, [
    ...alone,
    "--listen-address=127.0.0.1",
    `--port=${port}`,
    `--conf-file=${own}`,
    ...options,
  ]);
  try {
    await spoken(served.stderr, "started");
    return { served, port };
  } catch (error) {
    await stopped(served);
    if (tries <= 1) throw error;
    return serving(dnsmasq, options, tries - 1);
  }
}

async function stopped(served: ChildProcessWithoutNullStreams): Promise<void> {
  served.kill();
  if (served.exitCode === null && served.signalCode === null) await once(served, "exit");
}

async function spoken(stream: NodeJS.ReadableStream, word: string): Promise<void> {
  let said = "";
  for await (const chunk of stream) {
    said += chunk;
    if (said.includes(word)) return;
  }
  throw new Error(`It ended with: ${said}`);
}

async function freePort(): Promise<number> {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  await once(socket, "close");
  return port;
}
