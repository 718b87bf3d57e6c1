import { z } from "zod";
import { OFFBOARDING_KINDS, OFFBOARDING_STATES } from "#lib/domain/clinic/people/schema.ts";
import { WORKFORCE_TYPES } from "#lib/domain/clinic/schema.ts";
import { FACT_ANSWERS, OFFICES, US_STATES } from "#lib/domain/clinic/settings/schema.ts";
import { ROLES } from "#lib/domain/context.ts";
import { defineEvent, personal } from "#lib/domain/event.ts";
import { SIGN_IN_WAYS } from "#lib/kernel/sign-in-ways.ts";

const text = () => personal(z.string());
const day = z.iso.date();

const described = {
  jobTitle: text(),
  workforceType: z.enum(WORKFORCE_TYPES),
  locationId: z.uuid().nullable(),
  tracks: personal(z.array(z.string())),
};

export const clinicEvents = [
  defineEvent("clinic.founded", "clinic", { name: personal(z.string()), timeZone: personal(z.string()) }),
  defineEvent("clinic.second_approver_required", "clinic", {}),
  defineEvent("clinic.second_approver_waived", "clinic", {}),
  defineEvent("member.invited", "invitation", {
    name: personal(z.string()),
    email: personal(z.string()),
    role: z.enum(ROLES),
    ...described,
    startsOn: day.nullable(),
    endsOn: day.nullable(),
    expiresAt: z.iso.datetime(),
  }),
  defineEvent("member.invitation_revoked", "invitation", {
    name: text(),
    email: text(),
    role: z.enum(ROLES),
    /** The newer invitation that takes its place. */
    replacedBy: z.uuid().nullable(),
  }),
  defineEvent("member.joined", "member", {
    name: personal(z.string()),
    email: personal(z.string()),
    role: z.enum(ROLES),
    ...described,
    startedOn: day,
    endsOn: day.nullable(),
    invitationId: z.uuid().nullable(),
  }),
  defineEvent("member.described", "member", { memberId: z.uuid(), number: z.int().positive(), ...described }),
  defineEvent("member.role_changed", "member", {
    memberId: z.uuid(),
    number: z.int().positive(),
    role: z.enum(ROLES),
    previousRole: z.enum(ROLES),
    reason: text(),
  }),
  defineEvent("member.deactivated", "member", {
    memberId: z.uuid(),
    endingId: z.uuid(),
    lastDay: day,
    atOnce: z.boolean(),
    reason: text(),
    accounts: personal(z.array(z.string())),
  }),
  defineEvent("member.offboarding_settled", "member", {
    memberId: z.uuid(),
    endingId: z.uuid(),
    kinds: z.array(z.enum(OFFBOARDING_KINDS)),
    states: z.array(z.enum(OFFBOARDING_STATES)),
    subjects: personal(z.array(z.string())),
    notes: personal(z.array(z.string())),
    open: z.int().nonnegative(),
  }),
  defineEvent("member.reinstated", "member", { memberId: z.uuid(), endingId: z.uuid().nullable(), reason: text() }),
  defineEvent("clinic.described", "clinic", {
    legalName: text(),
    address: text(),
    timeZone: text(),
    states: z.array(z.enum(US_STATES)),
    federalFunds: z.enum(FACT_ANSWERS),
    part2Program: z.enum(FACT_ANSWERS),
    behavioralHealth: z.enum(FACT_ANSWERS),
    treatsMinors: z.enum(FACT_ANSWERS),
  }),
  defineEvent("location.added", "location", { name: text(), address: text() }),
  defineEvent("location.changed", "location", { name: text(), address: text(), previousName: text() }),
  defineEvent("location.closed", "location", { name: text() }),
  defineEvent("designation.made", "designation", {
    office: z.enum(OFFICES),
    memberId: z.uuid(),
    fromOn: day,
    duties: text(),
  }),
  defineEvent("designation.ended", "designation", {
    office: z.enum(OFFICES),
    memberId: z.uuid(),
    toOn: day,
    reason: text(),
  }),
  defineEvent("session.opened", "session", {
    memberId: z.uuid(),
    at: z.iso.datetime(),
    /** How they signed in; null where nobody wrote it down. */
    way: z.enum(SIGN_IN_WAYS).nullable(),
  }),
  defineEvent("session.refused", "sign_in_window", {
    memberId: z.uuid(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    count: z.int().positive(),
  }),
] as const;
