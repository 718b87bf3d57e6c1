import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { expect } from "vitest";
import { writeZip } from "#lib/platform/zip/write-zip.ts";
import { type Trust, type Verification, verifyPack } from "#lib/proof/verify-pack.ts";

const VERIFY_PY = path.resolve("content/pack/verify.py");
const EXIT_CODES = { valid: 0, invalid: 1, consistent_signer_unknown: 2 };

// Asked once for its own path: a version manager's shim in front of it can cost more than the verification.
const PYTHON =
  spawnSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).stdout?.trim() ?? "";

/** Whether this machine can run verify.py at all. */
export const HAS_PYTHON = PYTHON !== "";
if (!HAS_PYTHON) console.warn("python3 is not installed: verify.py is not compared here");

export type PythonOutcome = { exitCode: number; marks: string[]; output: string };

/** What verify.py, with nothing but the standard library within its reach, says of a folder or ZIP: its exit code and, check by check, `id ok|FAILED|unknown`. */
export function runVerifyPy(args: readonly string[]): PythonOutcome {
  const run = spawnSync(PYTHON, ["-I", "-S", VERIFY_PY, ...args], { encoding: "utf8" });
  const output = run.stdout + run.stderr;
  const marks = [...run.stdout.matchAll(/^ {2}(ok|FAILED|unknown) +([a-z0-9_]+) /gm)].map(
    (match) => `${match[2]} ${match[1]}`,
  );
  return { exitCode: run.status ?? -1, marks, output };
}

/** What Python prints for a program that finds verify.py beside it as the module `verify`; for comparisons by the hundred. */
export function runWithVerifyPy(program: string, args: readonly string[]): string {
  const run = spawnSync(PYTHON, ["-B", "-c", program, ...args], {
    encoding: "utf8",
    env: { ...process.env, PYTHONPATH: path.dirname(VERIFY_PY) },
    maxBuffer: 2 ** 28,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout;
}

/** `id ok|FAILED|unknown` for every check of our own verifier. */
export function marksOf(verification: Verification): string[] {
  return verification.checks.map(
    ({ id, ok, unknown }) => `${id} ${ok ? "ok" : unknown === true ? "unknown" : "FAILED"}`,
  );
}

/** The verification of a pack's files, after both verifiers have been asked and were of one mind, check by check. */
export async function verifyWithBoth(files: ReadonlyMap<string, Uint8Array>, trust: Trust = {}): Promise<Verification> {
  const verification = verifyPack(files, trust);
  if (!HAS_PYTHON) return verification;
  const folder = mkdtempSync(path.join(tmpdir(), "wardbook-pack-"));
  const zip = path.join(folder, "pack.zip");
  await writeZip(
    zip,
    [...files].map(([file, bytes]) => ({ path: `evidence/${file}`, bytes })),
  );
  const others = (trust.otherCheckpoints ?? []).map((text, index) => {
    const file = path.join(folder, `other-${index}.txt`);
    writeFileSync(file, text);
    return file;
  });
  const python = runVerifyPy([zip, ...others, ...(trust.keys ?? []).flatMap((key) => ["--key", key])]);
  rmSync(folder, { recursive: true });
  expect(python.marks, python.output).toEqual(marksOf(verification));
  expect(python.exitCode).toBe(EXIT_CODES[verification.verdict]);
  const firstBad = /^First event found wrong: ([0-9]+)$/m.exec(python.output)?.[1];
  expect(firstBad).toBe(verification.firstBadSeq?.toString());
  return verification;
}

/** The checks that failed, by id. */
export function failed(verification: Verification): string[] {
  return verification.checks.filter(({ ok, unknown }) => !ok && unknown !== true).map(({ id }) => id);
}
