import "server-only";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { ChooseDigest } from "#lib/domain/notifications/outbox/schema.ts";
import { wantsDigest } from "#lib/domain/notifications/outbox/store.ts";
import { NotFound } from "#lib/kernel/errors.ts";

/** Switches one's own daily mail on or off. */
export const chooseDigest = defineCommand(
  "choose-digest",
  "mail.choose",
  ChooseDigest,
  async ({ tx, ctx }, { digest }) => {
    const memberId = actingMemberId(ctx);
    if (memberId === null) throw new NotFound();
    if ((await wantsDigest(tx, memberId)) === digest) return unchanged({ digest });
    const chosen = { digest, changedAt: ctx.now };
    const { count } = await tx.mailPreference.updateMany({ where: { memberId }, data: chosen });
    if (count === 0) await tx.mailPreference.createMany({ data: [{ memberId, ...chosen }] });
    return done({ digest }, { type: digest ? "mail.digest_switched_on" : "mail.digest_switched_off", id: memberId });
  },
);
