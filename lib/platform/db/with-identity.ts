import "server-only";
import { appClient } from "#lib/platform/db/client.ts";
import { translateDatabaseError } from "#lib/platform/db/errors.ts";
import type { Prisma } from "#lib/platform/generated/client.ts";

declare const holder: unique symbol;

/** A transaction pinned to one account: sees that account, its sessions and its memberships, nothing else. */
export type IdentityTx = Pick<
  Prisma.TransactionClient,
  "account" | "session" | "member" | "clinic" | "accountEvent" | "credential" | "recoveryCode"
> & {
  readonly [holder]: true;
};

export async function withIdentity<T>(accountId: string, work: (tx: IdentityTx) => Promise<T>): Promise<T> {
  try {
    const pinned = async (tx: Prisma.TransactionClient) => {
      await tx.$executeRaw`SELECT set_config('app.account_id', ${accountId}, true)`;
      return work(tx as unknown as IdentityTx);
    };
    // As patient as withClinic: every page waits for both, and a busy server is no reason to fail one of them.
    return await appClient().$transaction(pinned, { maxWait: 10_000 });
  } catch (error) {
    throw translateDatabaseError(error);
  }
}
