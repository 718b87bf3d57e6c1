import "server-only";
import { endOfUse, reviewByOf } from "#lib/domain/clinic/emergency-access/rules.ts";
import { OpenEmergencyAccess } from "#lib/domain/clinic/emergency-access/schema.ts";
import {
  emergencyRule,
  findNamingInForce,
  findOpenUse,
  listNamedToday,
} from "#lib/domain/clinic/emergency-access/store.ts";
import { lockRoster } from "#lib/domain/clinic/people/steps.ts";
import { listLeaders } from "#lib/domain/clinic/store.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { toDatabaseDate } from "#lib/kernel/dates.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { anyOf } from "#lib/kernel/list-text.ts";

/**
 * Opens emergency access (45 CFR 164.312(a)(2)(ii)) for a member whom the owner named; whoever asks has given the password
 * once more. From the next request until it is over they have what GIVEN_IN_AN_EMERGENCY lists beside their own role. One
 * that is open already is the answer to another try.
 */
export const openEmergencyAccess = defineCommand(
  "open-emergency-access",
  "emergency_access.open",
  OpenEmergencyAccess,
  async ({ tx, ctx }, { kind, reason, minutes }) => {
    if (ctx.actor.kind !== "member") throw new Forbidden("emergency_access.open");
    const { memberId, sessionId = null } = ctx.actor;
    // Two tries at once follow each other, and neither overtakes an owner who takes the person off the list.
    await lockRoster(tx, ctx);
    const open = await findOpenUse(tx, memberId, ctx.now);
    if (open !== null) return unchanged({ useId: open.id, endsAt: open.endsAt });
    const naming = await findNamingInForce(tx, memberId, ctx.today);
    if (naming === null) {
      const named = await listNamedToday(tx, ctx.today);
      const leaders = await listLeaders(tx, ctx.today);
      const people = [...named, ...leaders.map(({ name }) => name)];
      throw refuse("emergency_access.not_named", { people: anyOf(people, ctx.locale) });
    }
    const { minutesMax, reviewDays } = await emergencyRule(tx);
    if (minutes > minutesMax) throw refuse("emergency_access.too_long", { max: minutesMax }, "minutes");
    const useId = newId();
    const endsAt = endOfUse({ minutes, lastDay: naming.lastDay }, ctx);
    const reviewBy = toDatabaseDate(reviewByOf(endsAt, reviewDays, ctx.timeZone));
    const use = { memberId, personId: naming.id, kind, reason, minutes, reviewDays };
    await tx.emergencyUse.create({
      data: { ...use, id: useId, sessionId, openedAt: ctx.now, endsAt, reviewBy },
      select: { id: true },
    });
    return done(
      { useId, endsAt },
      { type: "emergency_access.opened", id: useId, ...use, endsAt: endsAt.toISOString() },
    );
  },
);
