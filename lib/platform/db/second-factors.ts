import "server-only";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import type { Prisma } from "#lib/platform/generated/client.ts";

type WithoutFactor = { readonly memberId: string; readonly name: string };

/**
 * Who serves in the pinned clinic, is asked for a second factor and has none: the first by name, and how many. Factors
 * belong to accounts, which no clinic sees; the function behind it tells of members and of nothing else.
 */
export async function listWithoutSecondFactor(
  tx: ClinicTx,
  today: string,
  take: number,
): Promise<{ count: number; shown: WithoutFactor[] }> {
  const rows = await rawSqlOf(tx).$queryRaw<Array<WithoutFactor & { of: number }>>`
    SELECT member_id AS "memberId", name, of FROM identity.members_without_second_factor(${today}::date, ${take}::int)`;
  return { count: rows[0]?.of ?? 0, shown: rows.map(({ memberId, name }) => ({ memberId, name })) };
}

// The same transaction: the doors take raw SQL away from it by type, for everything outside this folder.
function rawSqlOf(tx: ClinicTx): Pick<Prisma.TransactionClient, "$queryRaw"> {
  return tx as unknown as Prisma.TransactionClient;
}
