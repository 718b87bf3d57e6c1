import "server-only";
import type { SignInWay } from "#lib/kernel/sign-in-ways.ts";
import { appClient, workerClient } from "#lib/platform/db/client.ts";

// The look-ups that happen before it is known who asks. Each is a SECURITY DEFINER function in the schema `identity`.

export async function accountForSignIn(email: string): Promise<{ id: string; passwordHash: string | null } | null> {
  const rows = await appClient().$queryRaw<Array<{ id: string; passwordHash: string | null }>>`
    SELECT id, password_hash AS "passwordHash" FROM identity.account_for_sign_in(${email})`;
  return rows[0] ?? null;
}

export type SessionRow = {
  id: string;
  accountId: string;
  email: string;
  locale: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  /** How its person signed in; null where nobody wrote it down. */
  way: SignInWay | null;
  /** Whether a sign-in provider asked for a second factor. */
  provedFactor: boolean;
  hasPassword: boolean;
  /** The fewest minutes without activity after which a clinic of the account ends a session. */
  idleMinutes: number;
  /** Opened by a password alone: good for the second step and nothing else. */
  awaitsSecondFactor: boolean;
  /** Whether a clinic of the account asks for a second factor, and whether there is one. */
  needsFactor: boolean;
  hasFactor: boolean;
  /** Whether it opens every clinic of the account: no clinic's link opened it, or each of the others trusts the same provider. */
  opensAll: boolean;
};

export async function sessionForToken(tokenHash: Uint8Array): Promise<SessionRow | null> {
  const rows = await appClient().$queryRaw<SessionRow[]>`
    SELECT id, account_id AS "accountId", email, locale, created_at AS "createdAt", last_seen_at AS "lastSeenAt", expires_at AS "expiresAt",
           revoked_at AS "revokedAt", idle_minutes AS "idleMinutes", awaits_second_factor AS "awaitsSecondFactor", way,
           proved_factor AS "provedFactor", needs_factor AS "needsFactor", has_factor AS "hasFactor", has_password AS "hasPassword",
           opens_all AS "opensAll"
      FROM identity.session_for_token(${tokenHash})`;
  return rows[0] ?? null;
}

/** Whether a session opens a clinic that its person is in: one that another clinic's link opened may not. */
export async function sessionOpens(sessionId: string, clinicId: string): Promise<boolean> {
  const rows = await appClient().$queryRaw<Array<{ opens: boolean }>>`
    SELECT identity.session_opens(${sessionId}::uuid, ${clinicId}::uuid) AS opens`;
  return rows[0]?.opens === true;
}

export type InvitationRow = {
  id: string;
  clinicId: string;
  clinicName: string;
  slug: string;
  timeZone: string;
  email: string;
  name: string;
  role: string;
  jobTitle: string;
  workforceType: string;
  expiresAt: Date;
  acceptedAt: Date | null;
  revokedAt: Date | null;
  accountId: string | null;
};

export async function invitationForToken(tokenHash: Uint8Array): Promise<InvitationRow | null> {
  const rows = await appClient().$queryRaw<InvitationRow[]>`
    SELECT id, clinic_id AS "clinicId", clinic_name AS "clinicName", slug, time_zone AS "timeZone", email, name, role, job_title AS "jobTitle",
           workforce_type AS "workforceType", expires_at AS "expiresAt", accepted_at AS "acceptedAt", revoked_at AS "revokedAt",
           account_id AS "accountId"
      FROM identity.invitation_for_token(${tokenHash})`;
  return rows[0] ?? null;
}

export type MembershipRow = {
  clinicId: string;
  clinicName: string;
  slug: string;
  timeZone: string;
  memberId: string;
  name: string;
  role: string;
};

/** The membership of an account in the clinic of that slug, today by the clinic's calendar; null when there is none. */
export async function membershipFor(slug: string, accountId: string): Promise<MembershipRow | null> {
  const rows = await appClient().$queryRaw<MembershipRow[]>`
    SELECT clinic_id AS "clinicId", clinic_name AS "clinicName", slug, time_zone AS "timeZone", member_id AS "memberId", name, role
      FROM identity.member_for(${slug}, ${accountId}::uuid)`;
  return rows[0] ?? null;
}

/** Emergency access that is open for a member at this moment of the database's clock; null when there is none. */
export async function emergencyUseOf(clinicId: string, memberId: string): Promise<{ id: string; endsAt: Date } | null> {
  const rows = await appClient().$queryRaw<Array<{ id: string; endsAt: Date }>>`
    SELECT id, ends_at AS "endsAt" FROM identity.emergency_use_of(${clinicId}::uuid, ${memberId}::uuid)`;
  return rows[0] ?? null;
}

export type RecentRefusals = {
  byEmail: number;
  byAddress: number;
  lastByEmail: Date | null;
  lastByAddress: Date | null;
};

