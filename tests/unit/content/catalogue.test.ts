import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { deepseekRelationOf, nameKeyOf } from "#lib/domain/tools/rules.ts";
import { CatalogueFile } from "#lib/domain/tools/schema.ts";
import { isCalendarDate } from "#lib/kernel/dates.ts";

const TODAY = "2026-11-22";
// Names under which anybody may have a host; blocking one of them would block strangers.
const PUBLIC_SUFFIXES = new Set(
  "com org net io ai app dev co me us uk eu cn co.uk com.cn com.au github.io gitlab.io vercel.app netlify.app pages.dev workers.dev web.app firebaseapp.com herokuapp.com azurewebsites.net cloudfront.net amazonaws.com s3.amazonaws.com appspot.com blogspot.com hf.space onrender.com fly.dev googleapis.com windows.net azure.com".split(
    " ",
  ),
);

const folder = "content/catalogue";
const files = readdirSync(folder).map((name) => ({ name, ...CatalogueFile.safeParse(read(name)) }));
const vendors = files.flatMap(({ data }) => (data === undefined ? [] : [data]));
const entries = vendors.flatMap(({ key: vendorKey, vendor, entries }) =>
  entries.map((entry) => ({ ...entry, vendorKey, vendor })),
);
const keysOf = (some: ReadonlyArray<{ key: string }>) => some.map(({ key }) => key);

function read(name: string): unknown {
  return parse(readFileSync(`${folder}/${name}`, "utf8"));
}

describe("a file of the catalogue", () => {
  test.each(files)("$name fits its schema and bears its vendor's key", ({ name, error, data }) => {
    expect(error?.issues ?? []).toEqual([]);
    expect(name).toBe(`${data?.key}.yaml`);
  });

  test("has only entries whose keys begin with its own", () => {
    expect(
      keysOf(entries.filter(({ key, vendorKey }) => !key.startsWith(`${vendorKey}-`) && key !== vendorKey)),
    ).toEqual([]);
  });
});

describe("the catalogue", () => {
  test("has at least 108 surfaces", () => {
    expect(entries.length).toBeGreaterThanOrEqual(108);
  });

  test("has no key and no name twice", () => {
    expect(twice(keysOf(entries))).toEqual([]);
    expect(twice(entries.map(nameKeyOf))).toEqual([]);
    expect(twice(vendors.map(({ vendor }) => vendor))).toEqual([]);
  });

  test("names for each approval with patient data at least two conditions, without at least one, else none is needed", () => {
    const short = entries.filter(
      ({ recommendation, conditions }) =>
        (recommendation === "approved_for_phi" && conditions.length < 2) ||
        (recommendation === "not_for_phi" && conditions.length < 1),
    );
    expect(keysOf(short)).toEqual([]);
  });

  test("recommends patient data only where a BAA can be had and inputs don't train", () => {
    const unsafe = entries.filter(
      ({ recommendation, baa, trainsOnInputs }) =>
        recommendation === "approved_for_phi" && (baa === "none" || baa === "unknown" || trainsOnInputs === "yes"),
    );
    expect(keysOf(unsafe)).toEqual([]);
  });

  test("prohibits DeepSeek's own surfaces, and knows all that the typed rule would call DeepSeek", () => {
    const own = entries.filter(({ deepseek }) => deepseek === "own");
    expect(own.length).toBeGreaterThanOrEqual(3);
    expect(keysOf(own.filter(({ recommendation }) => recommendation !== "prohibited"))).toEqual([]);
    const missed = entries.filter(
      (entry) =>
        entry.deepseek === "none" &&
        deepseekRelationOf({ ...entry, why: "", hostnames: entry.hostnames.map(({ name }) => name) }) !== "none",
    );
    expect(keysOf(missed)).toEqual([]);
    expect(
      keysOf(
        entries.filter(
          ({ deepseek, recommendation }) => deepseek === "hosted" && recommendation === "approved_for_phi",
        ),
      ),
    ).toEqual([]);
  });

  test("says for each entry where it is from, of when, and how sure", () => {
    for (const { key, sources, asOf, confidence } of entries) {
      expect(sources.length, key).toBeGreaterThan(0);
      expect(isCalendarDate(asOf) && asOf <= TODAY && asOf >= "2024-01-01", `${key} is of ${asOf}`).toBe(true);
      expect(["high", "medium", "low"], key).toContain(confidence);
    }
  });

  test("claims no high confidence where the source is general knowledge", () => {
    const guessed = entries.filter(
      ({ confidence, sources }) =>
        confidence === "high" && sources.every(({ title }) => title.startsWith("General knowledge")),
    );
    expect(keysOf(guessed)).toEqual([]);
  });

  test("names no host twice in an entry, no public suffix, and none in capitals or without a dot", () => {
    const hosts = entries.flatMap(({ key, hostnames }) => hostnames.map(({ name }) => ({ key, name })));
    expect(hosts.length).toBeGreaterThan(100);
    const bad = hosts.filter(
      ({ name }) =>
        PUBLIC_SUFFIXES.has(name.replace(/^\*\./, "")) || /localhost|\.(local|internal|test|example)$/.test(name),
    );
    expect(bad).toEqual([]);
    expect(twice(hosts.map(({ key, name }) => `${key} ${name}`))).toEqual([]);
  });

  test("explains each entry in Spanish in words of its own, both ending as sentences do", () => {
    const same = entries.filter(({ why }) => why.en === why.es);
    expect(keysOf(same)).toEqual([]);
    const unfinished = entries.filter(({ why }) => !/[.!?]["”)]?$/.test(why.en) || !/[.!?]["”»)]?$/.test(why.es));
    expect(keysOf(unfinished)).toEqual([]);
    expect(twice(entries.map(({ why }) => why.en).filter((en) => en.length > 400))).toEqual([]);
  });

  test("has no text with invisible characters, doubled spaces or spaces at its ends", () => {
    const untidy = textsOf(vendors).filter(
      (text) => text !== text.trim() || text.includes("  ") || /[\p{Cc}\p{Cf}]/u.test(text),
    );
    expect(untidy).toEqual([]);
  });
});

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

function twice(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}
