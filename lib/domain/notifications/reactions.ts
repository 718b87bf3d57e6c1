import "server-only";
import type { ClinicContext } from "#lib/domain/context.ts";
import { giveNotice } from "#lib/domain/notifications/commands/give-notice.ts";
import { queueDirectiveMail } from "#lib/domain/notifications/outbox/commands/queue-directive-mail.ts";
import { queueInvitationMail } from "#lib/domain/notifications/outbox/commands/queue-invitation-mail.ts";

/** Tells officers, and users of a tool that is left without cover, that a BAA ran out. */
export async function tellOfLapsedBaa(ctx: ClinicContext, baaId: string): Promise<void> {
  await giveNotice(ctx, { kind: "baa_lapsed", subjectId: baaId });
}

/** Tells whoever asked for a tool what the answer is. */
export async function tellOfAnswer(ctx: ClinicContext, requestId: string): Promise<void> {
  await giveNotice(ctx, { kind: "request_answered", subjectId: requestId });
}

/** Tells whoever asked for a tool that the answer was taken back and another will come. */
export async function tellOfReopening(ctx: ClinicContext, requestId: string): Promise<void> {
  await giveNotice(ctx, { kind: "request_reopened", subjectId: requestId });
}

/** Tells every owner and privacy officer that somebody opened emergency access. */
export async function tellOfEmergencyAccess(ctx: ClinicContext, useId: string): Promise<void> {
  await giveNotice(ctx, { kind: "emergency_access", subjectId: useId });
}

/** Tells somebody that they may open emergency access from a day on. */
export async function tellOfNaming(ctx: ClinicContext, personId: string): Promise<void> {
  await giveNotice(ctx, { kind: "emergency_named", subjectId: personId });
}

/** Tells somebody that they are off the list of who may open emergency access. */
export async function tellOfUnnaming(ctx: ClinicContext, personId: string): Promise<void> {
  await giveNotice(ctx, { kind: "emergency_unnamed", subjectId: personId });
}

/** Tells whose use of emergency access was reviewed. */
export async function tellOfReview(ctx: ClinicContext, useId: string): Promise<void> {
  await giveNotice(ctx, { kind: "emergency_reviewed", subjectId: useId });
}

/** Tells whose second step was taken away, and the owners. */
export async function tellOfFactorReset(ctx: ClinicContext, resetId: string): Promise<void> {
  await giveNotice(ctx, { kind: "factors_reset", subjectId: resetId });
}

/** Tells whose account was linked with a provider. */
export async function tellOfLink(ctx: ClinicContext, accountEventId: string): Promise<void> {
  await giveNotice(ctx, { kind: "provider_linked", subjectId: accountEventId });
}

/** Tells whose account was opened again from the server, and the owners. */
export async function tellOfAccountReset(ctx: ClinicContext, accountEventId: string): Promise<void> {
  await giveNotice(ctx, { kind: "account_reset", subjectId: accountEventId });
}

/** Writes to everybody who is to sign a directive that was issued. */
export async function askToSign(ctx: ClinicContext, policyVersionId: string): Promise<void> {
  await queueDirectiveMail(ctx, { policyVersionId });
}

/** Writes to somebody who was invited. */
export async function mailInvitation(ctx: ClinicContext, invitationId: string): Promise<void> {
  await queueInvitationMail(ctx, { invitationId });
}
