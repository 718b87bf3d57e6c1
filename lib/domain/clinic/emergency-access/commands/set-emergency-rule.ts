import "server-only";
import { SetEmergencyRule } from "#lib/domain/clinic/emergency-access/schema.ts";
import { emergencyRule } from "#lib/domain/clinic/emergency-access/store.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";

/** Sets how long emergency access may last and how soon it is reviewed, from the next use on. */
export const setEmergencyRule = defineCommand(
  "set-emergency-rule",
  "emergency_access.arrange",
  SetEmergencyRule,
  async ({ tx, ctx }, { number: seen, minutesMax, reviewDays }) => {
    const setBy = actingMemberId(ctx);
    if (setBy === null) throw new Forbidden("emergency_access.arrange");
    const rule = await emergencyRule(tx);
    if (rule.number !== seen) throw refuse("emergency_access.rule_changed_meanwhile");
    if (rule.minutesMax === minutesMax && rule.reviewDays === reviewDays) return unchanged(rule);
    const next = { number: rule.number + 1, minutesMax, reviewDays };
    await tx.emergencyRule.create({ data: { ...next, setBy, setAt: ctx.now }, select: { number: true } });
    return done(next, { type: "emergency_rule.set", id: ctx.clinicId, ...next });
  },
);
