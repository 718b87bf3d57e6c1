import "server-only";
import { assertMayBeNamed } from "#lib/domain/clinic/emergency-access/rules.ts";
import { NameEmergencyPerson } from "#lib/domain/clinic/emergency-access/schema.ts";
import { findOverlappingNaming } from "#lib/domain/clinic/emergency-access/store.ts";
import { lockRoster } from "#lib/domain/clinic/people/steps.ts";
import { requireMember } from "#lib/domain/clinic/people/store.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { toDatabaseDate } from "#lib/kernel/dates.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";

/** Names a member of the workforce who may open emergency access, from a day on and, where one is given, to a last day. */
export const nameEmergencyPerson = defineCommand(
  "name-emergency-person",
  "emergency_access.arrange",
  NameEmergencyPerson,
  async ({ tx, ctx }, { memberId, fromOn, toOn, reason }) => {
    const namedBy = actingMemberId(ctx);
    if (namedBy === null) throw new Forbidden("emergency_access.arrange");
    // Of two namings of one person at once the second sees the first.
    await lockRoster(tx, ctx);
    const member = await requireMember(tx, memberId, ctx.today);
    if (member.state === "left") throw refuse("member.has_left", { name: member.name }, "memberId");
    assertMayBeNamed(member);
    if (fromOn < ctx.today) throw refuse("emergency_access.from_in_past", {}, "fromOn");
    const known = await findOverlappingNaming(tx, memberId, { fromOn, toOn });
    if (known !== null) throw refuse("emergency_access.named_already", { name: member.name }, "memberId");
    const personId = newId();
    await tx.emergencyPerson.create({
      data: {
        ...{ id: personId, memberId, reason, namedBy, namedAt: ctx.now, fromOn: toDatabaseDate(fromOn) },
        toOn: toOn === null ? null : toDatabaseDate(toOn),
      },
      select: { id: true },
    });
    return done(
      { personId, name: member.name },
      { type: "emergency_person.named", id: personId, memberId, fromOn, toOn, reason },
    );
  },
);
