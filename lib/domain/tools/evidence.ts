import "server-only";
import { type PackMoment, type PackTable, packTable, seqOfState } from "#lib/domain/clinic/evidence.ts";
import type { RegisterEntry } from "#lib/domain/tools/block-list/schema.ts";
import { standingOf } from "#lib/domain/tools/rules.ts";
import type { DeepseekRelation, Status } from "#lib/domain/tools/schema.ts";
import { ToolFacts } from "#lib/domain/tools/schema.ts";
import { coverageFactsOf } from "#lib/domain/vendors/store.ts";
import { fromDatabaseDate } from "#lib/kernel/dates.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { bodyText } from "#lib/proof/body.ts";
import type { Cell } from "#lib/proof/tables.ts";

const DECISION_COLUMNS = [
  ...[
    "id",
    "tool_id",
    "vendor",
    "product",
    "surface",
    "number",
    "status",
    "basis",
    "conditions",
    "reason",
    "review_on",
  ],
  ...["sole_decider", "decided_by_id", "decided_by", "decided_at", "recorded_at", "recorded_later", "event_seq"],
  ...["snapshot_sha256", "snapshot"],
];

/** Every decision made by the moment, oldest first, with the facts it rested on as exact canonical JSON. */
export async function decisionsTable(
  tx: ClinicTx,
  moment: PackMoment,
): Promise<PackTable & { readonly sole: SoleDecision[] }> {
  const rows = await tx.toolDecision.findMany({
    where: { decidedAt: { lte: moment.asOf } },
    include: { tool: { select: { vendor: true, product: true, surface: true } } },
    orderBy: [{ decidedAt: "asc" }, { toolId: "asc" }, { number: "asc" }],
  });
  const shown = rows.flatMap((row) => {
    const seq = moment.seqOf(row.id);
    return seq === null ? [] : [{ row, seq }];
  });
  const cells = shown.map(({ row, seq }) => [
    ...[row.id, row.toolId, row.tool.vendor, row.tool.product, row.tool.surface, row.number, row.status, row.basis],
    ...[row.conditions.join("\n"), row.reason, row.reviewOn === null ? null : fromDatabaseDate(row.reviewOn)],
    ...[
      row.soleDecider,
      row.decidedBy,
      moment.nameOf(row.decidedBy),
      row.decidedAt.toISOString(),
      row.recordedAt.toISOString(),
    ],
    ...[row.recordedAt > moment.asOf, seq, row.snapshotHash, bodyText(row.snapshot)],
  ]);
  const sole = shown
    .filter(({ row }) => row.soleDecider)
    .map(({ row, seq }) => ({
      decidedAt: row.decidedAt,
      status: row.status as Status,
      subject: `${row.tool.product}, ${row.tool.surface}`,
      by: moment.nameOf(row.decidedBy),
      seq,
    }));
  return { ...packTable(DECISION_COLUMNS, cells), sole };
}

export type SoleDecision = {
  readonly decidedAt: Date;
  readonly status: Status;
  readonly subject: string;
  readonly by: string;
  readonly seq: number;
};

const TOOL_COLUMNS = [
  ...[
    "id",
    "vendor",
    "product",
    "surface",
    "model_family",
    "category",
    "deepseek",
    "status",
    "status_since",
    "standing",
    "standing_reasons",
  ],
  ...[
    "conditions",
    "review_on",
    "decided_by",
    "sole_decider",
    "added_at",
    "added_by",
    "recorded_later",
    "event_seq",
    "decided_event_seq",
    "described_event_seq",
    "hostnames",
    "hostnames_unverified",
  ],
  ...[
    "catalogue_key",
    "catalogue_sha256",
    "recommendation",
    "baa_availability",
    "trains_on_inputs",
    "data_residency",
    "retention",
  ],
  ...["jurisdiction", "why", "notes", "sources", "facts_as_of", "confidence"],
];

