import "server-only";
import { RESET_LINK_HOURS, ResetAccount } from "#lib/domain/clinic/access/schema.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { defineFounding } from "#lib/domain/founding.ts";
import { calendarDateIn, toDatabaseDate } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { noteAccountEvent } from "#lib/platform/auth/account-event.ts";
import { openMemberships } from "#lib/platform/auth/memberships.ts";
import { newToken, tokenHash } from "#lib/platform/auth/token.ts";
import { accountForSignIn } from "#lib/platform/db/identity.ts";

const reset = defineFounding("reset-account", ResetAccount, async ({ tx, ctx, accountId }, { memberId }) => {
  if (accountId === null) throw new NotFound();
  const taken = await tx.credential.updateMany({
    where: { accountId, removedAt: null },
    data: { removedAt: ctx.now },
  });
  await tx.recoveryCode.updateMany({ where: { accountId, endedAt: null }, data: { endedAt: ctx.now } });
  // Whoever knows the old one must not come before the holder.
  await tx.account.updateMany({ where: { id: accountId }, data: { passwordHash: null, passwordChangedAt: null } });
  await tx.session.updateMany({ where: { accountId, revokedAt: null }, data: { revokedAt: ctx.now } });
  await noteAccountEvent(tx, accountId, ctx.now, { type: "reset_by_operator", count: taken.count });
  const token = newToken();
  const link = { id: newId(), memberId };
  const expiresAt = new Date(ctx.now.getTime() + RESET_LINK_HOURS * 3_600_000);
  // Issued by no member: good for an account of several clinics too. The row ends every earlier link of the account, which
  // may be another clinic's.
  await tx.resetLink.create({
    data: { ...link, tokenHash: tokenHash(token), issuedBy: null, issuedAt: ctx.now, expiresAt },
    select: { id: true },
  });
  const issued = { type: "reset_link.issued", ...link, expiresAt: expiresAt.toISOString() } as const;
  return { value: { token, waysTaken: taken.count }, events: [issued] };
});

/** An account that is in some clinic, with the clinics by name. */
export type AccountToReset = {
  readonly accountId: string;
  readonly clinics: readonly [MembershipToReset, ...MembershipToReset[]];
};

type MembershipToReset = Pick<ClinicContext, "clinicId" | "slug" | "clinicName" | "timeZone"> & {
  readonly memberId: string;
};

/** The account of an email; null where nobody who is in a clinic has it. */
export async function findAccountToReset(email: string, now: Date): Promise<AccountToReset | null> {
  const account = await accountForSignIn(email.normalize("NFKC").trim().toLowerCase());
  if (account === null) return null;
  const [first, ...others] = (await openMemberships(account.id)).filter(
    ({ endedOn, timeZone }) => endedOn === null || endedOn >= toDatabaseDate(calendarDateIn(timeZone, now)),
  );
  return first === undefined ? null : { accountId: account.id, clinics: [first, ...others] };
}

/**
 * Opens an account again that no clinic may open by itself: takes its password, second steps, recovery codes, links with
 * providers and earlier reset links away, ends its sessions, and makes a one-time link to a new password. Only whoever runs
 * the server does it; a job copies it into the ledger of each clinic.
 */
export async function resetAccount(
  { accountId, clinics: [{ memberId, clinicId, slug, clinicName, timeZone }] }: AccountToReset,
  by: Pick<ClinicContext, "requestId" | "occurredAt">,
): Promise<{ token: string; waysTaken: number }> {
  const actor = { kind: "operator", job: "reset-account" } as const;
  const ctx: ClinicContext = { ...by, clinicId, slug, clinicName, timeZone, locale: "en", actor };
  return reset({ ctx, accountId }, { memberId });
}
