import "server-only";
import { createHash } from "node:crypto";
import { type PersonStep, personLines, planPeople, withWholeNames } from "#lib/domain/clinic/imports/rules.ts";
import { NAME_PARTS, PEOPLE_HEADERS, PEOPLE_WORDS } from "#lib/domain/clinic/imports/schema.ts";
import { invitationsOnRecord, membersOnRecord, peopleCells, placesOnRecord } from "#lib/domain/clinic/imports/store.ts";
import { actingMemberId, LOCALES, type WorkContext } from "#lib/domain/context.ts";
import { assertCan } from "#lib/domain/permissions.ts";
import { type Plan, readSheet, type SheetRead, type SheetWords } from "#lib/domain/sheet.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import { planTools, type ToolLine, type ToolStep, toolLines } from "#lib/domain/tools/imports/rules.ts";
import {
  COLUMN_VALUES,
  COLUMNS,
  type ImportKind,
  type ImportShown,
  type ImportStatus,
  type ReadAs,
  ROWS_MAX,
  type ToolOnRecord,
  VALUE_WORDS,
} from "#lib/domain/tools/imports/schema.ts";
import { listOwnRequests } from "#lib/domain/tools/requests/store.ts";
import { HOSTNAMES, listActiveDeciders, storedTool } from "#lib/domain/tools/store.ts";
import {
  type BaaStep,
  baaLines,
  planBaas,
  planVendors,
  type VendorStep,
  vendorLines,
} from "#lib/domain/vendors/imports/rules.ts";
import {
  baaCells,
  baaVendorsOnRecord,
  type SheetCells,
  vendorCells,
  vendorsOnRecord,
} from "#lib/domain/vendors/imports/store.ts";
import { coverageFactsOf } from "#lib/domain/vendors/store.ts";
import { Forbidden, NotFound } from "#lib/kernel/errors.ts";
import { inParts } from "#lib/platform/db/in-parts.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { loadMessages } from "#lib/platform/i18n/messages.ts";
import { readTable } from "#lib/platform/spreadsheet/read-table.ts";

/** What a file would do, with the steps that do it. */
export type PlannedImport = { readonly readAs: ReadAs; readonly sha256: string } & (
  | { readonly kind: "tools"; readonly plan: Plan<ToolStep> }
  | { readonly kind: "vendors"; readonly plan: Plan<VendorStep> }
  | { readonly kind: "baas"; readonly plan: Plan<BaaStep> }
  | { readonly kind: "people"; readonly plan: Plan<PersonStep> }
);

/** Reads a file against the register as it is in this transaction. Refuses one that can't be read at all. */
export async function planImport(
  tx: ClinicTx,
  ctx: WorkContext,
  { kind, bytes }: { kind: ImportKind; bytes: Uint8Array },
): Promise<PlannedImport> {
  const table = await readTable(bytes);
  const words = sheetWords(kind);
  const rows = kind === "people" ? withWholeNames(table.rows, words) : table.rows;
  const read = readSheet(rows, { columns: COLUMNS[kind], words });
  const readAs: ReadAs =
    table.kind === "xlsx" ? { kind: "xlsx" } : { kind: "csv", encoding: table.encoding, delimiter: table.delimiter };
  // Without a column that every row needs, all rows would be said to lack it.
  const isWhole = !read.problems.some(({ code }) => code === "import.column_missing");
  const sheet = isWhole ? read : { ...read, records: [] };
  switch (kind) {
    case "tools":
      return withHash({ kind, readAs, plan: await planOfTools(tx, ctx, sheet, words) });
    case "vendors": {
      const lines = vendorLines(sheet);
      const onRecord = await vendorsOnRecord(
        tx,
        lines.lines.map(({ key }) => key),
      );
      return withHash({ kind, readAs, plan: planVendors(sheet, lines, onRecord) });
    }
    case "baas": {
      const lines = baaLines(sheet);
      const vendors = await baaVendorsOnRecord(
        tx,
        lines.lines.map(({ vendorKey }) => vendorKey),
      );
      return withHash({ kind, readAs, plan: planBaas(sheet, lines, { vendors, today: ctx.today }) });
    }
    case "people":
      return withHash({ kind, readAs, plan: await planOfPeople(tx, ctx, sheet) });
    default: {
      const unhandled: never = kind;
      return unhandled;
    }
  }
}

// Of what the rows would do: the file itself doesn't change, but what it meets does.
function withHash<P extends { plan: Plan<unknown> }>(planned: P): P & { sha256: string } {
  const effects = planned.plan.rows.map(({ row, outcome, changes, notes }) => [row, outcome, changes, notes]);
  return { ...planned, sha256: createHash("sha256").update(JSON.stringify(effects)).digest("hex") };
}

async function planOfTools(
  tx: ClinicTx,
  ctx: WorkContext,
  sheet: SheetRead,
  words: SheetWords,
): Promise<Plan<ToolStep>> {
  const memberId = actingMemberId(ctx);
  if (memberId === null) throw new Forbidden("tool.import");
  const lines = toolLines(sheet);
  return planTools(sheet, lines, {
    tools: await toolsOnRecord(tx, lines.lines),
    memberId,
    deciders: await listActiveDeciders(tx, ctx.today),
    ownRequests: await listOwnRequests(tx, ctx, memberId),
    families: words.values.modelFamily ?? new Map(),
    today: ctx.today,
  });
}

