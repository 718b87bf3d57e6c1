import "server-only";
import { z } from "zod";
import { actingMemberId, type WorkContext } from "#lib/domain/context.ts";
import { can } from "#lib/domain/permissions.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { answersShown } from "#lib/domain/tools/answers/store.ts";
import type { Subject } from "#lib/domain/tools/asked-before/rules.ts";
import { findAskedBefore, listEarlierAnswers } from "#lib/domain/tools/asked-before/store.ts";
import type { Instead } from "#lib/domain/tools/look-up/schema.ts";
import { answersAlone, askedHost, isAnswer } from "#lib/domain/tools/requests/rules.ts";
import {
  type EarlierAnswer,
  FindSimilar,
  type MayAnswer,
  OWN_REQUESTS_MAX,
  type OwnRequestRow,
  type RequestDecision,
  type RequestDesk,
  RequestForm,
  RequestNames,
  RequestPage,
  RequestQueue,
  RequestRows,
  type RequestShown,
  type Similar,
  type ToolBeside,
} from "#lib/domain/tools/requests/schema.ts";
import {
  countOpenRequests,
  countRequestsByStatus,
  findRequestsPage,
  listOwnRequestRows,
  namedByLink,
  requireRequest,
  type StoredRequest,
  toolBeside,
  toolsById,
  typedAsked,
  type WhichAsked,
} from "#lib/domain/tools/requests/store.ts";
import { deepseekRelationOf } from "#lib/domain/tools/rules.ts";
import type { Status, ToolSaid } from "#lib/domain/tools/schema.ts";
import { findAskedFor, findSimilar } from "#lib/domain/tools/similar/store.ts";
import { askerOf, findToolsPage, listActiveDeciders, requireTool } from "#lib/domain/tools/store.ts";
import { findInstead, findUsable } from "#lib/domain/tools/usable/store.ts";
import { conditionsSaid, toolSaid } from "#lib/domain/tools/words/store.ts";
import { NotFound, Refusal } from "#lib/kernel/errors.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** The officer's queue: what waits first, the longest first; then what was answered. */
export const getRequestQueue = defineQuery(
  "request-queue",
  "tool_request.read",
  RequestQueue,
  async ({ tx, ctx }, input) => {
    const { rows, total } = await findRequestsPage(tx, input, ctx);
    return { rows, total, counts: await countRequestsByStatus(tx), today: ctx.today, asOf: ctx.now };
  },
);

/** The queue on all its pages, for its files. */
export const getRequestRows = defineQuery(
  "request-rows",
  "tool_request.read",
  RequestRows,
  async ({ tx, ctx }, input) => {
    const { rows, total } = await findRequestsPage(tx, { ...input, page: 1, size: LIST_ROWS_MAX }, ctx);
    return { rows, total, today: ctx.today };
  },
  { timeoutSeconds: 60 },
);

/** What a request calls its tool, for the form that takes it into the register: typed names travel in no address. */
export const getRequestNames = defineQuery(
  "request-names",
  "tool_request.answer",
  RequestNames,
  async ({ tx }, { requestId }) => {
    const { id, vendor, product, surface, hostname } = await requireRequest(tx, requestId);
    return { id, vendor, product, surface, hostname };
  },
);

/** How many requests wait for the officers, for the menu. */
export const getRequestsWaiting = defineQuery(
  "requests-waiting",
  "tool_request.answer",
  z.object({}),
  async ({ tx }) => ({ count: await countOpenRequests(tx) }),
);

/** What somebody has asked for, and what they support of others' requests, newest first. */
export const getMyRequests = defineQuery(
  "my-requests",
  "tool_request.ask",
  z.object({}),
  async ({ tx, ctx }): Promise<{ rows: OwnRequestRow[]; asOf: Date }> => {
    const memberId = actingMemberId(ctx);
    if (memberId === null) return { rows: [], asOf: ctx.now };
    return { rows: await listOwnRequestRows(tx, ctx, { memberId, take: OWN_REQUESTS_MAX }), asOf: ctx.now };
  },
);

export type Asking = {
  /** What is asked for, as far as it is known. */
  readonly asked: ToolSaid | null;
  readonly hostname: string;
  readonly toolId: string | null;
  readonly catalogueKey: string | null;
  /** DeepSeek's own: answered at once, and never queued. */
  readonly isDeepseeksOwn: boolean;
  readonly similar: Similar;
  /** What the clinic answered last to who asked for it. */
  readonly answers: readonly EarlierAnswer[];
  /** What may be used now, where the answer is no. */
  readonly instead: readonly Instead[];
};