export async function recentRefusals(
  emailHash: Uint8Array,
  addressHash: Uint8Array,
  since: Date,
): Promise<RecentRefusals> {
  const rows = await appClient().$queryRaw<RecentRefusals[]>`
    SELECT by_email AS "byEmail", by_address AS "byAddress", last_by_email AS "lastByEmail", last_by_address AS "lastByAddress"
      FROM identity.recent_refusals(${emailHash}, ${addressHash}, ${since})`;
  return rows[0] ?? { byEmail: 0, byAddress: 0, lastByEmail: null, lastByAddress: null };
}

export async function hasAnyClinic(): Promise<boolean> {
  const rows = await appClient().$queryRaw<Array<{ any: boolean }>>`SELECT identity.has_any_clinic() AS any`;
  return rows[0]?.any === true;
}

export type SignInAttempt = {
  emailHash: Uint8Array<ArrayBuffer>;
  addressHash: Uint8Array<ArrayBuffer>;
  accountId: string | null;
  sessionId: string | null;
  outcome: "opened" | "refused" | "slowed" | "second_step";
};

/** One row for every try to sign in, known or unknown. */
export async function recordSignInAttempt(attempt: SignInAttempt): Promise<void> {
  // createMany, because create would read the row back, which this role may not.
  await appClient().signInAttempt.createMany({ data: [attempt] });
}

export type ResetRow = {
  id: string;
  clinicId: string;
  clinicName: string;
  slug: string;
  timeZone: string;
  memberId: string;
  accountId: string;
  email: string;
  expiresAt: Date;
  endedAt: Date | null;
  /** Made by whoever runs the server, and good for an account of several clinics too. */
  byOperator: boolean;
};

export async function resetForToken(tokenHash: Uint8Array): Promise<ResetRow | null> {
  const rows = await appClient().$queryRaw<ResetRow[]>`
    SELECT id, clinic_id AS "clinicId", clinic_name AS "clinicName", slug, time_zone AS "timeZone", member_id AS "memberId",
           account_id AS "accountId", email, expires_at AS "expiresAt", ended_at AS "endedAt", by_operator AS "byOperator"
      FROM identity.reset_for_token(${tokenHash})`;
  return rows[0] ?? null;
}

/** Whether the account behind a member serves in another clinic too. */
export async function isInAnotherClinic(clinicId: string, memberId: string): Promise<boolean> {
  const rows = await appClient().$queryRaw<Array<{ other: boolean }>>`
    SELECT identity.is_in_another_clinic(${clinicId}::uuid, ${memberId}::uuid) AS other`;
  return rows[0]?.other === true;
}

export type PasskeyRow = {
  id: string;
  accountId: string;
  email: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: bigint;
  transports: string[];
};

export async function passkeyForSignIn(passkeyId: string): Promise<PasskeyRow | null> {
  const rows = await appClient().$queryRaw<PasskeyRow[]>`
    SELECT id, account_id AS "accountId", email, public_key AS "publicKey", counter, transports
      FROM identity.passkey_for_sign_in(${passkeyId})`;
  return rows[0] ?? null;
}

export type PasskeyQuestion = {
  challengeHash: Uint8Array<ArrayBuffer>;
  purpose: "add" | "sign_in" | "second_step" | "provider_sign_in" | "provider_link";
  /** Who is asked; null where anybody may sign in. */
  accountId: string | null;
};

export async function recordPasskeyChallenge(question: PasskeyQuestion & { expiresAt: Date }): Promise<void> {
  // createMany, because create would read the row back, which this role may not.
  await appClient().passkeyChallenge.createMany({ data: [question] });
}

/** Whether the question was asked, is open, and is answered for the first time. */
export async function takePasskeyChallenge(question: PasskeyQuestion, now: Date): Promise<boolean> {
  const { challengeHash, purpose, accountId } = question;
  const rows = await appClient().$queryRaw<Array<{ taken: boolean }>>`
    SELECT identity.take_passkey_challenge(${challengeHash}, ${purpose}, ${accountId}::uuid, ${now}) AS taken`;
  return rows[0]?.taken === true;
}

export type LinkedRow = {
  id: string;
  accountId: string;
  email: string;
  /** The clinic whose domain made the link; null where the holder did. */
  byClinic: string | null;
  /** Whether the link signs in: one that a clinic's domain made does not outlive the membership there, where there are others. */
  opens: boolean;
};

/** The account that is linked with whom a provider vouches for; null when none is. */
export async function linkedAccount(issuer: string, subject: string): Promise<LinkedRow | null> {
  const rows = await appClient().$queryRaw<LinkedRow[]>`
    SELECT id, account_id AS "accountId", email, by_clinic AS "byClinic", opens FROM identity.linked_account(${issuer}, ${subject})`;
  return rows[0] ?? null;
}

