import "server-only";
import { type Few, REVIEW_SOON_DAYS, WAITING_SHOWN_MAX, type Waiting } from "#lib/domain/calendar/waiting/schema.ts";
import { REVIEW_DUE_SOON_DAYS } from "#lib/domain/clinic/access-reviews/schema.ts";
import { listOpenVerdicts, reviewDue } from "#lib/domain/clinic/access-reviews/store.ts";
import { listUsesToReview } from "#lib/domain/clinic/emergency-access/store.ts";
import { officeWarnings } from "#lib/domain/clinic/settings/rules.ts";
import { OFFICES } from "#lib/domain/clinic/settings/schema.ts";
import { statesOf } from "#lib/domain/clinic/settings/store.ts";
import { actingMemberId, type Role, type WorkContext } from "#lib/domain/context.ts";
import type { MailKind } from "#lib/domain/notifications/outbox/schema.ts";
import { readerNames } from "#lib/domain/notifications/outbox/store.ts";
import { can } from "#lib/domain/permissions.ts";
import { countOpenRequests } from "#lib/domain/tools/requests/store.ts";
import { STANDING_COLUMNS, standingRow, standingsOf } from "#lib/domain/tools/store.ts";
import { countUpdates } from "#lib/domain/tools/updates/store.ts";
import { listBaasRunningOut } from "#lib/domain/vendors/baas/store.ts";
import { RUNNING_OUT_DAYS } from "#lib/domain/vendors/schema.ts";
import { listWorksheetsDue } from "#lib/domain/vendors/worksheet/store.ts";
import { addDays, fromDatabaseDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

const NONE = { shown: [], more: 0 };

/** What waits for those who decide: a reader for each kind. Whoever decides in an emergency sees nothing of people. */
export async function whatWaits(tx: ClinicTx, ctx: WorkContext): Promise<Waiting> {
  return {
    unbacked: await approvalsUnbacked(tx, ctx),
    offboarding: can(ctx, "member.keep") ? await offboardingOpen(tx) : NONE,
    baas: await baasRunningOut(tx, ctx),
    requests: await requestsOpen(tx),
    narrowings: await narrowingsProposed(tx, actingMemberId(ctx)),
    reviews: await reviewsDue(tx, ctx),
    worksheets: await worksheetsDue(tx, ctx),
    emergencies: can(ctx, "emergency_access.read") ? await emergenciesToReview(tx, ctx) : NONE,
    accessReviews: can(ctx, "access_review.read") ? await accessReviewsDue(tx, ctx) : NONE,
    accessVerdicts: can(ctx, "access_review.read") ? few(await listOpenVerdicts(tx, ctx)) : NONE,
    offices: await officesWanting(tx, ctx),
    mail: can(ctx, "outbox.read") ? await mailFailed(tx) : NONE,
    invitations: can(ctx, "member.invite") ? await invitationsExpired(tx, ctx) : NONE,
    underReview: await toolsUnderReview(tx),
    updates: can(ctx, "tool.adopt") ? await countUpdates(tx) : 0,
  };
}

function few<T>(all: readonly T[]): Few<T> {
  return { shown: all.slice(0, WAITING_SHOWN_MAX), more: Math.max(0, all.length - WAITING_SHOWN_MAX) };
}

async function requestsOpen(tx: ClinicTx): Promise<Waiting["requests"]> {
  const requests = await tx.toolRequest.findMany({
    where: { status: "open" },
    select: { id: true, product: true, requestedAt: true, requester: { select: { name: true } } },
    orderBy: [{ requestedAt: "asc" }, { id: "asc" }],
    take: WAITING_SHOWN_MAX,
  });
  const shown = requests.map(({ id: requestId, requester, ...request }) => {
    return { ...request, requestId, requestedBy: requester.name };
  });
  return { shown, more: (await countOpenRequests(tx)) - shown.length };
}

async function baasRunningOut(tx: ClinicTx, ctx: WorkContext): Promise<Waiting["baas"]> {
  const ending = await listBaasRunningOut(tx, ctx.today, Math.max(...RUNNING_OUT_DAYS));
  return few(ending.map(({ losing, ...baa }) => ({ ...baa, losing: losing.length })));
}

// All of them are looked at: what stands in the way is computed from dates and kept nowhere.
async function approvalsUnbacked(tx: ClinicTx, ctx: WorkContext): Promise<Waiting["unbacked"]> {
  const tools = await tx.tool.findMany({
    where: { status: "approved_for_phi" },
    select: { ...STANDING_COLUMNS, product: true, surface: true },
    orderBy: { nameKey: "asc" },
  });
  const standings = await standingsOf(tx, tools.map(standingRow), ctx.today);
  return few(
    tools.flatMap(({ id: toolId, product, surface }) => {
      const { standing, reasons: [reason] = [] } = standings.get(toolId) ?? {};
      return standing === "ask" && reason !== undefined ? [{ toolId, product, surface, reason }] : [];
    }),
  );
}

async function worksheetsDue(tx: ClinicTx, ctx: WorkContext): Promise<Waiting["worksheets"]> {
  const due = await listWorksheetsDue(tx, ctx.today);
  return few(
    due.map(({ worksheetId, toolId, product, surface, reverifyOn }) => ({
      ...{ worksheetId, toolId, product, surface, reverifyOn },
    })),
  );
}

async function toolsUnderReview(tx: ClinicTx): Promise<Waiting["underReview"]> {
  const where = { status: "needs_review" };
  const tools = await tx.tool.findMany({
    where,
    select: { id: true, vendor: true, product: true, surface: true, statusSince: true },
    orderBy: [{ statusSince: "asc" }, { nameKey: "asc" }],
    take: WAITING_SHOWN_MAX,
  });
  const shown = tools.map(({ id, statusSince, ...names }) => ({ toolId: id, since: statusSince, ...names }));
  return { shown, more: (await tx.tool.count({ where })) - shown.length };
}

async function narrowingsProposed(tx: ClinicTx, memberId: string | null): Promise<Waiting["narrowings"]> {
  const where = { status: "proposed" };
  const narrowings = await tx.deepseekNarrowing.findMany({
    where,
    select: {
      toolId: true,
      proposedBy: true,
      proposedAt: true,
      proposer: { select: { name: true } },
      tool: { select: { product: true, surface: true } },
    },
    orderBy: [{ proposedAt: "asc" }, { id: "asc" }],
    take: WAITING_SHOWN_MAX,
  });
  if (narrowings.length === 0) return { shown: [], more: 0 };
  const { needsSecondApprover } = await tx.clinic.findFirstOrThrow({ select: { needsSecondApprover: true } });
  const own = needsSecondApprover ? ("needs_another" as const) : ("enough" as const);
  const shown = narrowings.map(({ tool, toolId, proposedBy, proposedAt, proposer }) => ({
    ...{ toolId, ...tool, proposedAt },
    proposedBy: proposer.name,
    own: proposedBy === memberId ? own : ("no" as const),
  }));
  return { shown, more: (await tx.deepseekNarrowing.count({ where })) - shown.length };
}

async function reviewsDue(tx: ClinicTx, ctx: WorkContext): Promise<Waiting["reviews"]> {
  const where = {
    status: { in: ["approved_for_phi", "not_for_phi"] },
    reviewOn: { lte: toDatabaseDate(addDays(ctx.today, REVIEW_SOON_DAYS)) },
  };
  const tools = await tx.tool.findMany({
    where,
    select: { id: true, product: true, surface: true, reviewOn: true },
    orderBy: [{ reviewOn: "asc" }, { nameKey: "asc" }],
    take: WAITING_SHOWN_MAX,
  });
  const shown = tools.flatMap(({ id, product, surface, reviewOn }) =>
    reviewOn === null ? [] : [{ toolId: id, product, surface, reviewOn: fromDatabaseDate(reviewOn) }],
  );
  return { shown, more: (await tx.tool.count({ where })) - shown.length };
}

async function emergenciesToReview(tx: ClinicTx, ctx: WorkContext): Promise<Waiting["emergencies"]> {
  const { uses, total } = await listUsesToReview(tx, ctx.now, WAITING_SHOWN_MAX);
  return { shown: uses, more: total - uses.length };
}

async function accessReviewsDue(tx: ClinicTx, ctx: WorkContext): Promise<Waiting["accessReviews"]> {
  const { dueOn, open } = await reviewDue(tx, ctx);
  return few(open !== null || dueOn <= addDays(ctx.today, REVIEW_DUE_SOON_DAYS) ? [{ dueOn, open }] : []);
}

async function offboardingOpen(tx: ClinicTx): Promise<Waiting["offboarding"]> {
  const where = { withdrawnAt: null, items: { some: { state: "open" } } };
  const endings = await tx.memberEnding.findMany({
    where,
    select: {
      memberId: true,
      lastDay: true,
      member: { select: { name: true } },
      _count: { select: { items: { where: { state: "open" } } } },
    },
    orderBy: [{ lastDay: "asc" }, { id: "asc" }],
    take: WAITING_SHOWN_MAX,
  });
  const shown = endings.map(({ memberId, lastDay, member, _count }) => ({
    ...{ memberId, name: member.name, lastDay: fromDatabaseDate(lastDay), open: _count.items },
  }));
  return { shown, more: (await tx.memberEnding.count({ where })) - shown.length };
}

async function officesWanting(tx: ClinicTx, ctx: WorkContext): Promise<Waiting["offices"]> {
  const holders = await holdersOf(tx, ctx);
  const states = await statesOf(
    tx,
    holders.map(({ memberId }) => memberId),
    ctx.today,
  );
  const shown = OFFICES.flatMap((office) => {
    const holder = holders.find((candidate) => candidate.office === office) ?? null;
    const state = holder === null ? undefined : states.get(holder.memberId);
    const warnings = officeWarnings(office, holder === null || state === undefined ? null : { ...holder, state });
    return warnings.map((warning) => ({ office, warning, name: holder?.name ?? "" }));
  });
  return { shown, more: 0 };
}

async function holdersOf(tx: ClinicTx, ctx: WorkContext) {
  const date = toDatabaseDate(ctx.today);
  const rows = await tx.designation.findMany({
    where: { fromOn: { lte: date }, OR: [{ toOn: null }, { toOn: { gte: date } }] },
    select: { office: true, memberId: true, member: { select: { name: true, role: true } } },
    orderBy: [{ fromOn: "desc" }, { id: "asc" }],
  });
  return rows.map(({ office, memberId, member }) => ({
    ...{ office, memberId, name: member.name, role: member.role as Role },
  }));
}

async function mailFailed(tx: ClinicTx): Promise<Waiting["mail"]> {
  const where = { state: { in: ["failed", "bounced"] }, again: { is: null } };
  const rows = await tx.outboxMessage.findMany({
    where,
    select: {
      ...{ id: true, kind: true, subjectId: true, queuedAt: true, finishedAt: true },
      member: { select: { name: true } },
    },
    orderBy: [{ finishedAt: "asc" }, { id: "asc" }],
    take: WAITING_SHOWN_MAX,
  });
  const names = await readerNames(tx, rows);
  const shown = rows.map(({ id: messageId, kind, queuedAt, finishedAt, ...reader }) => ({
    ...{ messageId, kind: kind as MailKind, member: names(reader), failedAt: finishedAt ?? queuedAt },
  }));
  return { shown, more: (await tx.outboxMessage.count({ where })) - shown.length };
}

async function invitationsExpired(tx: ClinicTx, ctx: WorkContext): Promise<Waiting["invitations"]> {
  const where = { acceptedAt: null, revokedAt: null, expiresAt: { lte: ctx.now } };
  const rows = await tx.invitation.findMany({
    where,
    select: { id: true, name: true, expiresAt: true },
    orderBy: [{ expiresAt: "asc" }, { id: "asc" }],
    take: WAITING_SHOWN_MAX,
  });
  const shown = rows.map(({ id: invitationId, name, expiresAt: expiredAt }) => ({ invitationId, name, expiredAt }));
  return { shown, more: (await tx.invitation.count({ where })) - shown.length };
}
