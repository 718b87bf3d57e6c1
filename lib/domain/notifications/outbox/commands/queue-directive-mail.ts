import "server-only";
import { z } from "zod";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { queueMail } from "#lib/domain/notifications/outbox/steps.ts";
import { eventsNaming } from "#lib/domain/notifications/rules.ts";
import { newestVersions, requireVersion, rollOf } from "#lib/domain/policies/store.ts";
import { newId } from "#lib/kernel/ids.ts";

/** Writes to everybody who is to sign a directive that was issued, once; nobody, when a newer version has replaced it. */
export const queueDirectiveMail = defineCommand(
  "queue-directive-mail",
  "mail.send",
  z.object({ policyVersionId: z.uuid() }),
  async ({ tx, ctx }, { policyVersionId }) => {
    const version = await requireVersion(tx, policyVersionId);
    const isNewest = (await newestVersions(tx)).some(({ id }) => id === version.id);
    const kind = "directive_to_sign" as const;
    const told = await tx.outboxMessage.findMany({
      where: { kind, subjectId: version.id },
      select: { memberId: true },
    });
    const already = new Set(told.map(({ memberId }) => memberId));
    const roll = isNewest ? await rollOf(tx, version, ctx.today) : [];
    const memberIds = roll
      .filter(({ attestationId, memberId }) => attestationId === null && !already.has(memberId))
      .map(({ memberId }) => memberId);
    const [first, ...rest] = eventsNaming(memberIds, (named) => ({
      ...{ type: "mail.queued" as const, id: newId(), kind, memberIds: named },
    }));
    if (first === undefined) return unchanged({ queued: 0 });
    await queueMail(tx, ctx.now, { kind, subjectId: version.id, to: memberIds.map((memberId) => ({ memberId })) });
    return done({ queued: memberIds.length }, first, ...rest);
  },
  { timeoutSeconds: 60 },
);
