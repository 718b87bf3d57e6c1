import "server-only";
import { EndDesignation, type Office } from "#lib/domain/clinic/settings/schema.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { fromDatabaseDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import { Forbidden, NotFound, refuse } from "#lib/kernel/errors.ts";

/** Ends a designation without a successor: the office is vacant from the next day on. */
export const endDesignation = defineCommand(
  "end-designation",
  "officer.designate",
  EndDesignation,
  async ({ tx, ctx }, { designationId, toOn, reason }) => {
    const endedBy = actingMemberId(ctx);
    if (endedBy === null) throw new Forbidden("officer.designate");
    const designation = await tx.designation.findFirst({ where: { id: designationId } });
    if (designation === null) throw new NotFound();
    if (toOn < fromDatabaseDate(designation.fromOn)) throw refuse("designation.ends_before_start", {}, "toOn");
    const { count } = await tx.designation.updateMany({
      where: { id: designationId, toOn: null },
      data: { toOn: toDatabaseDate(toOn), endedBy, endedAt: ctx.now, endReason: reason },
    });
    if (count === 0) throw refuse("designation.ended_already");
    const { memberId } = designation;
    const office = designation.office as Office;
    return done({}, { type: "designation.ended", id: designationId, office, memberId, toOn, reason });
  },
);
