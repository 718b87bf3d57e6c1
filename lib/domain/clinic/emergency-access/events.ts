import { z } from "zod";
import { EMERGENCY_KINDS } from "#lib/domain/clinic/emergency-access/schema.ts";
import { defineEvent, personal } from "#lib/domain/event.ts";

const text = () => personal(z.string());
const OF_USE = { memberId: z.uuid(), kind: z.enum(EMERGENCY_KINDS) };

export const emergencyAccessEvents = [
  defineEvent("emergency_rule.set", "emergency_rule", {
    number: z.int().positive(),
    minutesMax: z.int().positive(),
    reviewDays: z.int().positive(),
  }),
  defineEvent("emergency_person.named", "emergency_person", {
    memberId: z.uuid(),
    fromOn: z.iso.date(),
    toOn: z.iso.date().nullable(),
    reason: text(),
  }),
  defineEvent("emergency_person.ended", "emergency_person", { memberId: z.uuid(), reason: text() }),
  defineEvent("emergency_access.opened", "emergency_use", {
    ...OF_USE,
    personId: z.uuid(),
    minutes: z.int().positive(),
    endsAt: z.iso.datetime(),
    reviewDays: z.int().positive(),
    reason: text(),
  }),
  defineEvent("emergency_access.ended", "emergency_use", OF_USE),
  defineEvent("emergency_access.reviewed", "emergency_use", {
    ...OF_USE,
    justified: z.boolean(),
    done: text(),
    followUp: text(),
    typedName: text(),
    soleReviewer: z.boolean(),
    /** How many entries carry the use: all of them were before the reviewer. */
    entries: z.int().nonnegative(),
    sessionId: z.uuid().nullable(),
  }),
] as const;
