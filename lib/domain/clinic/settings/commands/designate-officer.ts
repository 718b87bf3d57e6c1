import "server-only";
import { lockRoster } from "#lib/domain/clinic/people/steps.ts";
import { requireMember } from "#lib/domain/clinic/people/store.ts";
import { assertFollows } from "#lib/domain/clinic/settings/rules.ts";
import { DesignateOfficer } from "#lib/domain/clinic/settings/schema.ts";
import { newestTerm } from "#lib/domain/clinic/settings/store.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { addDays, toDatabaseDate } from "#lib/kernel/dates.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";

/**
 * Designates who holds an office (45 CFR 164.530(a)(1), 164.308(a)(2)) from a day on. Who held it until then held it to the
 * day before.
 */
export const designateOfficer = defineCommand(
  "designate-officer",
  "officer.designate",
  DesignateOfficer,
  async ({ tx, ctx }, { office, memberId, fromOn, duties }) => {
    const madeBy = actingMemberId(ctx);
    if (madeBy === null) throw new Forbidden("officer.designate");
    await lockRoster(tx, ctx);
    const member = await requireMember(tx, memberId, ctx.today);
    if (member.state === "left") throw refuse("member.has_left", { name: member.name }, "memberId");
    const previous = await newestTerm(tx, office);
    assertFollows(fromOn, previous);
    const replaced = previous !== null && previous.toOn === null ? previous : null;
    const toOn = addDays(fromOn, -1);
    if (replaced !== null) {
      await tx.designation.updateMany({
        where: { id: replaced.id, toOn: null },
        data: { toOn: toDatabaseDate(toOn), endedBy: madeBy, endedAt: ctx.now },
      });
    }
    const id = newId();
    await tx.designation.create({
      data: { id, office, memberId, duties, fromOn: toDatabaseDate(fromOn), madeBy, madeAt: ctx.now },
      select: { id: true },
    });
    const made = { type: "designation.made", id, office, memberId, fromOn, duties } as const;
    if (replaced === null) return done({ designationId: id }, made);
    const ended = { type: "designation.ended", id: replaced.id, office, memberId: replaced.memberId, toOn, reason: "" };
    return done({ designationId: id }, { ...ended, type: "designation.ended" as const }, made);
  },
);
