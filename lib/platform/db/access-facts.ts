import "server-only";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import type { Prisma } from "#lib/platform/generated/client.ts";

export type AccessFacts = { readonly memberId: string; readonly lastSignIn: Date | null; readonly hasFactor: boolean };

/**
 * When each member of the pinned clinic last signed in, and whether they have a second factor, at a moment: of an account,
 * which the clinic does not see, no more than that.
 */
export async function accessFacts(tx: ClinicTx, at: Date): Promise<ReadonlyMap<string, AccessFacts>> {
  const sql = tx as unknown as Prisma.TransactionClient;
  const rows = await sql.$queryRaw<AccessFacts[]>`
    SELECT member_id AS "memberId", last_sign_in AS "lastSignIn", has_factor AS "hasFactor" FROM identity.access_facts(${at})`;
  return new Map(rows.map((row) => [row.memberId, row]));
}
