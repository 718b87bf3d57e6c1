import "server-only";
import { z } from "zod";
import {
  type EvidenceToday,
  type Few,
  REVIEW_SOON_DAYS,
  type Today,
  WAITING_SHOWN_MAX,
  type Waiting,
} from "#lib/domain/calendar/schema.ts";
import { listUsesToReview } from "#lib/domain/clinic/emergency-access/store.ts";
import { listOfficers, memberNames } from "#lib/domain/clinic/store.ts";
import { actingMemberId, type WorkContext } from "#lib/domain/context.ts";
import { publicPackKeys, sectionsToday } from "#lib/domain/evidence/queries.ts";
import { indexOf } from "#lib/domain/evidence/rules.ts";
import { listProtocol } from "#lib/domain/evidence/store.ts";
import { requireHead } from "#lib/domain/ledger/store.ts";
import { listNotices } from "#lib/domain/notifications/store.ts";
import { can } from "#lib/domain/permissions.ts";
import { listUnsignedPolicies } from "#lib/domain/policies/store.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { countOpenRequests } from "#lib/domain/tools/requests/store.ts";
import { countToolsByStatus, STANDING_COLUMNS, standingRow, standingsOf } from "#lib/domain/tools/store.ts";
import { countUpdates } from "#lib/domain/tools/updates/store.ts";
import { listBaasRunningOut } from "#lib/domain/vendors/baas/store.ts";
import { RUNNING_OUT_DAYS } from "#lib/domain/vendors/schema.ts";
import { listWorksheetsDue } from "#lib/domain/vendors/worksheet/store.ts";
import { addDays, fromDatabaseDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { fingerprintsOf } from "#lib/proof/pack-keys.ts";

/** What waits for the one who looks, and what they look after, by what their role may see. */
export const getToday = defineQuery(
  "today",
  "calendar.read",
  z.object({}),
  async ({ tx, ctx }): Promise<Today> => ({
    today: ctx.today,
    officers: await listOfficers(tx, ctx.today),
    notices: await ownNotices(tx, ctx),
    toSign: await policiesToSign(tx, ctx),
    counts: can(ctx, "tool.read") ? await countToolsByStatus(tx) : null,
    waiting: can(ctx, "tool.decide") ? await whatWaits(tx, ctx) : null,
    evidence: can(ctx, "evidence.read") ? await evidenceToday(tx) : null,
  }),
);

async function ownNotices(tx: ClinicTx, ctx: WorkContext): Promise<Today["notices"]> {
  const memberId = actingMemberId(ctx);
  return memberId === null ? [] : listNotices(tx, memberId, ctx.today);
}

async function policiesToSign(tx: ClinicTx, ctx: WorkContext): Promise<Today["toSign"]> {
  const memberId = actingMemberId(ctx);
  if (memberId === null) return [];
  const unsigned = await listUnsignedPolicies(tx, memberId, ctx.today);
  return unsigned.map(({ code, titles, dueOn }) => ({ code, title: titles[ctx.locale], dueOn }));
}

/** What waits for those who decide. */
export async function whatWaits(tx: ClinicTx, ctx: WorkContext): Promise<Waiting> {
  return {
    underReview: await toolsUnderReview(tx),
    narrowings: await narrowingsProposed(tx, actingMemberId(ctx)),
    reviews: await reviewsDue(tx, ctx),
    requests: await requestsOpen(tx),
    baas: await baasRunningOut(tx, ctx),
    unbacked: await approvalsUnbacked(tx, ctx),
    worksheets: await worksheetsDue(tx, ctx),
    emergencies: await emergenciesToReview(tx, ctx),
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

// Whoever decides under emergency access is not told who else had it.
async function emergenciesToReview(tx: ClinicTx, ctx: WorkContext): Promise<Waiting["emergencies"]> {
  if (!can(ctx, "emergency_access.read")) return { shown: [], more: 0 };
  const { uses, total } = await listUsesToReview(tx, ctx.now, WAITING_SHOWN_MAX);
  return { shown: uses, more: total - uses.length };
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
    select: { toolId: true, proposedBy: true, proposedAt: true, tool: { select: { product: true, surface: true } } },
    orderBy: [{ proposedAt: "asc" }, { id: "asc" }],
    take: WAITING_SHOWN_MAX,
  });
  if (narrowings.length === 0) return { shown: [], more: 0 };
  const names = await memberNames(tx);
  const { needsSecondApprover } = await tx.clinic.findFirstOrThrow({ select: { needsSecondApprover: true } });
  const own = needsSecondApprover ? ("needs_another" as const) : ("enough" as const);
  const shown = narrowings.map(({ tool, toolId, proposedBy, proposedAt }) => ({
    ...{ toolId, ...tool, proposedAt },
    proposedBy: names.get(proposedBy) ?? "",
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

async function evidenceToday(tx: ClinicTx): Promise<EvidenceToday> {
  const pack = await tx.evidencePack.findFirst({
    where: { status: "ready" },
    select: { id: true, finishedAt: true, asOf: true, fileName: true, sha256: true },
    orderBy: [{ finishedAt: "desc" }, { id: "asc" }],
  });
  const index = indexOf(listProtocol(), await sectionsToday(tx));
  const count = (status: (typeof index)[number]["status"]) => index.filter((row) => row.status === status).length;
  const { origin } = await requireHead(tx);
  return {
    lastPack: finished(pack),
    items: { answered: count("answered"), partly: count("partly"), asked: index.length },
    fingerprint: fingerprintsOf(publicPackKeys(origin)).ssh,
  };
}

type PackFound = { id: string; asOf: Date; finishedAt: Date | null; fileName: string | null; sha256: string | null };

function finished(pack: PackFound | null): EvidenceToday["lastPack"] {
  if (pack === null || pack.finishedAt === null || pack.fileName === null || pack.sha256 === null) return null;
  const { id, asOf, finishedAt, fileName, sha256 } = pack;
  return { id, asOf, finishedAt, fileName, sha256 };
}
