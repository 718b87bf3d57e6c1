import "server-only";
import type { ClinicContext } from "#lib/domain/context.ts";
import { makeEvidencePack } from "#lib/domain/evidence/reactions.ts";
import {
  askToSign,
  mailInvitation,
  tellOfAccountReset,
  tellOfAnswer,
  tellOfEmergencyAccess,
  tellOfFactorReset,
  tellOfLapsedBaa,
  tellOfLink,
  tellOfNaming,
  tellOfReopening,
  tellOfReview,
  tellOfUnnaming,
} from "#lib/domain/notifications/reactions.ts";

type Reaction = (ctx: ClinicContext, event: { readonly objectId: string }) => Promise<void>;

/** What follows from an event, once it is committed. The worker runs it as the clinic's system actor. */
export const REACTIONS: Readonly<Record<string, Reaction>> = {
  "evidence.requested": (ctx, event) => makeEvidencePack(ctx, event.objectId),
  "baa.lapsed": (ctx, event) => tellOfLapsedBaa(ctx, event.objectId),
  "tool_request.granted": (ctx, event) => tellOfAnswer(ctx, event.objectId),
  "tool_request.refused": (ctx, event) => tellOfAnswer(ctx, event.objectId),
  "tool_request.pointed_elsewhere": (ctx, event) => tellOfAnswer(ctx, event.objectId),
  "tool_request.reopened": (ctx, event) => tellOfReopening(ctx, event.objectId),
  "member.invited": (ctx, event) => mailInvitation(ctx, event.objectId),
  "emergency_access.opened": (ctx, event) => tellOfEmergencyAccess(ctx, event.objectId),
  "emergency_access.reviewed": (ctx, event) => tellOfReview(ctx, event.objectId),
  "emergency_person.named": (ctx, event) => tellOfNaming(ctx, event.objectId),
  "emergency_person.ended": (ctx, event) => tellOfUnnaming(ctx, event.objectId),
  "policy.issued": (ctx, event) => askToSign(ctx, event.objectId),
  "member.factors_reset": (ctx, event) => tellOfFactorReset(ctx, event.objectId),
  "account.provider_linked": (ctx, event) => tellOfLink(ctx, event.objectId),
  "account.reset_by_operator": (ctx, event) => tellOfAccountReset(ctx, event.objectId),
};
