import "server-only";
import { lockClient } from "#lib/platform/db/client.ts";

const waiting = new Map<string, Promise<unknown>>();

/**
 * Runs the works of one key one after the other, in this process by a queue and across processes by an advisory lock. The
 * queue comes first, so that a crowd for one key holds one connection and not all of them.
 */
export async function oneAfterTheOther<T>(key: Uint8Array, work: () => Promise<T>): Promise<T> {
  const name = Buffer.from(key).toString("hex");
  const before = waiting.get(name) ?? Promise.resolve();
  const mine = before.catch(() => undefined).then(() => underLock(key, work));
  waiting.set(name, mine);
  try {
    return await mine;
  } finally {
    if (waiting.get(name) === mine) waiting.delete(name);
  }
}

function underLock<T>(key: Uint8Array, work: () => Promise<T>): Promise<T> {
  const lock = Buffer.from(key).readBigInt64BE(0);
  return lockClient().$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${lock})`;
      return work();
    },
    { maxWait: 10_000, timeout: 20_000 },
  );
}
