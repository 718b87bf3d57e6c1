import "server-only";
import { SetJoining } from "#lib/domain/clinic/domains/schema.ts";
import { requireOpenDomain } from "#lib/domain/clinic/domains/store.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { refuse } from "#lib/kernel/errors.ts";

/** Sets whether people of a verified domain join as staff by signing in at the clinic's own address. */
export const setJoining = defineCommand(
  "set-joining",
  "domain.keep",
  SetJoining,
  async ({ tx }, { domainId, version, joins }) => {
    const { domain, provider, ...known } = await requireOpenDomain(tx, domainId);
    if (known.joins === joins) return unchanged({ domain, joins });
    if (known.verifiedAt === null) throw refuse("domain.not_verified", { domain });
    const { count } = await tx.clinicDomain.updateMany({
      where: { id: domainId, version, endedAt: null },
      data: { joins, version: { increment: 1 } },
    });
    if (count === 0) throw refuse("domain.changed_meanwhile", { domain });
    const type = joins ? "domain.joining_allowed" : "domain.joining_stopped";
    return done({ domain, joins }, { type, id: domainId, domain, provider });
  },
);