export type SignOnRow = {
  clinicId: string;
  clinicName: string;
  slug: string;
  timeZone: string;
  /** The verified domain of that address that the clinic has, and who vouches for its people; all null when it has none. */
  domainId: string | null;
  provider: string | null;
  tenantId: string | null;
  joins: boolean | null;
  accountId: string | null;
  /** Whether that account is in another clinic too. */
  isElsewhere: boolean;
  membership: "none" | "serving" | "ended";
  invitationId: string | null;
};

/** What a clinic has to do with an address that a provider vouches for; null when there is no such clinic. */
export async function signOnAt(slug: string, domain: string, email: string, now: Date): Promise<SignOnRow | null> {
  const rows = await appClient().$queryRaw<SignOnRow[]>`
    SELECT clinic_id AS "clinicId", clinic_name AS "clinicName", slug, time_zone AS "timeZone", domain_id AS "domainId", provider,
           tenant_id AS "tenantId", joins, account_id AS "accountId", is_elsewhere AS "isElsewhere", membership,
           invitation_id AS "invitationId"
      FROM identity.sign_on_at(${slug}, ${domain}, ${email}, ${now})`;
  return rows[0] ?? null;
}

// For the worker only

/** Forgets questions to passkeys and providers that nobody can answer any more, and says how many there were. */
export async function forgetChallenges(before: Date): Promise<number> {
  const rows = await workerClient().$queryRaw<Array<{ gone: number }>>`
    SELECT identity.forget_challenges(${before}) AS gone`;
  return rows[0]?.gone ?? 0;
}

export async function clinicIds(): Promise<Array<{ id: string; slug: string }>> {
  return workerClient().$queryRaw<Array<{ id: string; slug: string }>>`SELECT id, slug FROM identity.clinic_ids()`;
}

export type SignInToCopy = {
  id: string;
  at: Date;
  outcome: string;
  sessionId: string | null;
  way: SignInWay | null;
  clinicId: string | null;
  memberId: string | null;
};

export async function signInsToCopy(before: Date): Promise<SignInToCopy[]> {
  return workerClient().$queryRaw<SignInToCopy[]>`
    SELECT id, at, outcome, session_id AS "sessionId", way, clinic_id AS "clinicId", member_id AS "memberId"
      FROM identity.sign_ins_to_copy(${before})`;
}

export async function markSignInsCopied(ids: string[]): Promise<void> {
  await workerClient().$executeRaw`SELECT identity.mark_sign_ins_copied(${ids}::uuid[])`;
}

export type AccountEventToCopy = {
  id: string;
  at: Date;
  type: string;
  count: number | null;
  provider: string | null;
  clinicId: string | null;
  memberId: string | null;
};

export async function accountEventsToCopy(): Promise<AccountEventToCopy[]> {
  return workerClient().$queryRaw<AccountEventToCopy[]>`
    SELECT id, at, type, count, provider, clinic_id AS "clinicId", member_id AS "memberId" FROM identity.account_events_to_copy()`;
}

export async function markAccountEventsCopied(ids: string[]): Promise<void> {
  await workerClient().$executeRaw`SELECT identity.mark_account_events_copied(${ids}::uuid[])`;
}

/** Clinics that have mail to send at the moment. */
export async function clinicsWithMail(at: Date): Promise<string[]> {
  const rows = await workerClient().$queryRaw<Array<{ id: string }>>`SELECT id FROM identity.clinics_with_mail(${at})`;
  return rows.map(({ id }) => id);
}

export type MailRecipient = { memberId: string; email: string; locale: string };

/** Where members of a clinic get mail, and in which language. */
export async function mailRecipients(clinicId: string, memberIds: string[]): Promise<MailRecipient[]> {
  return workerClient().$queryRaw<MailRecipient[]>`
    SELECT member_id AS "memberId", email, locale FROM identity.mail_recipients(${clinicId}::uuid, ${memberIds}::uuid[])`;
}

export async function beatHeart(id: string, detail: string): Promise<void> {
  await workerClient().$executeRaw`
    INSERT INTO worker_heartbeat (id, beat_at, detail) VALUES (${id}, now(), ${detail})
    ON CONFLICT (id) DO UPDATE SET beat_at = now(), detail = ${detail}`;
}

/** Seconds since the worker's last heartbeat by the database's clock; null when there never was one. */
export async function secondsSinceHeartbeat(id: string): Promise<number | null> {
  const rows = await appClient().$queryRaw<Array<{ seconds: number }>>`
    SELECT extract(epoch FROM now() - beat_at)::float8 AS seconds FROM worker_heartbeat WHERE id = ${id}`;
  return rows[0]?.seconds ?? null;
}
