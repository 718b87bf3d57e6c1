import { Buffer } from "node:buffer";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { beforeAll, describe, expect, test } from "vitest";
import { writeZip } from "#lib/platform/zip/write-zip.ts";
import { HAS_PYTHON, runVerifyPy } from "#tests/support/both-verifiers.ts";
import { craftZip } from "#tests/support/crafted-zip.ts";
import {
  checkpointAt,
  clinicStory,
  fingerprints,
  newSigningKeys,
  packOf,
  recordStory,
  resealed,
  textOf,
} from "#tests/support/synthetic-pack.ts";

const keys = newSigningKeys();
const prints = fingerprints(keys);
const pack = packOf(clinicStory(), keys);
const folder = mkdtempSync(path.join(tmpdir(), "wardbook-verify-"));
const zip = path.join(folder, "pack.zip");
const extracted = path.join(folder, "extracted");
const trustFile = path.join(folder, "trusted.txt");
const checkpointFile = path.join(folder, "checkpoint.txt");

beforeAll(async () => {
  await writeZip(
    zip,
    [...pack].map(([file, bytes]) => ({ path: `evidence/${file}`, bytes })),
  );
  for (const [file, bytes] of pack) {
    mkdirSync(path.dirname(path.join(extracted, file)), { recursive: true });
    writeFileSync(path.join(extracted, file), bytes);
  }
  writeFileSync(
    trustFile,
    `Our keys:\r\n${textOf(pack, "data/keys/allowed_signers")}${textOf(pack, "data/keys/pack-p256.pem")}`,
  );
  writeFileSync(checkpointFile, checkpointAt(recordStory(clinicStory()).log, 9, keys));
});

type Run = { exitCode: number; output: string };

function verifyTs(args: readonly string[]): Run {
  const run = spawnSync(process.execPath, ["--conditions=react-server", "scripts/verify.ts", ...args], {
    encoding: "utf8",
  });
  return { exitCode: run.status ?? -1, output: run.stdout + run.stderr };
}

const programs: Array<[string, (args: readonly string[]) => Run]> = [["npm run verify", verifyTs]];
if (HAS_PYTHON) programs.push(["verify.py", runVerifyPy]);

describe.each(programs)("%s", (_, run) => {
  test("says consistent, signer unknown, and ends with 2 when no key is given", () => {
    const { exitCode, output } = run([zip]);
    expect(exitCode).toBe(2);
    expect(output).toContain("Verdict: consistent, signer unknown");
    for (const fingerprint of Object.values(prints)) expect(output).toContain(fingerprint);
  });

  test("ends with 0 for a trusted fingerprint, several, or a file of keys", () => {
    expect(run([zip, "--key", prints.ssh]).exitCode).toBe(0);
    expect(run(["--key", prints.log, "--key", prints.p256, zip]).exitCode).toBe(0);
    const { exitCode, output } = run([zip, "--key", trustFile, "--checkpoint", checkpointFile]);
    expect(exitCode).toBe(0);
    expect(output).toContain("Verdict: valid");
  });

  test("ends with 1 for another key, and says which check failed", () => {
    const { exitCode, output } = run([zip, "--key", fingerprints(newSigningKeys()).ssh]);
    expect(exitCode).toBe(1);
    expect(output).toMatch(/FAILED +signer/);
    expect(output).toContain("Verdict: INVALID");
  });

  test("takes an extracted folder as well", () => {
    expect(run([extracted, "--key", prints.ssh]).exitCode).toBe(0);
  });

  test.each<[string, () => string[]]>([
    ["a file that is not there", () => [path.join(folder, "missing.zip")]],
    ["a folder that is no pack", () => [path.join(extracted, "data")]],
    ["a file that is no ZIP", () => [trustFile]],
    [
      "a ZIP without a top folder",
      () => [written("flat.zip", craftZip([{ name: "bagit.txt", bytes: Buffer.from("") }]))],
    ],
    [
      "a ZIP with two top folders",
      () => [written("two.zip", craftZip(["a/x", "b/x"].map((name) => ({ name, bytes: Buffer.from("") }))))],
    ],
    ["a link in a folder", () => [linked()]],
    ["a key that is neither fingerprint nor file", () => [zip, "--key", "SHA256:short"]],
    ["a key file without a key", () => [zip, "--key", checkpointFile.replace("checkpoint.txt", "pack.txt")]],
    ["a checkpoint file that is not there", () => [zip, "--checkpoint", path.join(folder, "missing.txt")]],
  ])("ends with 1 and one sentence for %s", (_what, args) => {
    writeFileSync(path.join(folder, "pack.txt"), "no key here\n");
    const { exitCode, output } = run(args());
    expect(exitCode).toBe(1);
    expect(output.trim().split("\n")).toHaveLength(1);
  });

  test("ends with 1 and shows its usage for an unknown option", () => {
    const { exitCode, output } = run([zip, "--trust-everything"]);
    expect(exitCode).toBe(1);
    expect(output).toContain("usage:");
  });
});

test.skipIf(!HAS_PYTHON)("verify.py verifies the pack it lies in when none is named", () => {
  const withProgram = resealed(
    new Map(pack).set("data/verify/verify.py", readFileSync("content/pack/verify.py")),
    keys,
  );
  const place = mkdtempSync(path.join(folder, "inside-"));
  for (const [file, bytes] of withProgram) {
    mkdirSync(path.dirname(path.join(place, file)), { recursive: true });
    writeFileSync(path.join(place, file), bytes);
  }
  for (const [cwd, program] of [
    ["/", path.join(place, "data/verify/verify.py")],
    [place, "data/verify/verify.py"],
  ] as const) {
    expect(spawnSync("python3", [program, "--key", prints.ssh], { cwd }).status).toBe(0);
  }
});

test.skipIf(!HAS_PYTHON)("verify.py takes further file names as other checkpoints", () => {
  expect(runVerifyPy([zip, checkpointFile, "--key", prints.ssh]).exitCode).toBe(0);
  const python = runVerifyPy([zip, "--key", prints.ssh, checkpointFile, trustFile]);
  expect(python.exitCode).toBe(1);
  expect(python.marks).toContain("other_checkpoints FAILED");
});

function written(name: string, bytes: Uint8Array): string {
  writeFileSync(path.join(folder, name), bytes);
  return path.join(folder, name);
}

function linked(): string {
  const place = mkdtempSync(path.join(folder, "linked-"));
  writeFileSync(path.join(place, "bagit.txt"), "");
  symlinkSync("/etc/hosts", path.join(place, "hosts"));
  return place;
}