async function planOfPeople(tx: ClinicTx, ctx: WorkContext, sheet: SheetRead): Promise<Plan<PersonStep>> {
  assertCan(ctx, "member.invite");
  assertCan(ctx, "member.keep");
  const lines = personLines(sheet);
  const emails = lines.lines.map(({ key }) => key);
  return planPeople(sheet, lines, {
    actor: ctx.actor,
    members: await membersOnRecord(tx, emails, ctx.today),
    invitations: await invitationsOnRecord(tx, emails, ctx),
    places: await placesOnRecord(tx),
    today: ctx.today,
  });
}

async function toolsOnRecord(tx: ClinicTx, lines: readonly ToolLine[]): Promise<Map<string, ToolOnRecord>> {
  const rows = await inParts(
    lines.map(({ key }) => key),
    (part) => tx.tool.findMany({ where: { nameKey: { in: part } }, include: { hostnames: HOSTNAMES } }),
  );
  const decisions = await decisionsInForce(
    tx,
    rows.map(({ id }) => id),
  );
  const asked = new Map(lines.map(({ key, typed }) => [key, typed.status]));
  const approved = rows.filter((row) => (asked.get(row.nameKey) ?? row.status) === "approved_for_phi");
  const coverage = new Map(await inParts(approved, async (part) => [...(await coverageFactsOf(tx, part))]));
  return new Map(
    rows.map((row) => {
      const decision = decisions.get(row.id) ?? null;
      return [row.nameKey, { ...storedTool(row), decision, coverage: coverage.get(row.id) ?? null }];
    }),
  );
}

async function decisionsInForce(
  tx: ClinicTx,
  toolIds: readonly string[],
): Promise<Map<string, { number: number; reason: string }>> {
  const decisions = await inParts(toolIds, (part) =>
    tx.toolDecision.findMany({
      where: { toolId: { in: part } },
      orderBy: { number: "asc" },
      select: { toolId: true, number: true, reason: true },
    }),
  );
  return new Map(decisions.map(({ toolId, number, reason }) => [toolId, { number, reason }]));
}

/** What our own lists and forms call the columns, besides what a file to edit calls them. */
const CALLED_ELSEWHERE: Readonly<Record<ImportKind, Readonly<Record<string, readonly string[]>>>> = {
  tools: {
    product: ["tools.column.product", "tools.register.product"],
    surface: ["tools.register.surface"],
    vendor: ["tools.column.vendor"],
    modelFamily: ["tools.facts.modelFamily"],
    category: ["tools.facts.category"],
    hostnames: ["tools.facts.hostnames"],
    jurisdiction: ["tools.facts.jurisdiction"],
    why: ["tools.column.why", "tools.facts.why", "tools.register.why"],
    status: ["tools.column.status"],
    conditions: ["tools.decision.conditions"],
    reason: ["tools.decide.reason"],
    reviewOn: ["tools.decision.review", "tools.decide.reviewOn"],
  },
  vendors: {
    vendor: ["vendors.column.name"],
    businessAssociate: ["vendors.column.associate"],
    reason: ["vendors.column.reason"],
    jurisdiction: ["vendors.column.jurisdiction"],
    website: ["vendors.column.website"],
    contactName: ["vendors.column.contact"],
  },
  baas: {},
  people: {
    name: ["people.column.name"],
    email: ["people.column.email"],
    role: ["people.column.role"],
    jobTitle: ["people.column.job"],
    workforceType: ["people.column.type"],
    location: ["people.column.location"],
    tracks: ["people.column.tracks"],
    startsOn: ["people.column.started"],
    endsOn: ["people.column.ended"],
  },
};

/** Columns of our own lists that say what is computed, or who decided when. */
const NOT_READ: Readonly<Record<ImportKind, readonly string[]>> = {
  tools: ["tools.column.standing", "tools.column.recommendation", "tools.column.since"],
  vendors: ["baa", "baas", "until", "tools", "since"].map((column) => `vendors.column.${column}`),
  baas: [],
  people: ["people.column.state", "people.column.made", "people.column.expires", "people.column.invitedBy"],
};

type Called = Readonly<Record<string, readonly string[]>>;

/** What people who never saw our words call columns and their values; null stands for a column that is not read. */
const CALLED_BY_OTHERS: Readonly<
  Partial<Record<ImportKind, { headers: Called; notRead: readonly string[]; values: Readonly<Record<string, Called>> }>>
> = {
  // A part of a name that is left over stands beside the whole.
  people: { headers: PEOPLE_HEADERS, notRead: NAME_PARTS.flat(), values: PEOPLE_WORDS },
};

