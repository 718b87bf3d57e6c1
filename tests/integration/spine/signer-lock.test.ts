import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { ensureKeys } from "#lib/platform/keys.ts";
import { lockSigner, SignerBusy } from "#lib/platform/signer.ts";

// Keys of this file's own, before anything has read them: its lock is nobody else's.
const folder = mkdtempSync(path.join(tmpdir(), "wardbook-signer-"));
process.env.WARDBOOK_KEYS = folder;
ensureKeys(folder);
const lockFile = path.join(folder, "signer-state", "lock");

afterEach(() => rmSync(lockFile, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

async function withOtherSigner(work: (other: ChildProcess) => Promise<void>): Promise<void> {
  const script = path.resolve(import.meta.dirname, "../../support/lock-and-wait.ts");
  const other = spawn(process.execPath, ["--conditions=react-server", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    expect(String((await once(other.stdout, "data"))[0])).toBe("locked");
    await work(other);
  } finally {
    other.kill("SIGKILL");
  }
}

test("a second process is refused while the first lives, and told which one", async () => {
  await withOtherSigner(async (other) => {
    expect(() => lockSigner()).toThrow(SignerBusy);
    expect(() => lockSigner()).toThrow(`process ${other.pid} signs already`);
    expect(readFileSync(lockFile, "utf8")).toBe(String(other.pid));
  });
});

test("the lock of a process that died without giving it back is taken over", async () => {
  await withOtherSigner(async (other) => {
    other.kill("SIGKILL");
    await once(other, "exit");
    expect(readFileSync(lockFile, "utf8")).toBe(String(other.pid));
    const release = lockSigner();
    expect(readFileSync(lockFile, "utf8")).toBe(String(process.pid));
    release();
  });
});

test("a lock that is given back is free, and one that makes no sense holds nobody up", () => {
  lockSigner()();
  expect(existsSync(lockFile)).toBe(false);
  writeFileSync(lockFile, "not a process");
  lockSigner()();
  expect(existsSync(lockFile)).toBe(false);
});

test("a process that was given a dead holder's number later holds nobody up", async () => {
  await withOtherSigner(async (other) => {
    const yearAgo = new Date(Date.now() - 365 * 86_400_000);
    writeFileSync(lockFile, String(other.pid));
    utimesSync(lockFile, yearAgo, yearAgo);
    const release = lockSigner();
    expect(readFileSync(lockFile, "utf8")).toBe(String(process.pid));
    release();
  });
});
