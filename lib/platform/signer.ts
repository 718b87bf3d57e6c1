import "server-only";
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { keys } from "#lib/platform/keys.ts";
import { signCheckpoint } from "#lib/proof/checkpoint.ts";
import { toHex } from "#lib/proof/hash.ts";
import { consistencyProof, merkleTree, rootAt } from "#lib/proof/merkle.ts";
import { decideSigning, type SignedState } from "#lib/proof/signer.ts";

const State = z.object({
  origin: z.string(),
  size: z.number().int().positive(),
  root: z.string().regex(/^[0-9a-f]{64}$/),
});

/** The ledger offered for signing does not extend what was signed before: a rewritten past, or an old backup. */
export class SignerRefused extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(`the signer refuses: ${reason}`);
    this.name = "SignerRefused";
    this.reason = reason;
  }
}

/**
 * Signs the checkpoint of a ledger's first `size` events. Keeps what it signed last in a folder of its own and signs
 * nothing that contradicts it. `leaves` are all the leaves that the database holds now, `size` of them or more.
 */
export function signLedger({
  clinicId,
  origin,
  size,
  leaves,
}: {
  clinicId: string;
  origin: string;
  size: number;
  leaves: readonly Uint8Array[];
}): {
  note: string;
  root: Uint8Array;
} {
  const tree = merkleTree(leaves);
  const last = readState(clinicId);
  if (last !== null && last.size > leaves.length) throw new SignerRefused("smaller_than_signed");
  // A smaller tree than the last one signed is a prefix of it when both come from the same leaves.
  const head = Math.max(size, last?.size ?? 0);
  const offer = {
    origin,
    size: head,
    root: toHex(rootAt(tree, head)),
    consistency: last === null ? [] : consistencyProof(tree, last.size, head),
  };
  const decision = decideSigning(last, offer);
  if (!decision.sign) throw new SignerRefused(decision.reason);
  writeState(clinicId, decision.state);
  const root = rootAt(tree, size);
  return { note: signCheckpoint({ origin, size, root }, keys().ledger), root };
}

function stateFile(clinicId: string): string {
  return path.join(keys().signerState, `${clinicId}.json`);
}

function readState(clinicId: string): SignedState | null {
  let text: string;
  try {
    text = readFileSync(stateFile(clinicId), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  return State.parse(JSON.parse(text));
}

// Written beside and moved over, so that a crash leaves the old state or the new one.
function writeState(clinicId: string, state: SignedState): void {
  const file = stateFile(clinicId);
  writeFileSync(`${file}.next`, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  renameSync(`${file}.next`, file);
}

/** Another living process signs already. */
export class SignerBusy extends Error {
  readonly pid: number;

  constructor(pid: number) {
    super(`process ${pid} signs already`);
    this.name = "SignerBusy";
    this.pid = pid;
  }
}

/** Takes the signer's lock until the returned function is called. Throws SignerBusy while another process lives that holds it. */
export function lockSigner(): () => void {
  const file = path.join(keys().signerState, "lock");
  const own = `${file}.${process.pid}`;
  // Linked into place whole: a lock file is never seen empty.
  writeFileSync(own, String(process.pid), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      if (linked(own, file)) return () => rmSync(file, { force: true });
      const pid = holderOf(file);
      if (pid !== null && pid !== process.pid && lives(pid) && !startedAfter(pid, file)) throw new SignerBusy(pid);
      rmSync(file, { force: true });
    }
    throw new Error("the signer's lock could not be taken");
  } finally {
    rmSync(own, { force: true });
  }
}

function linked(own: string, file: string): boolean {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function holderOf(file: string): number | null {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

// After a restart another program can have the dead holder's number: one that began after the lock was written can't hold it.
function startedAfter(pid: number, file: string): boolean {
  try {
    const ticks = Number(
      readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ")[19],
    );
    const boot = Number(/^btime (\d+)$/m.exec(readFileSync("/proc/stat", "utf8"))?.[1]);
    const startedAt = (boot + ticks / TICKS_PER_SECOND) * 1000;
    return startedAt > statSync(file).mtimeMs + CLOCK_SLACK_SECONDS * 1000;
  } catch {
    return false;
  }
}

// USER_HZ, which Linux fixes for /proc; and btime is rounded to a second.
const TICKS_PER_SECOND = 100;
const CLOCK_SLACK_SECONDS = 2;

function lives(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
