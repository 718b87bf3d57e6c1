import "server-only";
import { actingMemberId, type WorkContext } from "#lib/domain/context.ts";
import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import { isSoleDecider, recordOf } from "#lib/domain/tools/rules.ts";
import type { DecisionBasis, Status } from "#lib/domain/tools/schema.ts";
import { type DecidedOn, listActiveDeciders, type StoredTool, snapshotOf } from "#lib/domain/tools/store.ts";
import type { Coverage } from "#lib/domain/vendors/schema.ts";
import { type CalendarDate, calendarDateIn, toDatabaseDate } from "#lib/kernel/dates.ts";
import { Forbidden, type Refusal, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { insertMany } from "#lib/platform/db/insert-many.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

export type NewDecision = {
  /** The tool as read in this transaction, but for `narrowed`, which the decision may change. */
  readonly tool: StoredTool;
  readonly narrowed: boolean;
  /** The version that the decider looked at. */
  readonly version: number;
  readonly status: Status;
  readonly basis: DecisionBasis;
  readonly reason: string;
  readonly conditions: readonly string[];
  readonly reviewOn: CalendarDate | null;
  readonly coverage?: Coverage | null;
  readonly dueDiligence?: DecidedOn | null;
  /** The request that it answers. */
  readonly requestId?: string | null;
  /** Of those who could decide, nobody is left who doesn't want the tool themselves. */
  readonly alone?: boolean;
};

/**
 * Puts a decision in force and keeps it: the step that every deciding command shares. Of two made on the same page only
 * the first still finds the version it looked at; the other is refused `tool.decided_meanwhile`.
 */
export async function putDecisionInForce(
  tx: ClinicTx,
  ctx: WorkContext,
  { tool, narrowed, version, status, basis, reason, conditions, reviewOn, alone = false, ...restsOn }: NewDecision,
): Promise<{ decisionId: string; event: AuditEvent }> {
  const memberId = requireMemberId(ctx);
  const { count } = await tx.tool.updateMany({
    where: { id: tool.id, version },
    data: {
      status,
      deepseekNarrowed: narrowed,
      conditions: [...conditions],
      reviewOn: reviewOn === null ? null : toDatabaseDate(reviewOn),
      statusSince: ctx.now,
      version: { increment: 1 },
    },
  });
  if (count === 0) throw refuse("tool.decided_meanwhile", { product: tool.product });
  const { vendor, product, surface, deepseek } = tool;
  const { row, event } = recordOf({
    ...{ vendor, product, surface, deepseek, narrowed, status, basis, reason, conditions, reviewOn },
    id: newId(),
    toolId: tool.id,
    number: 1 + (await tx.toolDecision.count({ where: { toolId: tool.id } })),
    soleDecider: alone || isSoleDecider(memberId, await listActiveDeciders(tx, ctx.today)),
    decidedBy: memberId,
    decidedAt: ctx.now,
    ...snapshotOf({ ...tool, deepseekNarrowed: narrowed, ...restsOn }),
  });
  const links = { dueDiligenceId: restsOn.dueDiligence?.id ?? null, requestId: restsOn.requestId ?? null };
  await tx.toolDecision.create({ data: { ...row, ...links }, select: { id: true } });
  return { decisionId: row.id, event };
}

/** That a tool is not taken in anew, because the register has it: retired on a day, and one decision away from use. */
export function retiredEarlier(
  ctx: WorkContext,
  tool: Pick<StoredTool, "id" | "vendor" | "product" | "surface" | "statusSince">,
  field?: string,
): Refusal {
  const { id: toolId, vendor, product, surface } = tool;
  const retiredOn = calendarDateIn(ctx.timeZone, tool.statusSince);
  return refuse("tool.retired_earlier", { vendor, product, surface, retiredOn, toolId }, field);
}

/** Decisions are people's: a job or an operator makes none. */
export function requireMemberId(ctx: WorkContext): string {
  const memberId = actingMemberId(ctx);
  if (memberId === null) throw new Forbidden("tool.decide");
  return memberId;
}

/** The first revision of tools that come into the register: what is known of each from now on. */
export async function keepFirstRevisions(
  tx: ClinicTx,
  ctx: WorkContext,
  basis: "adoption" | "registration" | "import",
  tools: ReadonlyArray<
    Pick<StoredTool, "id" | "modelFamily" | "category" | "facts" | "catalogueHash"> & {
      readonly hostnames: ReadonlyArray<{ readonly name: string; readonly verified: boolean }>;
    }
  >,
): Promise<void> {
  const changedBy = requireMemberId(ctx);
  await insertMany(
    tx,
    "tool_revision",
    tools.map(({ id, modelFamily, category, facts, catalogueHash, hostnames }) => ({
      ...{ toolId: id, number: 1, basis, modelFamily, category, facts, catalogueHash, kept: [] },
      hostnames: hostnames.map(({ name }) => name),
      verified: hostnames.filter(({ verified }) => verified).map(({ name }) => name),
      changedBy,
      changedAt: ctx.now,
    })),
  );
}
