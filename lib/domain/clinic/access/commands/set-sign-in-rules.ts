import "server-only";
import { SetSignInRules } from "#lib/domain/clinic/access/schema.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";

/** Sets what the clinic asks of who signs in. */
export const setSignInRules = defineCommand(
  "set-sign-in-rules",
  "clinic.configure",
  SetSignInRules,
  async ({ tx, ctx }, rules) => {
    const data = { idleMinutes: rules.idleMinutes, needsSecondFactor: rules.secondFactorForAll };
    const { count } = await tx.clinic.updateMany({ where: { id: ctx.clinicId, NOT: data }, data });
    if (count === 0) return unchanged(rules);
    return done(rules, { type: "clinic.sign_in_rules_set", id: ctx.clinicId, ...rules });
  },
);
