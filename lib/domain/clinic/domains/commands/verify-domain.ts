import "server-only";
import type { z } from "zod";
import { getDomainToVerify } from "#lib/domain/clinic/domains/queries.ts";
import { provesDomain } from "#lib/domain/clinic/domains/rules.ts";
import { type OneDomain, VerifyDomain } from "#lib/domain/clinic/domains/schema.ts";
import { requireOpenDomain } from "#lib/domain/clinic/domains/store.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";
import { textRecordsOf } from "#lib/platform/dns.ts";

const verify = defineCommand(
  "verify-domain",
  "domain.keep",
  VerifyDomain,
  async ({ tx, ctx }, { domainId, records }) => {
    if (ctx.actor.kind !== "member") throw new Forbidden("domain.keep");
    const { domain, provider, token, verifiedAt } = await requireOpenDomain(tx, domainId);
    if (verifiedAt !== null) return unchanged({ domain });
    if (!provesDomain(token, records)) throw refuse("domain.record_missing", { domain });
    const { count } = await tx.clinicDomain.updateMany({
      where: { id: domainId, verifiedAt: null, endedAt: null },
      data: { verifiedAt: ctx.now, verifiedBy: ctx.actor.memberId, version: { increment: 1 } },
    });
    if (count === 0) return unchanged({ domain });
    return done({ domain }, { type: "domain.verified", id: domainId, domain, provider });
  },
);

/**
 * Asks the DNS for the clinic's record, and verifies the domain when it is there. Refuses `domain.record_missing`,
 * `domain.dns_unreachable` and `domain.ended_already`.
 */
export async function verifyDomain(ctx: ClinicContext, raw: z.input<typeof OneDomain>): Promise<{ domain: string }> {
  const { domain, isVerified } = await getDomainToVerify(ctx, raw);
  const records = isVerified ? [] : await textRecordsOf(domain);
  if (records === null) throw refuse("domain.dns_unreachable", { domain });
  return verify(ctx, { ...raw, records });
}
