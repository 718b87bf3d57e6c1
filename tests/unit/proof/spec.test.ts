import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { beforeAll, describe, expect, test } from "vitest";
import { CHECK_IDS } from "#lib/proof/check.ts";
import {
  clinicStory,
  fingerprints,
  newSigningKeys,
  ORIGIN,
  packOf,
  recordStory,
} from "#tests/support/synthetic-pack.ts";

const spec = readFileSync("content/pack/SPEC.txt", "utf8");
const byHand = spec.slice(spec.indexOf("\n10 BY HAND"));
const keys = newSigningKeys();
const prints = fingerprints(keys);
const folder = mkdtempSync(path.join(tmpdir(), "wardbook-spec-"));
const { log, disclosures } = recordStory(clinicStory());

beforeAll(() => {
  for (const [file, bytes] of packOf(clinicStory(), keys)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), bytes);
  }
});

/** The command of section 10 that begins so, as a person would paste it. */
function command(beginning: string): string {
  const start = byHand.indexOf(`  ${beginning}`);
  expect(start, beginning).toBeGreaterThan(0);
  const lines = byHand.slice(start + 2).split("\n");
  const last = lines.findIndex((line) => !line.endsWith("\\"));
  return (
    lines
      .slice(0, last + 1)
      .join("\n")
      .split(/ {3,}compare/)[0] ?? ""
  );
}

function shell(script: string, env: Record<string, string> = {}) {
  return spawnSync("bash", ["-c", script], { cwd: folder, encoding: "utf8", env: { ...process.env, ...env } });
}

function has(tool: string): boolean {
  const found = spawnSync("bash", ["-c", `command -v ${tool}`]).status === 0;
  if (!found) console.warn(`${tool} is not installed: its command in SPEC.txt is not tried here`);
  return found;
}

describe("SPEC.txt", () => {
  test("describes every check by its name, in the order in which they are made", () => {
    const described = [
      ...spec.slice(spec.indexOf("9  THE CHECKS, ONE BY ONE\n-")).matchAll(/^ {2}([a-z0-9_]+) {2,}\S/gm),
    ].map((match) => match[1]);
    expect(described.slice(0, CHECK_IDS.length)).toEqual([...CHECK_IDS]);
  });

  test("is plain ASCII of lines that fit a page", () => {
    expect(spec).toMatch(/^[\n\x20-\x7e]*$/);
    expect(spec.split("\n").filter((line) => line.length > 130)).toEqual([]);
  });

  test("says that there is no trusted time and what a re-signed pack is worth", () => {
    expect(spec).toContain("THERE IS NO TRUSTED TIME YET");
    expect(spec).toContain("A RE-SIGNED PACK LOOKS LIKE A PACK");
  });
});

describe("the commands of SPEC.txt, pasted in a pack's folder,", () => {
  test.skipIf(!has("sha256sum"))("check both manifests", () => {
    expect(shell(command("sha256sum -c")).status).toBe(0);
  });

  test.skipIf(!has("ssh-keygen"))("show and verify the SSH key", () => {
    expect(shell(command("ssh-keygen -lf")).stdout).toContain(prints.ssh);
    expect(shell(command("ssh-keygen -Y").replace("<principal>", "evidence@wardbook.example")).status).toBe(0);
  });

  test.skipIf(!has("openssl"))("show and verify the P-256 key, and show the log key", () => {
    expect(`p256:${shell(command("openssl pkey -pubin -in data/keys/pack")).stdout.slice(0, 64)}`).toBe(prints.p256);
    expect(`log:${shell(command("openssl pkey -pubin -in data/keys/log")).stdout.slice(0, 64)}`).toBe(prints.log);
    expect(shell(command("openssl dgst")).status).toBe(0);
  });

  test.skipIf(!has("sha256sum"))("rebuild a leaf and a disclosed name", () => {
    const event = log[33];
    const disclosure = disclosures.find(({ seq }) => seq === 33);
    if (event === undefined || disclosure === undefined) throw new Error("the story has an event 33 with a name");
    const env = {
      ORIGIN,
      SEQ: "33",
      RECORDED_AT: event.recordedAt,
      TYPE: event.type,
      PREV: event.previous,
      BODY_SHA256: event.bodySha256,
    };
    expect(shell(command("printf"), env).stdout.slice(0, 64)).toBe(event.leaf);
    const disclosed = shell(/printf %s .*$/m.exec(byHand)?.[0] ?? "", { OPENING: disclosure.opening }).stdout.slice(
      0,
      64,
    );
    expect(event.body).toContain(`{"sd":"${disclosed}"}`);
  });
});
