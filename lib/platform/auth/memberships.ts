import "server-only";
import { withIdentity } from "#lib/platform/db/with-identity.ts";

/** Where an account is a member, by the clinic's name, also from a later day on; not where it was ended at once. */
export async function openMemberships(accountId: string) {
  const members = await withIdentity(accountId, (tx) =>
    tx.member.findMany({
      where: { accountId, endedAt: null },
      select: { id: true, endedOn: true, clinic: { select: { id: true, slug: true, name: true, timeZone: true } } },
      orderBy: { clinic: { name: "asc" } },
    }),
  );
  return members.map(({ id: memberId, endedOn, clinic: { id: clinicId, slug, name: clinicName, timeZone } }) => ({
    ...{ memberId, endedOn, clinicId, slug, clinicName, timeZone },
  }));
}
