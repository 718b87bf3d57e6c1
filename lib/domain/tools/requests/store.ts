import "server-only";
import type { z } from "zod";
import { actingMemberId, type Locale, type WorkContext } from "#lib/domain/context.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import { answersAlone, asksFor, type OwnRequest } from "#lib/domain/tools/requests/rules.ts";
import type {
  GoesIn,
  OwnRequestRow,
  RequestQueue,
  RequestRow,
  RequestStatus,
  ToolBeside,
  ToolRequestShown,
} from "#lib/domain/tools/requests/schema.ts";
import type { Catalogued, ToolRow } from "#lib/domain/tools/schema.ts";
import type { Asked } from "#lib/domain/tools/similar/rules.ts";
import { type Asker, listActiveDeciders, listCatalogue, requireTool, toolRows } from "#lib/domain/tools/store.ts";
import { conditionsSaid, toolSaid } from "#lib/domain/tools/words/store.ts";
import { calendarDateIn, daysBetween } from "#lib/kernel/dates.ts";
import { NotFound, refuse } from "#lib/kernel/errors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/**
 * Refuses `tool_request.own` to somebody who approves a tool that they have asked for themselves, or want with who asked,
 * unless nobody else could decide. Returns whether that is so: then the decision is its sole decider's.
 */
export async function approvesAlone(tx: ClinicTx, ctx: WorkContext, toolId: string): Promise<boolean> {
  const memberId = actingMemberId(ctx);
  if (memberId === null) return false;
  const tool = await requireTool(tx, toolId);
  const wanted = (await listOwnRequests(tx, ctx, memberId)).filter((request) => asksFor(request, tool));
  if (wanted.length === 0) return false;
  const deciders = await listActiveDeciders(tx, ctx.today);
  const alone = wanted.map(({ requesterId, supporterIds }) =>
    answersAlone({ answererId: memberId, requesterId, supporterIds, deciders }),
  );
  return alone.some((isAlone) => isAlone);
}

type WantedBy = { readonly requesterId: string; readonly supporterIds: readonly string[] };

/** Refuses, as answering does, to say of a request of one's own which tool it means while somebody else could. */
export async function assertMayTie(tx: ClinicTx, ctx: WorkContext, request: WantedBy): Promise<void> {
  const answererId = actingMemberId(ctx);
  if (answererId === null) return;
  answersAlone({ answererId, ...request, deciders: await listActiveDeciders(tx, ctx.today) });
}

// Who takes a request back, or has it refused, wants the tool no less on the same day.
const STILL_OWN_DAYS = 30;

/** What a member wants: their open requests, those that they support, and what they lately asked for in vain. */
export async function listOwnRequests(
  tx: ClinicTx,
  { now }: Pick<WorkContext, "now">,
  memberId: string,
): Promise<OwnRequest[]> {
  const since = new Date(now.getTime() - STILL_OWN_DAYS * 24 * 60 * 60 * 1000);
  const requests = await tx.toolRequest.findMany({
    where: {
      OR: [
        { status: "open", OR: [{ requesterId: memberId }, { supporters: { some: { memberId } } }] },
        { status: { in: ["withdrawn", "refused"] }, requesterId: memberId, answeredAt: { gte: since } },
      ],
    },
    select: { toolId: true, nameKey: true, requesterId: true, supporters: { select: { memberId: true } } },
  });
  return requests.map(({ supporters, ...request }) => ({
    ...request,
    supporterIds: supporters.map((supporter) => supporter.memberId),
  }));
}

/** What a member has asked for, and what they support of others' requests, newest first. */
export async function listOwnRequestRows(
  tx: ClinicTx,
  { locale }: Pick<WorkContext, "locale">,
  { memberId, take }: { memberId: string; take: number },
): Promise<OwnRequestRow[]> {
  const rows = await tx.toolRequest.findMany({
    where: { OR: [{ requesterId: memberId }, { supporters: { some: { memberId } } }] },
    include: { supporters: { where: { memberId } }, _count: { select: { takenBack: true } } },
    orderBy: [{ requestedAt: "desc" }, { id: "asc" }],
    take,
  });
  return rows.map(({ id, status, requestedAt, requesterId, supporters, _count, ...names }) => ({
    ...{ ...toolSaid(names, locale), id, since: supporters[0]?.supportedAt ?? requestedAt },
    status: status as RequestStatus,
    isReopened: status === "open" && _count.takenBack > 0,
    isOwn: requesterId === memberId,
  }));
}

