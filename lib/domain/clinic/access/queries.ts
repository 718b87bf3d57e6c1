import "server-only";
import { z } from "zod";
import { resetLinkRefusal } from "#lib/domain/clinic/access/rules.ts";
import { listServing } from "#lib/domain/clinic/access/store.ts";
import { defineQuery } from "#lib/domain/query.ts";

/** What the clinic asks of who signs in. */
export const getSignInRules = defineQuery("sign-in-rules", "clinic.read", z.object({}), async ({ tx }) => {
  const rules = await tx.clinic.findFirstOrThrow({ select: { idleMinutes: true, needsSecondFactor: true } });
  return { idleMinutes: rules.idleMinutes, secondFactorForAll: rules.needsSecondFactor };
});

/** For whom the reader may make a reset link, as far as roles go. */
export const getResetLinkPage = defineQuery(
  "reset-link-page",
  "reset_link.issue",
  z.object({}),
  async ({ tx, ctx }) => {
    const { actor } = ctx;
    const members = await listServing(tx, ctx.today);
    return { members: members.filter((member) => actor.kind === "member" && !resetLinkRefusal(actor, member)) };
  },
);
