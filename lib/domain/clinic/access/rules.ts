import { reaches } from "#lib/domain/clinic/people/rules.ts";
import type { Role } from "#lib/domain/context.ts";
import { type Refusal, refuse } from "#lib/kernel/errors.ts";

type ForWhom = { readonly memberId: string; readonly name: string; readonly role: string };

/** Why this person makes no reset link for that one; null when they may. */
export function resetLinkRefusal(
  issuer: { readonly memberId: string; readonly role: Role },
  member: ForWhom,
): Refusal | null {
  if (member.memberId === issuer.memberId) return refuse("reset_link.own", {}, "memberId");
  // Otherwise whoever looks after privacy could make themselves owner.
  if (member.role === "owner" && issuer.role !== "owner") return refuse("reset_link.of_owner", {}, "memberId");
  return null;
}

/** Why this person doesn't take the second factors of that one away; null when they may. */
export function factorResetRefusal(
  actor: { readonly kind: "member"; readonly memberId: string; readonly name: string; readonly role: Role },
  member: ForWhom,
): Refusal | null {
  if (member.memberId === actor.memberId) return refuse("factor_reset.own");
  if (!reaches(actor, member.role as Role)) return refuse("factor_reset.above_own", { name: member.name });
  return null;
}