/** The register as it stood at the moment: each tool with the decision then in force and its standing on that day. */
export async function toolsTable(
  tx: ClinicTx,
  moment: PackMoment,
): Promise<PackTable & { readonly entries: RegisterEntry[] }> {
  const rows = await tx.tool.findMany({
    where: { addedAt: { lte: moment.asOf } },
    include: {
      revisions: { where: { changedAt: { lte: moment.asOf } }, orderBy: { number: "desc" } },
      decisions: {
        where: { decidedAt: { lte: moment.asOf } },
        orderBy: { number: "desc" },
        omit: { snapshot: true },
      },
    },
    orderBy: [{ nameKey: "asc" }, { id: "asc" }],
  });
  const shown = rows.flatMap((row) => {
    const seq = moment.seqOf(row.id);
    if (seq === null) return [];
    const decision = row.decisions.find(({ id }) => moment.seqOf(id) !== null);
    const revision = row.revisions.find((candidate) => revisionSeq(moment, candidate) !== null);
    return [{ row, seq, decision: decision ?? null, revision: revision ?? null }];
  });
  const coverage = await coverageFactsOf(
    tx,
    shown.filter(({ decision }) => decision?.status === "approved_for_phi").map(({ row }) => row),
    moment.asOf,
  );
  const cells = shown.map(({ row, seq, decision, revision }) => {
    const facts = ToolFacts.parse(revision?.facts ?? row.facts);
    const inForce = {
      status: (decision?.status ?? "needs_review") as Status,
      deepseek: row.deepseek as DeepseekRelation,
      narrowed: decision?.narrowed ?? false,
      reviewOn: decision?.reviewOn == null ? null : fromDatabaseDate(decision.reviewOn),
      decided: decision !== null,
      coverage: coverage.get(row.id) ?? null,
      excepted: false,
    };
    const { standing, reasons } = standingOf(inForce, moment.asOfDate);
    const hostnames = revision?.hostnames ?? [];
    const verified = new Set(revision?.verified ?? []);
    return [
      ...[
        row.id,
        row.vendor,
        row.product,
        row.surface,
        revision?.modelFamily ?? row.modelFamily,
        revision?.category ?? row.category,
        row.deepseek,
        inForce.status,
      ],
      ...[
        (decision?.decidedAt ?? row.addedAt).toISOString(),
        standing,
        reasons.join(" "),
        decision?.conditions.join("\n") ?? "",
        inForce.reviewOn,
      ],
      ...[decision === null ? null : moment.nameOf(decision.decidedBy), decision?.soleDecider ?? null],
      ...[row.addedAt.toISOString(), moment.nameOf(row.addedBy), row.recordedAt > moment.asOf, seq],
      ...[decision === null ? null : moment.seqOf(decision.id)],
      ...[revision === null ? null : revisionSeq(moment, revision)],
      ...[hostnames.join(" "), hostnames.filter((name) => !verified.has(name)).join(" ")],
      ...[
        row.catalogueKey,
        revision?.catalogueHash ?? row.catalogueHash,
        facts.recommendation,
        facts.baa,
        facts.trainsOnInputs,
        facts.dataResidency,
        facts.retention,
      ],
      ...[
        facts.jurisdiction,
        facts.why.en,
        facts.notes,
        facts.sources.map(({ title, url }) => (url === undefined ? title : `${title} <${url}>`)).join("\n"),
      ],
      ...[facts.asOf, facts.confidence],
    ];
  });
  const entries = shown.map(({ row, decision, revision }): RegisterEntry => {
    const { id: toolId, vendor, product, surface } = row;
    const verified = new Set(revision?.verified ?? []);
    return {
      ...{ toolId, vendor, product, surface },
      status: (decision?.status ?? "needs_review") as Status,
      deepseek: row.deepseek as DeepseekRelation,
      hostnames: (revision?.hostnames ?? []).map((name) => ({ name, verified: verified.has(name) })),
    };
  });
  return { ...packTable(TOOL_COLUMNS, cells), entries };
}

/** The event after which the register knew of a tool what this revision says. */
function revisionSeq(
  moment: PackMoment,
  { toolId, number }: { readonly toolId: string; readonly number: number },
): number | null {
  return seqOfState(moment, { id: toolId, number }, "tool.update_answered", "tool.described");
}

const EXCEPTION_COLUMNS = [
  ...["id", "tool_id", "vendor", "product", "surface", "member", "role", "reason", "starts_on", "ends_on", "in_force"],
  ...["granted_by", "granted_at", "sole_decider", "withdrawn_by", "withdrawn_at", "withdrawn_reason"],
  ...["recorded_later", "event_seq", "withdrawn_event_seq"],
];

/** Every exception granted by the moment, and whether it was in force on that day. */
export async function exceptionsTable(tx: ClinicTx, moment: PackMoment): Promise<PackTable> {
  const rows = await tx.toolException.findMany({
    where: { grantedAt: { lte: moment.asOf } },
    include: { tool: { select: { vendor: true, product: true, surface: true } } },
    orderBy: [{ grantedAt: "asc" }, { id: "asc" }],
  });
  const shown = withEntries(rows, moment);
  const cells = shown.map(({ row, seq }): Cell[] => {
    const [startsOn, endsOn] = [fromDatabaseDate(row.startsOn), fromDatabaseDate(row.endsOn)];
    const withdrawnSeq = moment.seqOf(row.id, "tool_exception.withdrawn");
    const isWithdrawn = row.withdrawnAt !== null && row.withdrawnAt <= moment.asOf && withdrawnSeq !== null;
    const withdrawnAt = isWithdrawn ? row.withdrawnAt : null;
    const isRunning = startsOn <= moment.asOfDate && moment.asOfDate <= endsOn;
    return [
      ...[row.id, row.toolId, row.tool.vendor, row.tool.product, row.tool.surface],
      ...[row.memberId === null ? null : moment.nameOf(row.memberId), row.role, row.reason, startsOn, endsOn],
      ...[
        isRunning && withdrawnAt === null,
        moment.nameOf(row.grantedBy),
        row.grantedAt.toISOString(),
        row.soleDecider,
      ],
      ...[withdrawnAt === null || row.withdrawnBy === null ? null : moment.nameOf(row.withdrawnBy)],
      ...[withdrawnAt?.toISOString() ?? null, withdrawnAt === null ? null : row.withdrawnReason],
      ...[row.recordedAt > moment.asOf, seq, isWithdrawn ? withdrawnSeq : null],
    ];
  });
  return packTable(EXCEPTION_COLUMNS, cells);
}

function withEntries<Row extends { readonly id: string }>(rows: readonly Row[], moment: PackMoment) {
  return rows.flatMap((row) => {
    const seq = moment.seqOf(row.id);
    return seq === null ? [] : [{ row, seq }];
  });
}
