import "server-only";
import { isPublicMail } from "#lib/domain/clinic/domains/rules.ts";
import { AddDomain } from "#lib/domain/clinic/domains/schema.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { newToken } from "#lib/platform/auth/token.ts";

/** Names a mail domain of the clinic. It counts for nothing until its DNS record is found. */
export const addDomain = defineCommand(
  "add-domain",
  "domain.keep",
  AddDomain,
  async ({ tx, ctx }, { domain, provider, tenant }) => {
    if (ctx.actor.kind !== "member") throw new Forbidden("domain.keep");
    if (isPublicMail(domain)) throw refuse("domain.public_mail", { domain }, "domain");
    const listed = await tx.clinicDomain.findFirst({ where: { domain, endedAt: null }, select: { id: true } });
    if (listed !== null) throw refuse("domain.already_listed", { domain }, "domain");
    const id = newId();
    const added = { domain, provider, tenantId: tenant, token: newToken() };
    await tx.clinicDomain.create({
      data: { id, ...added, addedBy: ctx.actor.memberId, addedAt: ctx.now },
      select: { id: true },
    });
    return done({ domainId: id, domain }, { type: "domain.added", id, domain, provider, tenant });
  },
);
