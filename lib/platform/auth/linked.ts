import "server-only";
import { Conflict, refuse } from "#lib/kernel/errors.ts";
import type { ProviderKey } from "#lib/kernel/sign-in-ways.ts";
import { noteAccountEvent } from "#lib/platform/auth/account-event.ts";
import { hasFactor } from "#lib/platform/auth/factors.ts";
import { keyedHash } from "#lib/platform/auth/keyed-hash.ts";
import { openSession } from "#lib/platform/auth/sign-in.ts";
import type { ProviderIdentity } from "#lib/platform/auth/sign-on.ts";
import { changeWaysIn, requireOtherWayIn } from "#lib/platform/auth/ways-in.ts";
import { linkedAccount, recordSignInAttempt } from "#lib/platform/db/identity.ts";
import { type IdentityTx, withIdentity } from "#lib/platform/db/with-identity.ts";

export type Visit = { readonly address: string; readonly userAgent: string };

export type SignOnOutcome = {
  readonly outcome: "opened" | "second_step";
  readonly token: string;
  readonly accountId: string;
};

/**
 * Signs in the account that is linked with whom a provider vouches for; null when none is. Where the account has a second
 * factor and the provider didn't ask for one, it is asked for here. Refuses `sign_on.clinic_left`.
 */
export async function signInLinked(
  identity: ProviderIdentity,
  { address, userAgent }: Visit,
  now: Date,
): Promise<SignOnOutcome | null> {
  const { issuer, subject, provider: way, provedFactor } = identity;
  const linked = await linkedAccount(issuer, subject);
  if (linked === null) return null;
  const { id, accountId, email, byClinic, opens } = linked;
  if (!opens) throw refuse("sign_on.clinic_left");
  const awaitsSecondFactor = !provedFactor && (await hasFactor(accountId));
  const proof = { way, awaitsSecondFactor, provedFactor, byClinic };
  const { token, sessionId } = await openSession(accountId, userAgent, proof);
  await withIdentity(accountId, (tx) => tx.credential.updateMany({ where: { id }, data: { lastUsedAt: now } }));
  const outcome = awaitsSecondFactor ? "second_step" : "opened";
  const hashes = { emailHash: keyedHash("email", email), addressHash: keyedHash("address", address) };
  await recordSignInAttempt({ ...hashes, accountId, sessionId, outcome });
  return { outcome, token, accountId };
}

/** Writes down that somebody whom a provider vouches for got in nowhere. It counts against them and their address, and no email. */
export async function recordRefusedSignOn({ issuer, subject }: ProviderIdentity, { address }: Visit): Promise<void> {
  const hashes = { emailHash: keyedHash("email", `${issuer} ${subject}`), addressHash: keyedHash("address", address) };
  await recordSignInAttempt({ ...hashes, accountId: null, sessionId: null, outcome: "refused" });
}

/** Links an account with whom a provider vouches for, in the transaction that decided so; `byClinic` where a clinic's domain did. */
export async function addLink(
  tx: Pick<IdentityTx, "credential" | "accountEvent">,
  accountId: string,
  identity: Pick<ProviderIdentity, "provider" | "issuer" | "subject" | "email">,
  now: Date,
  byClinic: string | null = null,
): Promise<void> {
  const { provider, issuer, subject, email } = identity;
  await tx.credential.create({
    data: { accountId, kind: "provider", provider, issuer, subject, byClinic, name: email ?? "", createdAt: now },
    select: { id: true },
  });
  await noteAccountEvent(tx, accountId, now, { type: "provider_linked", provider });
}

/**
 * Links the holder's own account; once is as good as twice. A link that a clinic's domain made becomes the holder's own, and
 * opens all their clinics. Refuses `sign_on.linked_elsewhere`.
 */
export async function linkProvider(accountId: string, identity: ProviderIdentity, now: Date): Promise<void> {
  const linked = await linkedAccount(identity.issuer, identity.subject);
  if (linked !== null && linked.accountId !== accountId) throw refuse("sign_on.linked_elsewhere");
  if (linked !== null && linked.byClinic === null) return;
  await withIdentity(accountId, async (tx) => {
    if (linked !== null) {
      const ofClinic = { id: linked.id, accountId, removedAt: null };
      const { count } = await tx.credential.updateMany({ where: ofClinic, data: { removedAt: now } });
      // Another tab of theirs was quicker.
      if (count === 0) return;
    }
    await addLink(tx, accountId, identity, now);
  }).catch((error: unknown) => {
    throw error instanceof Conflict ? refuse("sign_on.linked_elsewhere") : error;
  });
}

export type OwnLink = {
  readonly id: string;
  readonly provider: ProviderKey;
  /** The address at the provider. */
  readonly name: string;
  /** Whether a clinic's domain made it, and not the holder. */
  readonly isByClinic: boolean;
  readonly addedAt: Date;
  readonly lastUsedAt: Date | null;
};

/** Who vouches for the holder. */
export async function listOwnLinks(accountId: string): Promise<OwnLink[]> {
  const rows = await withIdentity(accountId, (tx) =>
    tx.credential.findMany({
      where: { accountId, kind: "provider", removedAt: null },
      select: { id: true, provider: true, name: true, byClinic: true, createdAt: true, lastUsedAt: true },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      take: 50,
    }),
  );
  return rows.map(({ createdAt, provider, byClinic, ...link }) => ({
    ...link,
    // A CHECK holds the column to the providers.
    provider: provider as ProviderKey,
    isByClinic: byClinic !== null,
    addedAt: createdAt,
  }));
}

/** Ends a link of the holder's. Refuses `account.last_way_in`. */
export async function unlinkProvider(accountId: string, id: string, now: Date): Promise<void> {
  await changeWaysIn(accountId, async (tx) => {
    const own = { id, accountId, kind: "provider", removedAt: null };
    const link = await tx.credential.findFirst({ where: own, select: { provider: true } });
    if (link === null) return;
    await requireOtherWayIn(tx, accountId, id);
    await tx.credential.updateMany({ where: own, data: { removedAt: now } });
    await noteAccountEvent(tx, accountId, now, {
      type: "provider_unlinked",
      provider: link.provider as ProviderKey,
    });
  });
}
