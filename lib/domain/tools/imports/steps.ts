import "server-only";
import type { InvitedPerson } from "#lib/domain/clinic/imports/schema.ts";
import { keepPeople } from "#lib/domain/clinic/imports/steps.ts";
import type { WorkContext } from "#lib/domain/context.ts";
import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import type { ImportedDecision, ImportedFacts, ToolStep } from "#lib/domain/tools/imports/rules.ts";
import type { PlannedImport } from "#lib/domain/tools/imports/store.ts";
import { isSoleDecider, recordOf } from "#lib/domain/tools/rules.ts";
import type { ToolFacts } from "#lib/domain/tools/schema.ts";
import { keepFirstRevisions, requireMemberId } from "#lib/domain/tools/steps.ts";
import { type DecidedOn, listActiveDeciders, snapshotOf } from "#lib/domain/tools/store.ts";
import { keepBaas, keepVendors } from "#lib/domain/vendors/imports/steps.ts";
import { coverageOn } from "#lib/domain/vendors/rules.ts";
import { assertStillCalled, ensureVendors, vendorKeyOf } from "#lib/domain/vendors/steps.ts";
import { answersSha256 } from "#lib/domain/vendors/worksheet/store.ts";
import { toDatabaseDate } from "#lib/kernel/dates.ts";
import { refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { insertMany } from "#lib/platform/db/insert-many.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** What an import did, and whom it invited. */
type CarriedOut = { readonly events: readonly AuditEvent[]; readonly invited: readonly InvitedPerson[] };

/** Writes down all that a plan comes to, and says it in events. Refuses when what it rests on has just changed. */
export async function carryOut(
  tx: ClinicTx,
  ctx: WorkContext,
  importId: string,
  planned: PlannedImport,
): Promise<CarriedOut> {
  switch (planned.kind) {
    case "tools":
      return { events: await keepTools(tx, ctx, stepsOf(planned.plan)), invited: [] };
    case "vendors":
      return { events: await keepVendors(tx, ctx, stepsOf(planned.plan)), invited: [] };
    case "baas":
      return { events: await keepBaas(tx, ctx, stepsOf(planned.plan)), invited: [] };
    case "people":
      return keepPeople(tx, ctx, importId, stepsOf(planned.plan));
    default: {
      const unhandled: never = planned;
      return unhandled;
    }
  }
}

function stepsOf<Step>(plan: { readonly rows: ReadonlyArray<{ readonly step: Step | null }> }): Step[] {
  return plan.rows.flatMap(({ step }) => step ?? []);
}

async function keepTools(tx: ClinicTx, ctx: WorkContext, steps: readonly ToolStep[]): Promise<readonly AuditEvent[]> {
  const memberId = requireMemberId(ctx);
  const soleDecider = isSoleDecider(memberId, await listActiveDeciders(tx, ctx.today));
  const decider: Decider = { memberId, soleDecider };
  const added = steps.flatMap((step) => (step.kind === "add" ? [step] : []));
  const changed = steps.flatMap((step) => (step.kind === "change" ? [step] : []));
  return [...(await addTools(tx, ctx, decider, added)), ...(await changeTools(tx, ctx, decider, changed))];
}

type Decider = { readonly memberId: string; readonly soleDecider: boolean };
type Add = Extract<ToolStep, { kind: "add" }>;
type Change = Extract<ToolStep, { kind: "change" }>;

async function addTools(
  tx: ClinicTx,
  ctx: WorkContext,
  decider: Decider,
  steps: readonly Add[],
): Promise<readonly AuditEvent[]> {
  const named = steps.map(({ typed: { vendor, jurisdiction } }) => ({ name: vendor, jurisdiction }));
  const { vendors, events: vendorEvents } = await ensureVendors(tx, ctx, named);
  const additions = steps.map((step) => {
    const vendor = vendors.get(vendorKeyOf(step.typed.vendor));
    if (vendor === undefined) throw new Error("a vendor that was ensured is there");
    return additionOf(step, ctx, decider, vendor);
  });
  await insertMany(
    tx,
    "tool",
    additions.map(({ tool }) => tool),
  );
  await assertStillCalled(tx, vendors.values());
  await insertMany(
    tx,
    "tool_hostname",
    additions.flatMap(({ tool, hostnames }) => hostnames.map((hostname) => ({ toolId: tool.id, ...hostname }))),
  );
  await insertMany(
    tx,
    "tool_decision",
    additions.flatMap(({ decisions }) => decisions),
  );
  const revised = additions.map(({ tool, hostnames }) => ({ ...tool, hostnames }));
  await keepFirstRevisions(tx, ctx, "import", revised);
  return [...vendorEvents, ...additions.flatMap(({ events }) => events)];
}

function additionOf(
  { key, typed, deepseek, decision }: Add,
  ctx: WorkContext,
  decider: Decider,
  vendor: { readonly id: string; readonly name: string },
) {
  const names = { vendor: vendor.name, product: typed.product, surface: typed.surface };
  const modelFamily = typed.modelFamily === "" ? "not-disclosed" : typed.modelFamily;
  const catalogued = { catalogueKey: null, catalogueHash: null };
  const described = {
    ...names,
    modelFamily,
    category: typed.category,
    deepseek,
    facts: typedFacts(typed),
    ...catalogued,
  };
  const hostnames = typed.hostnames.map((name) => ({ name, verified: false }));
  const tool = {
    ...{ ...described, id: newId(), vendorId: vendor.id, nameKey: key, status: decision?.status ?? "needs_review" },
    ...{ conditions: [...(decision?.conditions ?? [])], reviewOn: databaseDate(decision?.reviewOn ?? null) },
    ...{ statusSince: ctx.now, addedBy: decider.memberId, addedAt: ctx.now },
  };
  const registered: AuditEvent = { type: "tool.registered", id: tool.id, ...names, deepseek };
  if (decision === null) return { tool, hostnames, decisions: [], events: [registered] };
  const about = { ...described, deepseekNarrowed: false, hostnames, coverage: null, dueDiligence: null };
  const { row, event } = decisionRecord(ctx, decider, { ...decision, toolId: tool.id, number: 1, about });
  return { tool, hostnames, decisions: [row], events: [registered, event] };
}

function databaseDate(date: string | null): Date | null {
  return date === null ? null : toDatabaseDate(date);
}

// What a file says is somebody's word: no source, no confidence, and nothing that no column asks about.
function typedFacts({ jurisdiction, why }: { jurisdiction: string; why: string }): ToolFacts {
  const unasked = { baa: "unknown", trainsOnInputs: "unknown", dataResidency: "", retention: "" } as const;
  const unsourced = { recommendation: null, conditions: [], notes: "", sources: [], asOf: null, confidence: null };
  return { jurisdiction, ...unasked, ...unsourced, why: { en: why, es: why } };
}

type RecordedDecision = ImportedDecision & {
  readonly toolId: string;
  readonly number: number;
  readonly about: Parameters<typeof snapshotOf>[0];
};

function decisionRecord(
  ctx: WorkContext,
  decider: Decider,
  { about, toolId, number, status, basis, conditions, reason, reviewOn, alone }: RecordedDecision,
) {
  const { vendor, product, surface, deepseek, deepseekNarrowed: narrowed } = about;
  return recordOf({
    ...{ id: newId(), toolId, vendor, product, surface, deepseek, narrowed, number },
    ...{ status, basis, conditions, reason, reviewOn, soleDecider: decider.soleDecider || alone },
    ...{ decidedBy: decider.memberId, decidedAt: ctx.now },
    ...snapshotOf(about),
  });
}

async function changeTools(
  tx: ClinicTx,
  ctx: WorkContext,
  decider: Decider,
  steps: readonly Change[],
): Promise<readonly AuditEvent[]> {
  await putInForce(tx, ctx, steps);
  const described = steps.flatMap(({ tool, changed }) => (changed === null ? [] : [{ tool, ...changed }]));
  const revisions = await keepRevisions(tx, ctx, decider, described);
  const decided = steps.flatMap(({ tool, decision, changed }) =>
    decision === null ? [] : [{ tool, decision, changed }],
  );
  const worksheets = await newestWorksheets(
    tx,
    decided.map(({ tool }) => tool.id),
  );
  const decisions = decided.map(({ tool, decision, changed }) => {
    const worksheet = worksheets.get(tool.id) ?? null;
    const hostnames = changed === null ? tool.hostnames : hostnamesNow(tool, changed.hostnames);
    const coverage = decision.status === "approved_for_phi" && tool.coverage !== null ? tool.coverage : null;
    const about = {
      ...{ ...tool, ...(changed === null ? {} : factsOf(changed)), hostnames, dueDiligence: worksheet },
      coverage: coverage === null ? null : coverageOn(coverage, ctx.today),
    };
    const number = 1 + (tool.decision?.number ?? 0);
    const { row, event } = decisionRecord(ctx, decider, { ...decision, toolId: tool.id, number, about });
    return { row: { ...row, dueDiligenceId: worksheet?.id ?? null }, event };
  });
  await insertMany(
    tx,
    "tool_decision",
    decisions.map(({ row }) => row),
  );
  return [...revisions, ...decisions.map(({ event }) => event)];
}

// What becomes the same of many tools is one statement. The version that the plan was made on guards each.
async function putInForce(tx: ClinicTx, ctx: WorkContext, steps: readonly Change[]): Promise<void> {
  const changes = steps.map(({ tool, decision, changed }) => ({
    ...{ id: tool.id, version: tool.version },
    data: {
      ...(changed === null ? {} : factsOf(changed)),
      ...(decision === null
        ? {}
        : {
            ...{ status: decision.status, conditions: [...decision.conditions], statusSince: ctx.now },
            reviewOn: databaseDate(decision.reviewOn),
          }),
    },
  }));
  const alike = Map.groupBy(changes, ({ version, data }) => JSON.stringify([version, data]));
  for (const group of alike.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { count } = await tx.tool.updateMany({
      where: { id: { in: group.map(({ id }) => id) }, version: first.version },
      data: { ...first.data, version: { increment: 1 } },
    });
    if (count !== group.length) throw refuse("import.changed_meanwhile");
  }
}

function factsOf({ facts, modelFamily, category }: ImportedFacts) {
  return { facts, modelFamily, category };
}

type Described = ImportedFacts & { readonly tool: Change["tool"] };

/** What is known of tools from now on, and the hostnames that come and go with it. */
async function keepRevisions(
  tx: ClinicTx,
  ctx: WorkContext,
  { memberId }: Decider,
  described: readonly Described[],
): Promise<AuditEvent[]> {
  if (described.length === 0) return [];
  const toolIds = described.map(({ tool }) => tool.id);
  const newest = await tx.toolRevision.groupBy({
    by: ["toolId"],
    where: { toolId: { in: toolIds } },
    _max: { number: true },
  });
  const numbers = new Map(newest.map(({ toolId, _max }) => [toolId, _max.number ?? 0]));
  await changeHostnames(tx, ctx, described);
  const revisions = described.map(({ tool, facts, modelFamily, category, hostnames }) => {
    const { id, catalogueHash, vendor, product, surface } = tool;
    const number = 1 + (numbers.get(id) ?? 0);
    const kept = hostnamesNow(tool, hostnames);
    const row = {
      ...{ toolId: id, number, basis: "import", modelFamily, category, facts, catalogueHash, kept: [] },
      ...{ hostnames: kept.map(({ name }) => name), changedBy: memberId, changedAt: ctx.now },
      verified: kept.filter(({ verified }) => verified).map(({ name }) => name),
    };
    const event: AuditEvent = {
      ...{ type: "tool.described", id, vendor, product, surface, number },
      ...{ hostnames: row.hostnames, jurisdiction: facts.jurisdiction, why: facts.why.en },
    };
    return { row, event };
  });
  await insertMany(
    tx,
    "tool_revision",
    revisions.map(({ row }) => row),
  );
  return revisions.map(({ event }) => event);
}

/** The hostnames from now on: what somebody verified stays verified. */
function hostnamesNow(tool: Change["tool"], names: readonly string[]): Array<{ name: string; verified: boolean }> {
  const verified = new Set(tool.hostnames.filter((hostname) => hostname.verified).map(({ name }) => name));
  return names.map((name) => ({ name, verified: verified.has(name) }));
}

async function changeHostnames(tx: ClinicTx, ctx: WorkContext, described: readonly Described[]): Promise<void> {
  const before = new Map(described.map(({ tool }) => [tool.id, new Set(tool.hostnames.map(({ name }) => name))]));
  const added = described.flatMap(({ tool, hostnames }) =>
    hostnames.filter((name) => !before.get(tool.id)?.has(name)).map((name) => ({ toolId: tool.id, name })),
  );
  const removed = described.flatMap(({ tool, hostnames }) =>
    tool.hostnames.filter(({ name }) => !hostnames.includes(name)).map(({ name }) => ({ toolId: tool.id, name })),
  );
  await inChunks(removed, async (chunk) => {
    await tx.toolHostname.updateMany({ where: { OR: chunk }, data: { removedAt: ctx.now } });
  });
  await inChunks(added, async (chunk) => {
    // One that was there before comes back in its own row.
    await tx.toolHostname.updateMany({ where: { OR: chunk }, data: { removedAt: null, verified: false } });
    await tx.toolHostname.createMany({
      data: chunk.map((hostname) => ({ ...hostname, verified: false })),
      skipDuplicates: true,
    });
  });
}

async function newestWorksheets(tx: ClinicTx, toolIds: string[]): Promise<Map<string, DecidedOn>> {
  const worksheets = await tx.dueDiligence.findMany({
    where: { toolId: { in: toolIds }, status: "complete" },
    orderBy: { number: "asc" },
    select: { toolId: true, id: true, number: true, answers: true },
  });
  return new Map(
    worksheets.map(({ toolId, id, number, answers }) => [
      toolId,
      { id, number, answersSha256: answersSha256(answers) },
    ]),
  );
}

const CHUNK = 1000;

async function inChunks<T>(rows: readonly T[], write: (chunk: T[]) => Promise<void>): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK) await write(rows.slice(start, start + CHUNK));
}

/** Imports of a clinic follow each other: the second waits here, and then finds what the first one did. */
export async function takeTurns(tx: ClinicTx): Promise<void> {
  const first = await tx.importBatch.findFirst({ orderBy: { id: "asc" }, select: { id: true } });
  if (first === null) return;
  await tx.importBatch.updateMany({ where: { id: first.id }, data: { added: { increment: 0 } } });
}
