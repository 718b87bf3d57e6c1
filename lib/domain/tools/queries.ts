import "server-only";
import { z } from "zod";
import { namesOf } from "#lib/domain/clinic/store.ts";
import { actingMemberId, type WorkContext } from "#lib/domain/context.ts";
import { can } from "#lib/domain/permissions.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import { exceptionsOfTool } from "#lib/domain/tools/exceptions/store.ts";
import { requestsOfTool } from "#lib/domain/tools/requests/store.ts";
import { isSoleDecider, nameKeyOf, standingOf, statusOnAdoption } from "#lib/domain/tools/rules.ts";
import {
  type Catalogued,
  CataloguePage,
  CatalogueRows,
  type DecisionBasis,
  type DecisionShown,
  RegisterPage,
  RegisterRows,
  type Status,
} from "#lib/domain/tools/schema.ts";
import {
  countToolsByStatus,
  findToolsPage,
  isDecided,
  listActiveDeciders,
  listCatalogue,
  requireTool,
} from "#lib/domain/tools/store.ts";
import { countUpdates } from "#lib/domain/tools/updates/store.ts";
import { coverageShownOf } from "#lib/domain/vendors/paths/store.ts";
import { diligenceOf } from "#lib/domain/vendors/worksheet/store.ts";
import { calendarDateIn, fromDatabaseDate } from "#lib/kernel/dates.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** One page of the register, how many tools fit, and how many there are of each status. */
export const getRegisterPage = defineQuery("register-page", "tool.read", RegisterPage, async ({ tx, ctx }, input) => {
  const { rows, total } = await findToolsPage(tx, input, ctx.today);
  const updates = can(ctx, "tool.adopt") ? await countUpdates(tx) : 0;
  return { rows, total, counts: await countToolsByStatus(tx), updates, today: ctx.today, asOf: ctx.now };
});

/** A tool with its facts, its standing today, and its history, newest first. */
export const getToolPage = defineQuery(
  "tool-page",
  "tool.read",
  z.object({ toolId: z.uuid() }),
  async ({ tx, ctx }, { toolId }) => {
    const tool = await requireTool(tx, toolId);
    const decisions = await tx.toolDecision.findMany({
      where: { toolId },
      orderBy: { number: "desc" },
      take: 200,
      omit: { snapshot: true },
      include: { worksheet: { select: { id: true, number: true } } },
    });
    const narrowing = await tx.deepseekNarrowing.findFirst({ where: { toolId, status: { not: "withdrawn" } } });
    const { needsSecondApprover } = await tx.clinic.findFirstOrThrow({ select: { needsSecondApprover: true } });
    const { proposedBy = null, approvedBy = null } = narrowing ?? {};
    const names = await namesOf(tx, [tool.addedBy, proposedBy, approvedBy, ...decisions.map((each) => each.decidedBy)]);
    const nameOf = (memberId: string) => names.get(memberId) ?? "";
    const { facts, coverage, path } = await coverageShownOf(tx, tool, ctx.today);
    const { deepseekNarrowed: narrowed } = tool;
    // For nobody in particular: an exception is somebody's, and the page is everybody's.
    const standing = standingOf(
      { ...tool, narrowed, decided: isDecided(tool), coverage: facts, excepted: false },
      ctx.today,
    );
    return {
      tool,
      addedByName: nameOf(tool.addedBy),
      standing,
      coverage,
      path,
      diligence: await diligenceOf(tx, toolId),
      exceptions: can(ctx, "tool_exception.read") ? await exceptionsOfTool(tx, tool, ctx) : null,
      requests: can(ctx, "tool_request.read") ? await requestsOfTool(tx, toolId) : null,
      /** Whether nobody but the reader could decide. */
      wouldBeSole: await wouldBeSole(tx, ctx),
      today: ctx.today,
      asOf: ctx.now,
      needsSecondApprover,
      narrowing:
        narrowing === null
          ? null
          : {
              id: narrowing.id,
              status: narrowing.status as "proposed" | "in_force",
              rationale: narrowing.rationale,
              proposedBy: narrowing.proposedBy,
              proposedByName: nameOf(narrowing.proposedBy),
              proposedAt: narrowing.proposedAt,
              approvedByName: narrowing.approvedBy === null ? null : nameOf(narrowing.approvedBy),
            },
      decisions: decisions.map(
        (decision): DecisionShown => ({
          id: decision.id,
          number: decision.number,
          status: decision.status as Status,
          basis: decision.basis as DecisionBasis,
          conditions: decision.conditions,
          reason: decision.reason,
          reviewOn: decision.reviewOn === null ? null : fromDatabaseDate(decision.reviewOn),
          soleDecider: decision.soleDecider,
          worksheet: decision.worksheet,
          requestId: decision.requestId,
          decidedBy: nameOf(decision.decidedBy),
          decidedAt: decision.decidedAt,
          recordedAt: decision.recordedAt,
        }),
      ),
    };
  },
);