/** Refuses a decision that says it answers a request which is about another tool, or about none yet. */
export async function assertRequestAbout(tx: ClinicTx, requestId: string, toolId: string): Promise<void> {
  const request = await requireRequest(tx, requestId);
  if (request.toolId !== toolId) throw refuse("tool_request.about_another_tool");
}

const WITH_PEOPLE = {
  requester: { select: { name: true } },
  answerer: { select: { name: true } },
  supporters: { include: { member: { select: { name: true } } }, orderBy: { supportedAt: "asc" } },
  takenBack: {
    include: { answerer: { select: { name: true } }, taker: { select: { name: true } } },
    orderBy: { number: "asc" },
  },
} as const;

export async function requireRequest(tx: ClinicTx, id: string) {
  const row = await tx.toolRequest.findFirst({ where: { id }, include: WITH_PEOPLE });
  if (row === null) throw new NotFound();
  const supporterIds = row.supporters.map((supporter) => supporter.memberId);
  return { ...row, supporterIds, goesIn: row.goesIn as GoesIn, status: row.status as RequestStatus };
}

export type StoredRequest = Awaited<ReturnType<typeof requireRequest>>;

/** Why a request can't be changed any more, for whoever looked at it while it was open. */
export async function refuseClosed(tx: ClinicTx, id: string): Promise<never> {
  const { status, product, answerer } = await requireRequest(tx, id);
  if (status === "open") throw refuse("tool_request.changed_meanwhile", { product });
  if (status === "withdrawn") throw refuse("tool_request.withdrawn_meanwhile", { product });
  throw refuse("tool_request.answered_meanwhile", { product, name: answerer?.name ?? "" });
}

/** Why there is no answer to take back any more, or another one than whoever looked saw. */
export async function refuseNotAnswered(tx: ClinicTx, id: string): Promise<never> {
  const { status, product } = await requireRequest(tx, id);
  if (status === "open") throw refuse("tool_request.opened_meanwhile", { product });
  return refuseClosed(tx, id);
}

/** How many requests wait for an answer. */
export function countOpenRequests(tx: ClinicTx): Promise<number> {
  return tx.toolRequest.count({ where: { status: "open" } });
}

type Filters = Pick<z.output<typeof RequestQueue>, "q" | "status">;
type Paged = Filters & Pick<z.output<typeof RequestQueue>, "sort" | "direction" | "page"> & { readonly size: number };

/** One page of the requests, and how many fit the filters in all. */
export async function findRequestsPage(
  tx: ClinicTx,
  page: Paged,
  { timeZone, today }: Pick<WorkContext, "timeZone" | "today">,
): Promise<{ rows: RequestRow[]; total: number }> {
  const where = requestWhere(page);
  const total = await tx.toolRequest.count({ where });
  const rows = await tx.toolRequest.findMany({
    where,
    orderBy: requestOrder(page.sort, page.direction),
    skip: (page.page - 1) * page.size,
    take: page.size,
    include: {
      requester: { select: { name: true } },
      answerer: { select: { name: true } },
      answerTool: { select: { vendor: true, product: true, surface: true } },
      _count: { select: { supporters: true, takenBack: true } },
    },
  });
  const shown = rows.map(({ id, vendor, product, surface, hostname, purpose, ...row }): RequestRow => {
    const status = row.status as RequestStatus;
    const waitingDays = status === "open" ? daysBetween(calendarDateIn(timeZone, row.requestedAt), today) : null;
    return {
      ...{ id, vendor, product, surface, hostname, purpose, status, waitingDays },
      goesIn: row.goesIn as GoesIn,
      requestedBy: row.requester.name,
      requestedAt: row.requestedAt,
      supporters: row._count.supporters,
      takenBack: row._count.takenBack,
      closedAt: row.answeredAt,
      answeredBy: row.answerer?.name ?? "",
      reason: row.answerReason ?? "",
      answerTool: row.answerTool,
    };
  });
  return { rows: shown, total };
}

export async function countRequestsByStatus(tx: ClinicTx): Promise<Partial<Record<RequestStatus, number>>> {
  const groups = await tx.toolRequest.groupBy({ by: ["status"], _count: { _all: true } });
  return Object.fromEntries(groups.map((group) => [group.status, group._count._all]));
}

function requestWhere({ q, status }: Filters) {
  const words = foldForSearch(q)
    .split(" ")
    .filter((word) => word !== "")
    .slice(0, 8);
  // Signs alone name nothing: they find nothing, not everything.
  if (q !== "" && words.length === 0) return { id: { in: [] } };
  const host = q.trim().toLowerCase();
  const byHost = /^[a-z0-9.-]+$/.test(host) ? [{ hostname: { contains: host } }] : [];
  return {
    ...(status.length > 0 ? { status: { in: status } } : {}),
    ...(words.length > 0 ? { OR: [{ AND: words.map((word) => ({ nameKey: { contains: word } })) }, ...byHost] } : {}),
  };
}

