import { z } from "zod";
import { WORKFORCE_TYPES } from "#lib/domain/clinic/schema.ts";
import { ROLES } from "#lib/domain/context.ts";
import { defineEvent, personal } from "#lib/domain/event.ts";

export const clinicEvents = [
  defineEvent("clinic.founded", "clinic", { name: personal(z.string()), timeZone: personal(z.string()) }),
  defineEvent("clinic.second_approver_required", "clinic", {}),
  defineEvent("clinic.second_approver_waived", "clinic", {}),
  defineEvent("member.invited", "invitation", {
    name: personal(z.string()),
    email: personal(z.string()),
    role: z.enum(ROLES),
    expiresAt: z.iso.datetime(),
  }),
  defineEvent("member.joined", "member", {
    name: personal(z.string()),
    email: personal(z.string()),
    role: z.enum(ROLES),
    jobTitle: personal(z.string()),
    workforceType: z.enum(WORKFORCE_TYPES),
    startedOn: z.iso.date(),
    invitationId: z.uuid().nullable(),
  }),
  defineEvent("session.opened", "session", { memberId: z.uuid(), at: z.iso.datetime() }),
  defineEvent("session.refused", "sign_in_window", {
    memberId: z.uuid(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    count: z.int().positive(),
  }),
] as const;
