import "server-only";
import type { z } from "zod";
import { assertMayGrant } from "#lib/domain/clinic/people/rules.ts";
import {
  type InviteMember,
  OFFBOARDING_KINDS,
  type OffboardingKind,
  type WorkforceType,
} from "#lib/domain/clinic/people/schema.ts";
import { INVITATION_DAYS } from "#lib/domain/clinic/schema.ts";
import { actingMemberId, type Role, type WorkContext } from "#lib/domain/context.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import { type CalendarDate, fromDatabaseDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import { refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { invitationToken, tokenHash } from "#lib/platform/auth/token.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** What a search finds a person by. */
export function searchKeyOf({ name, jobTitle, email }: { name: string; jobTitle: string; email: string }): string {
  return foldForSearch(`${name} ${jobTitle} ${email}`);
}

type NewMember = {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly jobTitle: string;
  readonly workforceType: WorkforceType;
  readonly locationId: string | null;
  readonly tracks: readonly string[];
  readonly role: Role;
  readonly startedOn: CalendarDate;
  /** The last day, where it is known beforehand. */
  readonly endsOn: CalendarDate | null;
  readonly grantedBy: string | null;
};

/** Makes an account a member, with the first role and description of their history. */
export async function addMember(tx: ClinicTx, { now }: Pick<WorkContext, "now">, member: NewMember): Promise<void> {
  const { id: memberId, accountId, name, email, role, startedOn, endsOn, grantedBy } = member;
  const { jobTitle, workforceType, locationId } = member;
  const described = { jobTitle, workforceType, locationId, tracks: [...member.tracks] };
  await tx.member.create({
    data: {
      ...{ id: memberId, accountId, name, email, role, ...described, searchKey: searchKeyOf(member), createdAt: now },
      ...{ startedOn: toDatabaseDate(startedOn), endedOn: endsOn === null ? null : toDatabaseDate(endsOn) },
    },
  });
  await tx.roleGrant.createMany({ data: [{ memberId, number: 1, role, reason: "", grantedBy, grantedAt: now }] });
  await tx.memberDescription.createMany({
    data: [{ memberId, number: 1, ...described, describedBy: grantedBy, describedAt: now }],
  });
  if (endsOn === null) return;
  await addEnding(tx, { memberId, lastDay: endsOn, endedAt: null, reason: "", enteredBy: grantedBy, enteredAt: now });
}

