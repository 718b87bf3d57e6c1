import type { z } from "zod";
import { nameEmergencyPerson } from "#lib/domain/clinic/emergency-access/commands/name-emergency-person.ts";
import { openEmergencyAccess } from "#lib/domain/clinic/emergency-access/commands/open-emergency-access.ts";
import type { OpenEmergencyAccess } from "#lib/domain/clinic/emergency-access/schema.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { emergencyUseOf } from "#lib/platform/db/identity.ts";
import { memberIdOf } from "#tests/support/roster.ts";

export const WHY = "The officer is on a flight and the EHR vendor needs an answer.";

/** What somebody acts as who did so that many minutes ago. */
export function minutesAgo(as: ClinicContext, minutes: number): ClinicContext {
  return { ...as, occurredAt: new Date(Date.now() - minutes * 60_000) };
}

/** Puts a person on the list of who may open emergency access, from today on. */
export async function nameFor(owner: ClinicContext, who: ClinicContext): Promise<{ personId: string }> {
  const fromOn = calendarDateIn(owner.timeZone, owner.occurredAt ?? new Date());
  return nameEmergencyPerson(owner, { memberId: memberIdOf(who), fromOn, reason: "Runs the desk on weekends." });
}

type Typed = z.input<typeof OpenEmergencyAccess>;

/** Opens emergency access the way its form does. */
export async function openAs(who: ClinicContext, typed: Partial<Typed> = {}): Promise<{ useId: string; endsAt: Date }> {
  return openEmergencyAccess(who, { kind: "emergency", reason: WHY, minutes: 60, understood: "yes", ...typed });
}

/** The person at their next request: with the emergency access that the database knows to be open, or without any. */
export async function nextRequest(who: ClinicContext): Promise<ClinicContext> {
  if (who.actor.kind !== "member") throw new Error("only members make requests");
  const use = await emergencyUseOf(who.clinicId, who.actor.memberId);
  const { emergency: _, ...actor } = who.actor;
  return { ...who, actor: use === null ? actor : { ...actor, emergency: { useId: use.id, endsAt: use.endsAt } } };
}
