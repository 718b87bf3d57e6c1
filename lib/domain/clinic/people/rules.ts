import type { MemberState } from "#lib/domain/clinic/people/schema.ts";
import type { Actor, Role } from "#lib/domain/context.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";
import { type Refusal, refuse } from "#lib/kernel/errors.ts";

// How far a role reaches. Nobody gives more than they have.
const REACH: Record<Role, number> = { staff: 1, auditor: 2, manager: 3, privacy_officer: 4, owner: 5 };

/** The first and last day of a membership, and the moment of that last day from which it was over, if one is known. */
export type MemberDays = {
  readonly startedOn: CalendarDate;
  readonly endedOn: CalendarDate | null;
  readonly endedAt: Date | null;
};

/** Where a member stands on a day that is today: who was ended today has left, who leaves tonight has not. */
export function memberState({ startedOn, endedOn, endedAt }: MemberDays, today: CalendarDate): MemberState {
  if (endedAt !== null || (endedOn !== null && endedOn < today)) return "left";
  if (startedOn > today) return "not_started";
  return endedOn === null ? "active" : "leaving";
}

/** Whether the actor's own role reaches as far as this one. Jobs and operators give any role. */
export function reaches(actor: Actor, role: Role): boolean {
  return actor.kind !== "member" || REACH[role] <= REACH[actor.role];
}

/** Refuses to hand out a role above one's own. */
export function assertMayGrant(actor: Actor, role: Role): void {
  if (!reaches(actor, role)) throw refuse("member.role_above_own", {}, "role");
}

/** Why nothing about this member is the actor's to change; null when their role is not above the actor's. */
export function changeRefusal(actor: Actor, member: { readonly name: string; readonly role: Role }): Refusal | null {
  return reaches(actor, member.role) ? null : refuse("member.above_own", { name: member.name });
}

/** Refuses to change anything about somebody whose role is above one's own. */
export function assertMayChange(actor: Actor, member: { readonly name: string; readonly role: Role }): void {
  const refusal = changeRefusal(actor, member);
  if (refusal !== null) throw refusal;
}

type RoleChange = {
  readonly member: { readonly id: string; readonly name: string; readonly role: Role };
  readonly role: Role;
  /** Whether another owner stays, whose membership has no end in sight. */
  readonly otherOwnerStays: boolean;
};

/** Refuses a role that one may not give, one's own raised, and the last owner's taken. */
export function assertMayChangeRole(actor: Actor, { member, role, otherOwnerStays }: RoleChange): void {
  const own = actor.kind === "member" && actor.memberId === member.id;
  if (own && REACH[role] > REACH[member.role]) throw refuse("member.raises_own_role", {}, "role");
  assertMayChange(actor, member);
  assertMayGrant(actor, role);
  if (role !== "owner") assertOwnerStays(member, otherOwnerStays);
}

/** Whether a clinic would be left without an owner if this member were none any more. */
export function isLastOwner({ role }: { readonly role: Role }, otherOwnerStays: boolean): boolean {
  return role === "owner" && !otherOwnerStays;
}

/** Refuses to leave a clinic without an owner. */
export function assertOwnerStays(
  member: { readonly name: string; readonly role: Role },
  otherOwnerStays: boolean,
): void {
  if (isLastOwner(member, otherOwnerStays)) throw refuse("member.last_owner", { name: member.name });
}