/** How the columns of a file and their values may be called: by their names in the code, and in every language. */
export function sheetWords(kind: ImportKind): SheetWords {
  const headers = new Map<string, string | null>();
  const values: Record<string, Map<string, string>> = {};
  const addHeader = (text: string | undefined, column: string | null) => {
    if (text !== undefined && !headers.has(foldForSearch(text))) headers.set(foldForSearch(text), column);
  };
  for (const { id } of COLUMNS[kind]) {
    addHeader(snakeCase(id), id);
    addHeader(id, id);
    values[id] = new Map((COLUMN_VALUES[kind][id] ?? []).map((value) => [foldForSearch(value), value]));
  }
  for (const locale of LOCALES) {
    const messages = loadMessages(locale);
    for (const { id } of COLUMNS[kind]) {
      addHeader(wordAt(messages, `import.column.${kind}.${id}`), id);
      for (const path of CALLED_ELSEWHERE[kind][id] ?? []) addHeader(wordAt(messages, path), id);
      for (const [value, word] of wordsOf(messages, VALUE_WORDS[kind][id])) values[id]?.set(foldForSearch(word), value);
    }
    for (const path of NOT_READ[kind]) addHeader(wordAt(messages, path), null);
  }
  const called = CALLED_BY_OTHERS[kind];
  for (const [id, texts] of Object.entries(called?.headers ?? {})) for (const text of texts) addHeader(text, id);
  for (const text of called?.notRead ?? []) addHeader(text, null);
  for (const [id, words] of Object.entries(called?.values ?? {})) {
    for (const [value, texts] of Object.entries(words)) {
      for (const text of texts) values[id]?.set(foldForSearch(text), value);
    }
  }
  return { headers, values };
}

function snakeCase(id: string): string {
  return id.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

type Words = Parameters<typeof Object.entries>[0];

function at(messages: Words, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], messages);
}

function wordAt(messages: Words, path: string): string | undefined {
  const word = at(messages, path);
  return typeof word === "string" ? word : undefined;
}

function wordsOf(messages: Words, path: string | undefined): Array<[string, string]> {
  if (path === undefined) return [];
  return Object.entries(at(messages, path) ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
}

/** The register of a kind as a file to edit has it; one row too many where there are more than a file takes. */
export async function sheetCells(tx: ClinicTx, ctx: WorkContext, kind: ImportKind): Promise<SheetCells> {
  switch (kind) {
    case "tools":
      return toolCells(tx, ctx);
    case "vendors":
      return vendorCells(tx, ROWS_MAX[kind]);
    case "baas":
      return baaCells(tx, ctx.today, ROWS_MAX[kind]);
    case "people":
      assertCan(ctx, "member.read");
      return peopleCells(tx, ctx.today, ROWS_MAX[kind]);
    default: {
      const unhandled: never = kind;
      return unhandled;
    }
  }
}

async function toolCells(tx: ClinicTx, ctx: WorkContext): Promise<SheetCells> {
  const named = await tx.tool.findMany({
    select: { id: true },
    orderBy: [{ nameKey: "asc" }],
    take: ROWS_MAX.tools + 1,
  });
  const ids = named.map(({ id }) => id);
  const rows = await inParts(ids, (part) =>
    tx.tool.findMany({ where: { id: { in: part } }, include: { hostnames: HOSTNAMES }, orderBy: [{ nameKey: "asc" }] }),
  );
  const decisions = await decisionsInForce(tx, ids);
  return rows.map((row) => {
    const { vendor, product, surface, modelFamily, category, facts, status, conditions, ...tool } = storedTool(row);
    return {
      ...{ vendor, product, surface, modelFamily, category, status, jurisdiction: facts.jurisdiction },
      hostnames: tool.hostnames.map(({ name }) => name).join("\n"),
      why: facts.why[ctx.locale],
      conditions: conditions.join("\n"),
      reason: decisions.get(row.id)?.reason ?? "",
      reviewOn: tool.reviewOn ?? "",
    };
  });
}

/** What a page shows of an import; never the bytes of its file. */
export const BATCH_SHOWN = {
  include: { file: { select: { id: true, name: true, sizeBytes: true, sha256: true } } },
} as const;

export async function requireImport(tx: ClinicTx, importId: string) {
  const batch = await tx.importBatch.findFirst({ where: { id: importId }, ...BATCH_SHOWN });
  if (batch === null) throw new NotFound();
  return { ...batch, kind: batch.kind as ImportKind, status: batch.status as ImportStatus };
}

export async function bytesOfFile(tx: ClinicTx, fileId: string): Promise<Uint8Array> {
  const { bytes } = await tx.storedFile.findFirstOrThrow({ where: { id: fileId }, select: { bytes: true } });
  return bytes;
}

type BatchRow = Omit<Awaited<ReturnType<typeof requireImport>>, "kind" | "status"> & { kind: string; status: string };

export function importShown(batch: BatchRow, nameOf: (memberId: string) => string): ImportShown {
  const { id, file, previewedAt, appliedAt, added, changed, unchanged } = batch;
  return {
    ...{ id, file, previewedAt, appliedAt },
    kind: batch.kind as ImportKind,
    status: batch.status as ImportStatus,
    previewedBy: nameOf(batch.previewedBy),
    appliedBy: batch.appliedBy === null ? "" : nameOf(batch.appliedBy),
    counts: { added, changed, unchanged },
  };
}
