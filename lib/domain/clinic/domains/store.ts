import "server-only";
import { domainState, recordOf } from "#lib/domain/clinic/domains/rules.ts";
import type { DomainShown } from "#lib/domain/clinic/domains/schema.ts";
import { namesOf } from "#lib/domain/clinic/store.ts";
import { NotFound, refuse } from "#lib/kernel/errors.ts";
import type { ProviderKey } from "#lib/kernel/sign-in-ways.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

export const DOMAINS_MAX = 200;

/** The clinic's mail domains, those that hold first, with who did what. */
export async function listDomains(tx: ClinicTx): Promise<DomainShown[]> {
  const rows = await tx.clinicDomain.findMany({
    orderBy: [{ endedAt: { sort: "desc", nulls: "first" } }, { domain: "asc" }, { id: "asc" }],
    take: DOMAINS_MAX,
  });
  const people = rows.flatMap(({ addedBy, verifiedBy, endedBy }) => [addedBy, verifiedBy, endedBy]);
  const names = await namesOf(tx, people);
  const nameOf = (memberId: string | null) => (memberId === null ? "" : (names.get(memberId) ?? ""));
  return rows.map(({ id, domain, provider, tenantId, joins, token, version, ...row }) => ({
    ...{ id, domain, provider: provider as ProviderKey, tenant: tenantId, joins, record: recordOf(token), version },
    ...{ state: domainState(row), addedBy: nameOf(row.addedBy), addedAt: row.addedAt },
    ...{ verifiedBy: nameOf(row.verifiedBy), verifiedAt: row.verifiedAt },
    ...{ endedBy: nameOf(row.endedBy), endedAt: row.endedAt },
  }));
}

/** A domain of the clinic that has not ended; refuses `domain.ended_already` for one that has. */
export async function requireOpenDomain(tx: ClinicTx, domainId: string) {
  const row = await tx.clinicDomain.findFirst({ where: { id: domainId } });
  if (row === null) throw new NotFound();
  if (row.endedAt !== null) throw refuse("domain.ended_already", { domain: row.domain });
  return { ...row, provider: row.provider as ProviderKey };
}
