import "server-only";
import type { z } from "zod";
import type { Role } from "#lib/domain/context.ts";
import { canHandOver, canSendAgain, hindranceOf, pathOf } from "#lib/domain/notifications/outbox/rules.ts";
import {
  DigestCounts,
  type MailAbout,
  type MailDue,
  type MailFailure,
  type MailKind,
  type MailState,
  type OutboxPage,
  type OutboxRow,
} from "#lib/domain/notifications/outbox/schema.ts";
import { type CalendarDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { invitationToken } from "#lib/platform/auth/token.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { env } from "#lib/platform/env.ts";

type StoredMessage = NonNullable<Awaited<ReturnType<ClinicTx["outboxMessage"]["findFirst"]>>>;

/** Whether mail goes out at all; without a key somebody hands the links over. */
export function sendsMail(): boolean {
  return env().RESEND_API_KEY !== undefined;
}

/** The address of a clinic's pages, without anything that an address could carry beside its place. */
export function clinicAddress(slug: string): string {
  return `${address()}/c/${slug}`;
}

function address(): string {
  const { origin, pathname } = new URL(env().WARDBOOK_URL);
  return `${origin}${pathname.replace(/\/+$/, "")}`;
}

export async function requireMessage(tx: ClinicTx, messageId: string): Promise<StoredMessage> {
  const message = await tx.outboxMessage.findFirst({ where: { id: messageId } });
  if (message === null) throw new NotFound();
  return message;
}

/** Messages whose time has come, the oldest first. */
export async function listMailDue(
  tx: ClinicTx,
  { at, today, take, home }: { at: Date; today: CalendarDate; take: number; home: string },
): Promise<MailDue[]> {
  const rows = await tx.outboxMessage.findMany({
    where: { state: "queued", nextAttemptAt: { lte: at } },
    orderBy: [{ queuedAt: "asc" }, { id: "asc" }],
    take,
    include: { member: { select: { endedOn: true } } },
  });
  const about = await aboutOf(tx, rows);
  const invitations = await invitationsOf(tx, rows);
  const day = toDatabaseDate(today);
  return rows.map((row): MailDue => {
    const { id: messageId, memberId, member, queuedAt } = row;
    const { kind, counts, path } = about(row);
    if (member !== null) {
      const serves = member.endedOn === null || member.endedOn >= day;
      const hindered = hindranceOf({ queuedAt, pointless: serves ? null : "left" }, at);
      return { messageId, memberId, email: null, hindered, about: { kind, counts, href: `${home}${path}` } };
    }
    const invitation = invitations.get(row.subjectId ?? "");
    const hindered = hindranceOf({ queuedAt, pointless: isOpen(invitation, at) ? null : "not_open" }, at);
    const href = `${address()}/invitation/${invitationToken(row.subjectId ?? "")}`;
    return { messageId, memberId, email: invitation?.email ?? null, hindered, about: { kind, counts, href } };
  });
}

async function invitationsOf(tx: ClinicTx, rows: ReadonlyArray<Pick<StoredMessage, "kind" | "subjectId">>) {
  const ids = rows.flatMap(({ kind, subjectId }) => (kind === "invitation" && subjectId !== null ? [subjectId] : []));
  const invitations = await tx.invitation.findMany({
    where: { id: { in: ids } },
    select: { id: true, email: true, name: true, acceptedAt: true, revokedAt: true, expiresAt: true },
  });
  return new Map(invitations.map((invitation) => [invitation.id, invitation]));
}

type Reader = { readonly subjectId: string | null; readonly member: { readonly name: string } | null };

/** The names of whom messages are for: members, and people who are invited. */
export async function readerNames(
  tx: ClinicTx,
  rows: ReadonlyArray<{ readonly kind: string; readonly subjectId: string | null }>,
): Promise<(reader: Reader) => string> {
  const invitations = await invitationsOf(tx, rows);
  return ({ member, subjectId }) => member?.name ?? invitations.get(subjectId ?? "")?.name ?? "";
}

type Openness = { readonly acceptedAt: Date | null; readonly revokedAt: Date | null; readonly expiresAt: Date };

function isOpen(invitation: Openness | undefined, at: Date): boolean {
  return (
    invitation !== undefined &&
    invitation.acceptedAt === null &&
    invitation.revokedAt === null &&
    invitation.expiresAt > at
  );
}

type Place = Omit<MailAbout, "href"> & { readonly path: string };

/** What each message is about, and the page of it below the clinic's address. */
async function aboutOf(tx: ClinicTx, rows: readonly StoredMessage[]): Promise<(row: StoredMessage) => Place> {
  const versions = rows.flatMap(({ kind, subjectId }) =>
    kind === "directive_to_sign" && subjectId !== null ? [subjectId] : [],
  );
  const found = await tx.policyVersion.findMany({
    where: { id: { in: [...new Set(versions)] } },
    select: { id: true, policy: { select: { code: true } } },
  });
  const codes = new Map(found.map(({ id, policy }) => [id, policy.code]));
  return (row) => {
    const kind = row.kind as MailKind;
    const path = pathOf(kind, row.subjectId, codes.get(row.subjectId ?? ""));
    return { kind, path, counts: DigestCounts.parse(row.counts ?? {}) };
  };
}

type Asked = z.output<typeof OutboxPage>;

/** A page of the outbox, with the number of all messages that fit. */
export async function findOutboxPage(
  tx: ClinicTx,
  { state, kind, sort, direction, page, size }: Omit<Asked, "size"> & { readonly size: number },
  slug: string,
): Promise<{ rows: OutboxRow[]; total: number }> {
  const where = {
    ...(state.length > 0 ? { state: { in: state } } : {}),
    ...(kind.length > 0 ? { kind: { in: kind } } : {}),
  };
  const rows = await tx.outboxMessage.findMany({
    where,
    orderBy: [orderOf(sort, direction), { queuedAt: "desc" }, { id: "asc" }],
    skip: (page - 1) * size,
    take: size,
    include: { member: { select: { name: true } }, again: { select: { id: true } } },
  });
  const about = await aboutOf(tx, rows);
  const names = await readerNames(tx, rows);
  const home = clinicAddress(slug);
  const sends = sendsMail();
  const shown = rows.map((row): OutboxRow => {
    const { id, queuedAt, finishedAt, attempts } = row;
    const now = row.state as MailState;
    return {
      ...{ id, queuedAt, finishedAt, attempts, state: now, kind: row.kind as MailKind },
      member: names(row),
      toHandOver: canHandOver({ state: now }, sends),
      failure: row.failure as MailFailure | null,
      link: `${home}${about(row).path}`,
      canSendAgain: canSendAgain({ state: now, sentAgain: row.again !== null }),
    };
  });
  return { rows: shown, total: await tx.outboxMessage.count({ where }) };
}

function orderOf(sort: Asked["sort"], direction: Asked["direction"]) {
  switch (sort) {
    case "queued":
      return { queuedAt: direction };
    case "state":
      return { state: direction };
    case "attempts":
      return { attempts: direction };
    case "member":
      return { member: { name: direction } };
    default: {
      const unhandled: never = sort;
      return unhandled;
    }
  }
}

export async function countOutboxByState(tx: ClinicTx): Promise<Partial<Record<MailState, number>>> {
  const groups = await tx.outboxMessage.groupBy({ by: ["state"], _count: { _all: true } });
  return Object.fromEntries(groups.map((group) => [group.state, group._count._all]));
}

/**
 * The invitation, with all that were made of its list at the same moment where it came by one, as far as they are open and
 * nobody has been written to. One of a list that is renewed alone says nothing of the others: theirs may be handed over.
 */
export async function listUntoldInvitations(tx: ClinicTx, invitationId: string, now: Date): Promise<string[]> {
  const invitation = await tx.invitation.findFirst({
    where: { id: invitationId },
    select: { importId: true, createdAt: true },
  });
  if (invitation === null) throw new NotFound();
  const { importId, createdAt } = invitation;
  const open = await tx.invitation.findMany({
    where: {
      ...(importId === null ? { id: invitationId } : { importId, createdAt }),
      ...{ acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
    },
    select: { id: true },
  });
  const ids = open.map(({ id }) => id);
  const told = await tx.outboxMessage.findMany({
    where: { kind: "invitation", subjectId: { in: ids } },
    select: { subjectId: true },
  });
  const already = new Set(told.map(({ subjectId }) => subjectId));
  return ids.filter((id) => !already.has(id));
}

/** Whether a member gets the daily mail: yes, until they switch it off. */
export async function wantsDigest(tx: ClinicTx, memberId: string): Promise<boolean> {
  const chosen = await tx.mailPreference.findFirst({ where: { memberId }, select: { digest: true } });
  return chosen?.digest ?? true;
}

/** Members who serve on the day and have not switched the daily mail off. */
export async function listDigestReaders(
  tx: ClinicTx,
  today: CalendarDate,
): Promise<Array<{ readonly memberId: string; readonly role: Role }>> {
  const day = toDatabaseDate(today);
  const members = await tx.member.findMany({
    where: {
      startedOn: { lte: day },
      AND: [
        { OR: [{ endedOn: null }, { endedOn: { gte: day } }] },
        { OR: [{ mailPreference: null }, { mailPreference: { digest: true } }] },
      ],
    },
    select: { id: true, role: true },
  });
  return members.map(({ id, role }) => ({ memberId: id, role: role as Role }));
}
