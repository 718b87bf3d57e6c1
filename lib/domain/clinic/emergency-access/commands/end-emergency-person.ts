import "server-only";
import { EndEmergencyPerson } from "#lib/domain/clinic/emergency-access/schema.ts";
import { endUses } from "#lib/domain/clinic/emergency-access/steps.ts";
import { requireEmergencyPerson } from "#lib/domain/clinic/emergency-access/store.ts";
import { lockRoster } from "#lib/domain/clinic/people/steps.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { Forbidden } from "#lib/kernel/errors.ts";

/** Takes a person off the list at once; what they have open by it ends with it. That they stood on it stays on record. */
export const endEmergencyPerson = defineCommand(
  "end-emergency-person",
  "emergency_access.arrange",
  EndEmergencyPerson,
  async ({ tx, ctx }, { personId, reason }) => {
    const endedBy = actingMemberId(ctx);
    if (endedBy === null) throw new Forbidden("emergency_access.arrange");
    // Whoever opens emergency access at the same moment is through before this, or finds the naming ended.
    await lockRoster(tx, ctx);
    const { member, memberId } = await requireEmergencyPerson(tx, personId);
    const { count } = await tx.emergencyPerson.updateMany({
      where: { id: personId, endedAt: null },
      data: { endedBy, endedAt: ctx.now, endReason: reason },
    });
    if (count === 0) return unchanged({ name: member.name });
    return done(
      { name: member.name },
      { type: "emergency_person.ended", id: personId, memberId, reason },
      ...(await endUses(tx, ctx, { personId })),
    );
  },
);
