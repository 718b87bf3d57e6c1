import "server-only";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import type { Prisma } from "#lib/platform/generated/client.ts";

/** Gives all tools of a vendor its new name, in one statement however many they are; `nameKey` is that name, folded. */
export async function renameToolsOf(
  tx: ClinicTx,
  vendorId: string,
  { name, nameKey }: { readonly name: string; readonly nameKey: string },
): Promise<void> {
  const sql = tx as unknown as Prisma.TransactionClient;
  // A tool's key is vendor, product and surface, parted by what no folded name holds.
  await sql.$executeRaw`
    UPDATE tool SET vendor = ${name}, name_key = ${nameKey} || substr(name_key, strpos(name_key, ' · '))
     WHERE vendor_id = ${vendorId}::uuid`;
}