async function wouldBeSole(tx: ClinicTx, ctx: WorkContext): Promise<boolean> {
  const memberId = actingMemberId(ctx);
  if (memberId === null || !can(ctx, "tool.decide")) return false;
  return isSoleDecider(memberId, await listActiveDeciders(tx, ctx.today));
}

export type CatalogueRow = Pick<
  Catalogued,
  | "key"
  | "vendor"
  | "product"
  | "surface"
  | "modelFamily"
  | "category"
  | "recommendation"
  | "baa"
  | "asOf"
  | "confidence"
  | "deepseek"
> & {
  readonly why: string;
  readonly toolId: string | null;
  /** In the register, but no longer used. */
  readonly retired: boolean;
};

/** One page of the catalogue with what the register holds of it already, and how many prohibited entries are not adopted yet. */
export const getCataloguePage = defineQuery(
  "catalogue-page",
  "tool.read",
  CataloguePage,
  async ({ tx, ctx }, input) => {
    const { rows: fitting, toolIdByKey } = await cataloguedRows(tx, input, ctx.locale);
    const catalogue = listCatalogue();
    const rows = fitting.slice((input.page - 1) * input.size, input.page * input.size);
    const prohibitedLeft = catalogue.filter(
      (entry) => statusOnAdoption(entry).status === "prohibited" && !toolIdByKey.has(entry.key),
    );
    return {
      rows,
      total: fitting.length,
      size: catalogue.length,
      prohibitedLeft: prohibitedLeft.length,
      today: ctx.today,
      asOf: ctx.now,
    };
  },
);

async function cataloguedRows(tx: ClinicTx, asked: z.output<typeof CatalogueRows>, locale: "en" | "es") {
  const adopted = await tx.tool.findMany({
    where: { catalogueKey: { not: null } },
    select: { id: true, catalogueKey: true, status: true },
  });
  const toolIdByKey = new Map(adopted.map((tool) => [tool.catalogueKey, tool.id]));
  const retired = new Set(adopted.filter(({ status }) => status === "retired").map(({ catalogueKey }) => catalogueKey));
  const words = foldForSearch(asked.q)
    .split(" ")
    .filter((word) => word !== "");
  const host = asked.q.trim().toLowerCase();
  const isAsked = (entry: Catalogued) =>
    asked.q === "" ||
    // Signs alone name nothing: they find nothing, not everything.
    (words.length > 0 &&
      (words.every((word) => nameKeyOf(entry).includes(word)) ||
        entry.hostnames.some(({ name }) => name.includes(host))));
  const fits = (entry: Catalogued) =>
    (asked.recommendation.length === 0 || asked.recommendation.some((status) => status === entry.recommendation)) &&
    isAsked(entry);
  const rows = listCatalogue()
    .filter(fits)
    .map(
      (entry): CatalogueRow => ({
        key: entry.key,
        vendor: entry.vendor,
        product: entry.product,
        surface: entry.surface,
        modelFamily: entry.modelFamily,
        category: entry.category,
        recommendation: entry.recommendation,
        baa: entry.baa,
        asOf: entry.asOf,
        confidence: entry.confidence,
        deepseek: entry.deepseek,
        why: entry.why[locale],
        toolId: toolIdByKey.get(entry.key) ?? null,
        retired: retired.has(entry.key),
      }),
    );
  return { rows, toolIdByKey };
}

/** An entry of the catalogue, the register's tool that was adopted from it, and the day on which that was retired. */
export const getCatalogueEntry = defineQuery(
  "catalogue-entry",
  "tool.read",
  z.object({ key: z.string().max(200) }),
  async ({ tx, ctx }, { key }) => {
    const entry = listCatalogue().find((candidate) => candidate.key === key) ?? null;
    const tool = await tx.tool.findFirst({
      where: { catalogueKey: key },
      select: { id: true, status: true, statusSince: true },
    });
    const retiredOn = tool?.status === "retired" ? calendarDateIn(ctx.timeZone, tool.statusSince) : null;
    return { entry, toolId: tool?.id ?? null, retiredOn };
  },
);

/** The register on all its pages, for its files. */
export const getRegisterRows = defineQuery(
  "register-rows",
  "tool.read",
  RegisterRows,
  async ({ tx, ctx }, input) => {
    const all = { ...input, page: 1, size: LIST_ROWS_MAX };
    const { rows, total } = await findToolsPage(tx, all, ctx.today);
    return { rows, total, today: ctx.today };
  },
  { timeoutSeconds: 60 },
);

/** The catalogue on all its pages, for its files. */
export const getCatalogueRows = defineQuery(
  "catalogue-rows",
  "tool.read",
  CatalogueRows,
  async ({ tx, ctx }, input) => {
    const { rows } = await cataloguedRows(tx, input, ctx.locale);
    return { rows, total: rows.length, today: ctx.today };
  },
);