/** Takes an invitation that is open: of two who use it at once, the second is refused `invitation.used_or_expired`. */
export async function takeInvitation(tx: ClinicTx, { now, today }: Pick<WorkContext, "now" | "today">, id: string) {
  const { count } = await tx.invitation.updateMany({
    where: { id, acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
    data: { acceptedAt: now },
  });
  if (count === 0) throw refuse("invitation.used_or_expired");
  const invitation = await tx.invitation.findFirstOrThrow({ where: { id } });
  const endsOn = invitation.endsOn === null ? null : fromDatabaseDate(invitation.endsOn);
  if (endsOn !== null && endsOn < today) throw refuse("invitation.used_or_expired");
  return { ...invitation, endsOn };
}

type Joining = {
  readonly accountId: string;
  readonly name: string;
  readonly jobTitle?: string;
  readonly workforceType?: WorkforceType | undefined;
  readonly startedOn?: CalendarDate | undefined;
};

/** Makes an account a member as an invitation says, and what they say themselves; the facts of joining. */
export async function joinAsInvited(
  tx: ClinicTx,
  ctx: Pick<WorkContext, "now" | "today">,
  invitation: Awaited<ReturnType<typeof takeInvitation>>,
  { accountId, name, jobTitle = "", workforceType, startedOn }: Joining,
) {
  const planned = invitation.startsOn === null ? null : fromDatabaseDate(invitation.startsOn);
  const member = {
    id: newId(),
    name,
    jobTitle: jobTitle || invitation.jobTitle,
    workforceType: workforceType ?? (invitation.workforceType as WorkforceType),
    role: invitation.role as Role,
    locationId: invitation.locationId,
    tracks: invitation.tracks,
    email: invitation.email,
    startedOn: startedOn ?? (planned !== null && planned > ctx.today ? planned : ctx.today),
    endsOn: invitation.endsOn,
  };
  await addMember(tx, ctx, { ...member, accountId, grantedBy: invitation.invitedBy });
  return { ...member, invitationId: invitation.id };
}

type NewEnding = {
  readonly memberId: string;
  readonly lastDay: CalendarDate;
  readonly endedAt: Date | null;
  readonly reason: string;
  readonly enteredBy: string | null;
  readonly enteredAt: Date;
};

type KeptItem = {
  readonly kind: string;
  readonly subject: string;
  readonly state: string;
  readonly note: string;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
};

/** Records an ending with its list of what to see to; what an earlier ending of the same person saw to is kept. */
export async function addEnding(
  tx: ClinicTx,
  ending: NewEnding,
  { kept = [], accounts = [] }: { kept?: readonly KeptItem[]; accounts?: readonly string[] } = {},
): Promise<string> {
  const id = newId();
  await tx.memberEnding.create({
    data: { ...ending, id, lastDay: toDatabaseDate(ending.lastDay) },
    select: { id: true },
  });
  const known = new Set(kept.map(({ kind, subject }) => itemKey(kind, subject)));
  const open: Array<{ kind: OffboardingKind; subject: string }> = [
    ...OFFBOARDING_KINDS.filter((kind) => kind !== "account").map((kind) => ({ kind, subject: "" })),
    ...uniqueNames(accounts).map((subject) => ({ kind: "account" as const, subject })),
  ].filter(({ kind, subject }) => !known.has(itemKey(kind, subject)));
  const items = [...kept, ...open];
  await tx.offboardingItem.createMany({
    data: items.map((item, position) => ({ ...item, endingId: id, position })),
  });
  return id;
}

function itemKey(kind: string, subject: string): string {
  return `${kind} ${foldForSearch(subject) || subject}`;
}

function uniqueNames(names: readonly string[]): string[] {
  return [...new Map(names.map((name) => [foldForSearch(name) || name, name])).values()];
}

/**
 * From here to the end of the transaction nobody else changes who is an owner: of two owners who end each other at once,
 * the second sees what the first did.
 */
export async function lockRoster(tx: ClinicTx, { clinicId }: Pick<WorkContext, "clinicId">): Promise<void> {
  await tx.clinic.updateMany({ where: { id: clinicId }, data: { rosterVersion: { increment: 1 } } });
}

type Invited = z.output<typeof InviteMember>;

type OpenInvitation = { readonly id: string; readonly name: string; readonly email: string; readonly role: string };

/** Makes an invitation in the place of an open one, if there is one. Refuses roles above the actor's, new or taken back. */
export async function replaceInvitation(
  tx: ClinicTx,
  ctx: WorkContext,
  open: (OpenInvitation & { readonly importId: string | null; readonly madeAt: Date }) | null,
  invited: Invited,
) {
  assertMayGrant(ctx.actor, invited.role);
  const id = newId();
  const revoked = open === null ? [] : [await revokeInvitation(tx, ctx, open, id)];
  const token = invitationToken(id);
  const expiresAt = new Date(ctx.now.getTime() + INVITATION_DAYS * 86_400_000);
  const { startsOn, endsOn, ...facts } = invited;
  const importId = open?.importId ?? null;
  await tx.invitation.create({
    data: {
      ...{ ...facts, id, tokenHash: tokenHash(token), searchKey: searchKeyOf(invited), createdAt: ctx.now, expiresAt },
      startsOn: startsOn === null ? null : toDatabaseDate(startsOn),
      endsOn: endsOn === null ? null : toDatabaseDate(endsOn),
      ...{ invitedBy: actingMemberId(ctx), importId },
    },
    select: { id: true },
  });
  const made = { type: "member.invited", id, ...invited, expiresAt: expiresAt.toISOString() } as const;
  return {
    value: {
      ...{ invitationId: id, token, name: invited.name, email: invited.email, expiresAt },
      /** For whom and when the link was made in whose place this one is. */
      replaced: open === null ? null : { name: open.name, madeAt: open.madeAt },
    },
    events: [made, ...revoked] as const,
  };
}

/** Takes back an invitation that nobody has used, and says so. */
export async function revokeInvitation(
  tx: ClinicTx,
  ctx: WorkContext,
  { id, name, email, role }: OpenInvitation,
  replacedBy: string | null,
) {
  const given = role as Role;
  assertMayGrant(ctx.actor, given);
  // Only the first of two finds it open: somebody may have joined by it a moment ago.
  const { count } = await tx.invitation.updateMany({
    where: { id, acceptedAt: null, revokedAt: null },
    data: { revokedAt: ctx.now, revokedBy: actingMemberId(ctx) },
  });
  if (count === 0) throw refuse("invitation.not_open", { name });
  return { type: "member.invitation_revoked", id, name, email, role: given, replacedBy } as const;
}