const NOTHING_SIMILAR: Similar = { tools: [], entries: [], requests: [] };
const NOT_NAMED: Asking = {
  ...{ asked: null, hostname: "", toolId: null, catalogueKey: null, isDeepseeksOwn: false },
  ...{ similar: NOTHING_SIMILAR, answers: [], instead: [] },
};

/** The form of a request: empty, or for the tool that a link names with what is similar to it. */
export const getRequestForm = defineQuery(
  "request-form",
  "tool_request.ask",
  RequestForm,
  async ({ tx, ctx }, input): Promise<Asking> => {
    const which = await namedByLink(tx, input);
    return which === null ? NOT_NAMED : askingFor(tx, ctx, which);
  },
);

/** The first step of asking: what there is already that may be the same as what was typed. */
export const findSimilarTools = defineQuery(
  "similar-tools",
  "tool_request.ask",
  FindSimilar,
  async ({ tx, ctx }, input): Promise<Asking> => {
    const linked = await namedByLink(tx, input);
    if (linked !== null) return askingFor(tx, ctx, linked);
    const { vendor, product } = input;
    return askingFor(tx, ctx, typedAsked({ vendor, product, hostname: askedHost(input.address) }));
  },
);

async function askingFor(tx: ClinicTx, ctx: WorkContext, which: WhichAsked): Promise<Asking> {
  const { asked, toolId, catalogueKey } = which;
  const { vendor, product, surface, hostname } = asked;
  const typed = { vendor, product, surface, modelFamily: "", hostnames: hostname === "" ? [] : [hostname] };
  const isDeepseeksOwn = (which.deepseek ?? deepseekRelationOf(typed)) === "own";
  const asker = askerOf(ctx);
  const said = { asked: toolSaid(asked, ctx.locale), hostname, toolId, catalogueKey, isDeepseeksOwn };
  if (!isDeepseeksOwn) {
    const { answers } = await findAskedBefore(tx, [subjectOf(which)], ctx, { asker, goesIn: null });
    return { ...said, similar: await findSimilar(tx, asked, ctx, asker), answers, instead: [] };
  }
  const not = { toolId, vendor, product, surface, category: which.category ?? "general_chat" };
  const instead = await findInstead(tx, not, { text: "", hostname: null, goesIn: null, asker, ctx });
  return { ...said, similar: NOTHING_SIMILAR, answers: [], instead };
}

function subjectOf({ asked, toolId }: Pick<WhichAsked, "asked" | "toolId">): Subject {
  return { ...asked, toolId, hostnames: asked.hostname === "" ? [] : [asked.hostname] };
}

/**
 * One request. Its requester sees all of it and the answer; who supports it what was answered, and why since they joined;
 * officers and auditors all, and officers what to answer an open one with. For anybody else it is not there.
 */
export const getRequest = defineQuery(
  "request",
  "tool_request.see",
  RequestPage,
  async ({ tx, ctx }, { requestId, q }) => {
    const row = await requireRequest(tx, requestId);
    const memberId = actingMemberId(ctx);
    const isOwn = row.requesterId === memberId;
    const isSupported = memberId !== null && row.supporterIds.includes(memberId);
    const readsAll = can(ctx, "tool_request.read");
    if (!isOwn && !isSupported && !readsAll) throw new NotFound();
    const request = await requestShown(tx, ctx, row, { isOwn, isSupported, readsAll });
    const isOpen = row.status === "open";
    return {
      request,
      desk: isOpen && can(ctx, "tool_request.answer") ? await deskFor(tx, ctx, row, q) : null,
      today: ctx.today,
      asOf: ctx.now,
    };
  },
);

type Reader = { readonly isOwn: boolean; readonly isSupported: boolean; readonly readsAll: boolean };

