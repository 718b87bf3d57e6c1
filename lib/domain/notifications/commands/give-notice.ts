import "server-only";
import { z } from "zod";
import { servingOn } from "#lib/domain/clinic/store.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import type { WorkContext } from "#lib/domain/context.ts";
import { queueMail } from "#lib/domain/notifications/outbox/steps.ts";
import { eventsNaming } from "#lib/domain/notifications/rules.ts";
import { NOTICE_KINDS, type NoticeKind } from "#lib/domain/notifications/schema.ts";
import {
  listMembersToTell,
  requireAccountEvent,
  requireLapse,
  requireNamingToTell,
  requireRequestToTell,
  requireReviewToTell,
  requireUseToTell,
} from "#lib/domain/notifications/store.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

const GiveNotice = z.object({ kind: z.enum(NOTICE_KINDS), subjectId: z.uuid() });

/**
 * Tells the people whom it concerns. A lapsed BAA: officers always, everybody who looks tools up where a tool is left
 * without cover. A request that was answered, or opened again: whoever asked and whoever joined. Emergency access: every
 * officer. Named for it, taken off its list, or one's use reviewed: that person. A second step taken away: whose it was,
 * and the owners. An account linked with a provider: whose it is. One opened again from the server: whose it is, and the
 * owners. Repeating it tells nobody twice.
 */
export const giveNotice = defineCommand(
  "give-notice",
  "notice.give",
  GiveNotice,
  async ({ tx, ctx }, { kind, subjectId }) => {
    const { members, since } = await concernedBy(tx, ctx, kind, subjectId);
    const told = await tx.notice.findMany({
      where: { kind, subjectId, givenAt: { gte: since } },
      select: { memberId: true },
    });
    const already = new Set(told.map((notice) => notice.memberId));
    const memberIds = members.filter((memberId) => !already.has(memberId));
    const [first, ...rest] = eventsNaming(memberIds, (named) => ({
      ...{ type: "notice.given" as const, id: subjectId, kind, subjectId, memberIds: named },
    }));
    if (first === undefined) return unchanged({ told: 0 });
    await tx.notice.createMany({
      data: memberIds.map((memberId) => ({ id: newId(), memberId, kind, subjectId, givenAt: ctx.now })),
    });
    await queueMail(tx, ctx.now, { kind, subjectId, to: memberIds.map((memberId) => ({ memberId })) });
    return done({ told: memberIds.length }, first, ...rest);
  },
);

function concernedBy(tx: ClinicTx, ctx: WorkContext, kind: NoticeKind, subjectId: string) {
  switch (kind) {
    case "baa_lapsed":
      return concernedByLapse(tx, ctx, subjectId);
    case "request_answered":
      return concernedByAnswer(tx, ctx, subjectId);
    case "request_reopened":
      return concernedByReopening(tx, ctx, subjectId);
    case "emergency_access":
      return concernedByEmergency(tx, ctx, subjectId);
    case "emergency_named":
    case "emergency_unnamed":
      return concernedByNaming(tx, ctx, kind, subjectId);
    case "emergency_reviewed":
      return concernedByReview(tx, ctx, subjectId);
    case "factors_reset":
      return concernedByReset(tx, ctx, subjectId);
    case "provider_linked":
    case "account_reset":
      return concernedByAccountEvent(tx, ctx, kind, subjectId);
    default: {
      const unhandled: never = kind;
      return unhandled;
    }
  }
}

async function concernedByEmergency(tx: ClinicTx, ctx: WorkContext, useId: string) {
  const { openedAt } = await requireUseToTell(tx, useId);
  return { members: await listMembersToTell(tx, ctx.today, "officers"), since: openedAt };
}

async function concernedByNaming(
  tx: ClinicTx,
  ctx: WorkContext,
  kind: "emergency_named" | "emergency_unnamed",
  personId: string,
) {
  const { memberId, namedAt, endedAt } = await requireNamingToTell(tx, personId);
  const since = kind === "emergency_named" ? namedAt : endedAt;
  if (since === null) throw new NotFound();
  return { members: await servingOf(tx, ctx, memberId), since };
}

async function concernedByReview(tx: ClinicTx, ctx: WorkContext, useId: string) {
  const { reviewedAt, reviewedBy, use } = await requireReviewToTell(tx, useId);
  // A sole reviewer knows.
  return { members: reviewedBy === use.memberId ? [] : await servingOf(tx, ctx, use.memberId), since: reviewedAt };
}

// Who has left is taken off the list with that, and is told of their end.
async function servingOf(tx: ClinicTx, { today }: WorkContext, memberId: string): Promise<string[]> {
  const members = await tx.member.findMany({ where: { ...servingOn(today), id: memberId }, select: { id: true } });
  return members.map(({ id }) => id);
}

// Whose second step it was, and every owner but the one who did it.
async function concernedByReset(tx: ClinicTx, ctx: WorkContext, resetId: string) {
  const reset = await tx.factorReset.findFirst({ where: { id: resetId } });
  if (reset === null) throw new NotFound();
  const { memberId, resetBy, resetAt } = reset;
  const others = (await owners(tx, ctx)).filter((id) => id !== resetBy);
  return { members: [...new Set([memberId, ...others])], since: resetAt };
}

async function concernedByAccountEvent(tx: ClinicTx, ctx: WorkContext, kind: NoticeKind, eventId: string) {
  const { memberId, at } = await requireAccountEvent(tx, eventId);
  const others = kind === "account_reset" ? await owners(tx, ctx) : [];
  return { members: [...new Set([memberId, ...others])], since: at };
}

async function owners(tx: ClinicTx, ctx: WorkContext): Promise<string[]> {
  const serving = await tx.member.findMany({ where: { ...servingOn(ctx.today), role: "owner" }, select: { id: true } });
  return serving.map(({ id }) => id);
}

async function concernedByLapse(tx: ClinicTx, ctx: WorkContext, baaId: string) {
  const { tools, notedAt } = await requireLapse(tx, baaId, ctx.today);
  const members = await listMembersToTell(tx, ctx.today, tools.length > 0 ? "everybody" : "officers");
  return { members, since: notedAt };
}

async function concernedByAnswer(tx: ClinicTx, ctx: WorkContext, requestId: string) {
  const { status, answeredAt, members } = await requireRequestToTell(tx, requestId);
  // Taken back before anybody was told: only that the request is open is left to tell.
  if (status === "open" || answeredAt === null) return { members: [], since: ctx.now };
  return { members, since: answeredAt };
}

async function concernedByReopening(tx: ClinicTx, ctx: WorkContext, requestId: string) {
  const { status, takenBackAt, members } = await requireRequestToTell(tx, requestId);
  if (status !== "open" || takenBackAt === null) return { members: [], since: ctx.now };
  return { members, since: takenBackAt };
}