// What waits comes first in either direction; what is closed follows, the newest first.
const OPEN_FIRST = { answeredAt: { sort: "desc", nulls: "first" } } as const;

function requestOrder(sort: Paged["sort"], direction: "asc" | "desc") {
  const tail = { id: "asc" as const };
  switch (sort) {
    case "waiting":
      return [OPEN_FIRST, { requestedAt: direction === "desc" ? ("asc" as const) : ("desc" as const) }, tail];
    case "requested":
      return [{ requestedAt: direction }, tail];
    case "product":
      return [{ product: direction }, { nameKey: "asc" as const }, tail];
    case "supporters":
      return [{ supporters: { _count: direction } }, { requestedAt: "asc" as const }, tail];
    default: {
      const unhandled: never = sort;
      return unhandled;
    }
  }
}

/** What a request says of a tool of the register, in the reader's language. */
export function toolBeside(row: ToolRow, locale: Locale): ToolBeside {
  const { id, status, standing, conditions } = row;
  return { ...toolSaid(row, locale), toolId: id, status, standing, conditions: conditionsSaid(conditions, locale) };
}

/** Tools of the register by these ids, each with what it may be used for. */
export async function toolsById(
  tx: ClinicTx,
  ids: ReadonlyArray<string | null>,
  ctx: Pick<WorkContext, "today">,
  asker: Asker,
): Promise<Map<string, ToolRow>> {
  const rows = await tx.tool.findMany({ where: { id: { in: ids.filter((id) => id !== null) } } });
  return new Map((await toolRows(tx, rows, ctx.today, asker)).map((row) => [row.id, row]));
}

/** The requests that ask for a tool, or were answered with it, newest first. */
export async function requestsOfTool(tx: ClinicTx, toolId: string): Promise<ToolRequestShown[]> {
  const rows = await tx.toolRequest.findMany({
    where: { OR: [{ toolId }, { answerToolId: toolId }] },
    include: { requester: { select: { name: true } }, answerer: { select: { name: true } } },
    orderBy: [{ requestedAt: "desc" }, { id: "asc" }],
    take: 50,
  });
  return rows.map(({ id, requestedAt, answeredAt, answerReason, soleDecider, requester, answerer, ...row }) => ({
    ...{ id, requestedAt, soleDecider },
    status: row.status as RequestStatus,
    goesIn: row.goesIn as GoesIn,
    requestedBy: requester.name,
    answeredBy: answerer?.name ?? null,
    closedAt: answeredAt,
    reason: answerReason ?? "",
    pointedHere: row.status === "use_instead" && row.answerToolId === toolId,
  }));
}

export type WhichAsked = {
  readonly asked: Asked;
  readonly toolId: string | null;
  /** Of the catalogue, where nobody has adopted it. */
  readonly catalogueKey: string | null;
  readonly deepseek: "own" | "hosted" | "none" | null;
  readonly category: string | null;
};

/** The tool that a link into the form names: one of the register, or of the catalogue; null when it names none. */
export async function namedByLink(
  tx: ClinicTx,
  { toolId, catalogueKey }: { toolId: string | null; catalogueKey: string | null },
): Promise<WhichAsked | null> {
  if (toolId !== null) return askedTool(tx, toolId);
  if (catalogueKey === null) return null;
  const entry = listCatalogue().find((candidate) => candidate.key === catalogueKey);
  if (entry === undefined) throw new NotFound();
  const adopted = await tx.tool.findFirst({ where: { catalogueKey }, select: { id: true } });
  return adopted === null ? askedEntry(entry) : askedTool(tx, adopted.id);
}

async function askedTool(tx: ClinicTx, toolId: string): Promise<WhichAsked> {
  const { vendor, product, surface, deepseek, category } = await requireTool(tx, toolId);
  return { asked: { vendor, product, surface, hostname: "" }, toolId, catalogueKey: null, deepseek, category };
}

function askedEntry({ key, vendor, product, surface, deepseek, category }: Catalogued): WhichAsked {
  return { asked: { vendor, product, surface, hostname: "" }, toolId: null, catalogueKey: key, deepseek, category };
}

/** What somebody typed: nothing is known of it yet. */
export function typedAsked(typed: Pick<Asked, "vendor" | "product" | "hostname">): WhichAsked {
  return { asked: { ...typed, surface: "" }, toolId: null, catalogueKey: null, deepseek: null, category: null };
}