async function requestShown(
  tx: ClinicTx,
  ctx: WorkContext,
  row: StoredRequest,
  { isOwn, isSupported, readsAll }: Reader,
): Promise<RequestShown> {
  const { id, version, hostname, status, recordedAt } = row;
  const named = [row.toolId, row.answerToolId, ...row.takenBack.map(({ answerToolId }) => answerToolId)];
  const rows = await toolsById(tx, named, ctx, askerOf(ctx));
  const beside = (toolId: string | null) => {
    const tool = rows.get(toolId ?? "");
    return tool === undefined ? null : toolBeside(tool, ctx.locale);
  };
  const whole = isOwn || readsAll;
  const own = row.supporters.find(({ memberId }) => memberId === actingMemberId(ctx));
  const others = row.supporters.filter((supporter) => supporter !== own);
  return {
    ...{ ...toolSaid(row, ctx.locale), id, version, hostname, status, recordedAt, isOwn, isSupported },
    ...{ requestedAt: whole ? row.requestedAt : null, joinedAt: own?.supportedAt ?? null },
    goesIn: whole ? row.goesIn : null,
    purpose: whole ? row.purpose : null,
    requestedBy: whole ? row.requester.name : null,
    closedAt: row.answeredAt,
    supporters: readsAll ? others.map(({ member, supportedAt }) => ({ name: member.name, at: supportedAt })) : null,
    otherSupporters: others.length,
    tool: beside(row.toolId),
    ...(await answersShown(tx, ctx, row, { beside, since: whole ? null : (own?.supportedAt ?? ctx.now) })),
    mayReopen: isAnswer(status) && can(ctx, "tool_request.answer") ? await mayAnswer(tx, ctx, row) : null,
    decisions: await decisionsOn(tx, ctx, id),
  };
}

async function decisionsOn(tx: ClinicTx, ctx: WorkContext, requestId: string): Promise<RequestDecision[]> {
  const rows = await tx.toolDecision.findMany({
    where: { requestId },
    include: {
      tool: { select: { vendor: true, product: true, surface: true } },
      decider: { select: { name: true } },
    },
    orderBy: [{ decidedAt: "desc" }, { number: "desc" }],
    take: 20,
  });
  return rows.map(({ number, conditions, reason, soleDecider, decidedAt, recordedAt, tool, toolId, ...row }) => ({
    ...{ number, reason, soleDecider, decidedAt, recordedAt, toolId, tool: toolSaid(tool, ctx.locale) },
    conditions: conditionsSaid(conditions, ctx.locale),
    status: row.status as Status,
    decidedBy: row.decider.name,
  }));
}

const FOUND_MAX = 10;
const CHOICES_MAX = 50;

async function deskFor(tx: ClinicTx, ctx: WorkContext, row: StoredRequest, q: string): Promise<RequestDesk> {
  const { vendor, product, surface, hostname } = row;
  const askedFor = await findAskedFor(tx, row);
  const similar = await findSimilar(tx, { vendor, product, surface, hostname }, ctx, null, row.id);
  const found = q === "" ? [] : await lookedUp(tx, ctx, q);
  const near = [...found, ...similar.tools].map((tool) => tool.toolId);
  const first = [...new Set([...askedFor, ...near])];
  const choices = await findUsable(tx, ctx, { first, take: CHOICES_MAX });
  return {
    mayAnswer: await mayAnswer(tx, ctx, row),
    similar,
    answers: await listEarlierAnswers(tx, await subjectsOf(tx, row), ctx),
    found,
    choices: choices.map((row) => ({ ...toolBeside(row, ctx.locale), isAskedFor: askedFor.includes(row.id) })),
  };
}

/** The tool as it was asked for, and as the register has it where the request is tied. */
async function subjectsOf(tx: ClinicTx, row: StoredRequest): Promise<Subject[]> {
  if (row.toolId === null) return [subjectOf({ asked: row, toolId: null })];
  const { vendor, product, surface, hostnames } = await requireTool(tx, row.toolId);
  return [{ toolId: row.toolId, vendor, product, surface, hostnames: hostnames.map(({ name }) => name) }];
}

async function lookedUp(tx: ClinicTx, ctx: WorkContext, q: string): Promise<ToolBeside[]> {
  const asked = { sort: "product", direction: "asc", page: 1, size: FOUND_MAX } as const;
  const { rows } = await findToolsPage(tx, { ...asked, q, status: [] }, ctx.today);
  return rows.map((row) => toolBeside(row, ctx.locale));
}

async function mayAnswer(tx: ClinicTx, ctx: WorkContext, row: StoredRequest): Promise<MayAnswer> {
  const deciders = await listActiveDeciders(tx, ctx.today);
  const { requesterId, supporterIds } = row;
  const people = { answererId: actingMemberId(ctx) ?? "", requesterId, supporterIds, deciders };
  try {
    return answersAlone(people) ? "alone" : "yes";
  } catch (error) {
    if (error instanceof Refusal) return "own";
    throw error;
  }
}
