import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const project = path.resolve(import.meta.dirname, "..");
const KINDS = ["schema", "rules", "permissions", "events", "store", "steps", "queries", "reactions", "evidence"];
const OWN_NAMES = ["clinic/current.ts", "ledger/record.ts"];

const SOURCES = ["app", "components", "lib", "scripts"];

function cruise(folder: string): { status: number | null; output: string } {
  const bin = path.join(project, "node_modules", "dependency-cruiser", "bin", "dependency-cruiser.mjs");
  const result = spawnSync(process.execPath, [bin, ...SOURCES], { cwd: folder, encoding: "utf8" });
  return { status: result.status, output: result.stdout + result.stderr };
}

describe("who may import whom", () => {
  // The gate is proved to see before its silence counts: each line is an import that the table forbids.
  const forbidden = [
    [
      "components/tools/planted.ts",
      'export { getToolPage } from "#lib/domain/tools/queries.ts";',
      "components-never-reach-the-server",
    ],
    [
      "lib/domain/tools/planted.ts",
      'export { makeEvidencePack } from "#lib/domain/evidence/reactions.ts";',
      "nobody-imports-the-outermost-domains",
    ],
    [
      "lib/domain/clinic/planted.ts",
      'export { requireTool } from "#lib/domain/tools/store.ts";',
      "clinic-imports-only-domains-before-it",
    ],
    ["lib/kernel/planted.ts", 'export { env } from "#lib/platform/env.ts";', "kernel-imports-kernel"],
    ["lib/domain/ledger/planted.ts", 'export { notFound } from "next/navigation";', "lib-is-not-next"],
    [
      "scripts/planted.ts",
      'export { withClinic } from "#lib/platform/db/with-clinic.ts";',
      "the-doors-open-only-for-the-spine",
    ],
    [
      "app/planted.ts",
      'export { PrismaClient } from "#lib/platform/generated/client.ts";',
      "prisma-only-in-platform-db",
    ],
    ["lib/proof/planted.ts", 'export { log } from "#lib/platform/log.ts";', "proof-imports-only-kernel"],
  ] as const;

  // In a copy, because other tests read the sources meanwhile; below the project, so that packages are found.
  const copy = path.join(project, ".wardbook", "planted");
  let planted = { status: null as number | null, output: "" };
  beforeAll(() => {
    rmSync(copy, { recursive: true, force: true });
    for (const name of [...SOURCES, "package.json", "tsconfig.json", ".dependency-cruiser.cjs"]) {
      cpSync(path.join(project, name), path.join(copy, name), { recursive: true });
    }
    for (const [file, line] of forbidden) writeFileSync(path.join(copy, file), `${line}\n`);
    planted = cruise(copy);
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  test.each(forbidden)("a forbidden import in %s is seen", (file, _, rule) => {
    expect(planted.output).toMatch(new RegExp(`${rule}: ${file} `));
    expect(planted.status).not.toBe(0);
  });

  test("and nothing is seen but what was planted", () => {
    const seen = [...planted.output.matchAll(/^\s*error (\S+): (\S+) /gm)].map(([, , file]) => file);
    expect([...new Set(seen)].sort()).toEqual(forbidden.map(([file]) => file).sort());
  });

  test("no import of the project is forbidden", () => {
    const { status, output } = cruise(project);
    expect(output).toContain("no dependency violations found");
    expect(status).toBe(0);
  });
});

describe("kinds of file", () => {
  test("a file of a domain is of one of the kinds, a command, or one of the two exceptions", () => {
    const strays = filesBelow("lib/domain")
      .map((file) => path.relative(path.join(project, "lib", "domain"), file))
      .filter((file) => file.includes(path.sep))
      .filter((file) => {
        if (OWN_NAMES.includes(file)) return false;
        // A domain may hold areas, one level deep, each of the same kinds of file.
        const [, first = "", second, third] = file.split(path.sep);
        const isArea = second !== undefined && first !== "commands";
        const [kind, name, deeper] = isArea ? [second, third, file.split(path.sep)[4]] : [first, second, third];
        if (deeper !== undefined) return true;
        if (kind === "commands") return name === undefined || !/^[a-z]+(-[a-z]+)+\.ts$/.test(name);
        return name !== undefined || !KINDS.includes(kind.replace(/\.ts$/, ""));
      });
    expect(strays).toEqual([]);
  });

  test("server actions live in app/, in files named actions.ts that export nothing else", () => {
    const offenders = ["app", "components", "lib", "scripts"].flatMap(filesBelow).filter((file) => {
      const text = readFileSync(file, "utf8");
      if (!/^\s*["']use server["']/m.test(text)) return false;
      const inPlace = path.relative(project, file).startsWith(`app${path.sep}`) && path.basename(file) === "actions.ts";
      const exported = [
        ...text.matchAll(/^export\s+(?:async\s+)?(?:function|const|let|class|type|interface)?\s*\{?\s*(\w+)/gm),
      ].map((match) => match[1] ?? "");
      return !inPlace || exported.some((name) => !name.endsWith("Action"));
    });
    expect(offenders).toEqual([]);
  });

  test("one command a file, named as its file is", () => {
    const misnamed = filesBelow("lib/domain")
      .filter((file) => path.basename(path.dirname(file)) === "commands")
      .filter((file) => {
        const names = [...readFileSync(file, "utf8").matchAll(/define(?:Command|Founding)\(\s*"([a-z-]+)"/g)].map(
          (match) => match[1],
        );
        return names.length !== 1 || names[0] !== path.basename(file, ".ts");
      });
    expect(misnamed).toEqual([]);
  });

  test("nothing is styled inline and nothing skips the types", () => {
    const offenders = ["app", "components", "lib", "scripts"].flatMap(filesBelow).filter((file) => {
      const text = readFileSync(file, "utf8");
      return / style=[{"]/.test(text) || /@ts-(ignore|expect-error|nocheck)/.test(text) || /\bas any\b/.test(text);
    });
    expect(offenders).toEqual([]);
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(project, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes(`${path.sep}generated${path.sep}`));
}
