import "server-only";
import { EndDomain } from "#lib/domain/clinic/domains/schema.ts";
import { requireOpenDomain } from "#lib/domain/clinic/domains/store.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";

/** Ends a domain: nobody joins or is linked by it any more. Who is linked already goes on signing in. */
export const endDomain = defineCommand(
  "end-domain",
  "domain.keep",
  EndDomain,
  async ({ tx, ctx }, { domainId, version }) => {
    if (ctx.actor.kind !== "member") throw new Forbidden("domain.keep");
    const { domain, provider } = await requireOpenDomain(tx, domainId);
    const { count } = await tx.clinicDomain.updateMany({
      where: { id: domainId, version, endedAt: null },
      data: { endedAt: ctx.now, endedBy: ctx.actor.memberId, joins: false, version: { increment: 1 } },
    });
    if (count === 0) throw refuse("domain.changed_meanwhile", { domain });
    return done({ domain }, { type: "domain.ended", id: domainId, domain, provider });
  },
);
