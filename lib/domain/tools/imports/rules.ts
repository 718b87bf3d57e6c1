import type { z } from "zod";
import {
  type Change,
  cellLines,
  type Note,
  type Plan,
  type PlannedLine,
  type PlannedRow,
  type Problem,
  parsed,
  planOf,
  problem,
  type SheetRead,
  type SheetRecord,
  sameSet,
  tried,
  withoutRepeats,
} from "#lib/domain/sheet.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import { type ToolOnRecord, ToolRowTyped } from "#lib/domain/tools/imports/schema.ts";
import { answersAlone, asksFor, type OwnRequest } from "#lib/domain/tools/requests/rules.ts";
import { assertMayDecide, deepseekRelationOf, nameKeyOf } from "#lib/domain/tools/rules.ts";
import {
  type DecisionBasis,
  type DeepseekRelation,
  isApproval,
  type Status,
  type ToolFacts,
} from "#lib/domain/tools/schema.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

/** A row that names a tool; `key` is the tool's name key, by which two are one. */
export type ToolLine = { readonly record: SheetRecord; readonly key: string; readonly typed: ToolRowTyped };

export type ToolLines = { readonly lines: readonly ToolLine[]; readonly problems: readonly Problem[] };

/** The rows that can be read at all, each tool once. */
export function toolLines(read: SheetRead): ToolLines {
  const typed = read.records.map(typedRow);
  const unique = withoutRepeats(
    typed.flatMap(({ line }) => line ?? []),
    "product",
  );
  return { lines: unique.lines, problems: [...typed.flatMap(({ problems }) => problems), ...unique.problems] };
}

function typedRow(record: SheetRecord): { line: ToolLine | null; problems: readonly Problem[] } {
  const { cells } = record;
  const raw = {
    ...cells,
    ...{ vendor: cells.vendor ?? "", product: cells.product ?? "", surface: cells.surface ?? "", why: cells.why ?? "" },
    ...{ category: cells.category ?? "", status: cells.status ?? "", reviewOn: (cells.reviewOn ?? "").trim() },
    hostnames: (cells.hostnames ?? "").split(/[\s,;]+/).filter((name) => name !== ""),
    conditions: cellLines(cells.conditions),
  };
  const { value, problems } = parsed(ToolRowTyped, record, raw as z.input<typeof ToolRowTyped>);
  if (problems !== null) return { line: null, problems };
  const nameless = (["vendor", "product", "surface"] as const).filter((column) => foldForSearch(value[column]) === "");
  if (nameless.length === 0) return { line: { record, key: nameKeyOf(value), typed: value }, problems: [] };
  const against = nameless.map((column) =>
    problem(record.row, column, cells[column] ?? "", "import.name_without_letters"),
  );
  return { line: null, problems: against };
}

/** A decision that a row asks for. */
export type ImportedDecision = {
  readonly status: Status;
  readonly basis: Extract<DecisionBasis, "import" | "deepseek_rule">;
  readonly conditions: readonly string[];
  readonly reviewOn: CalendarDate | null;
  readonly reason: string;
  /** Of those who could decide, nobody is left who doesn't want the tool themselves. */
  readonly alone: boolean;
};

type AskedDecision = Omit<ImportedDecision, "alone">;

/** What a row makes of the facts of a tool that a person typed. */
export type ImportedFacts = {
  readonly facts: ToolFacts;
  readonly modelFamily: string;
  readonly category: string;
  readonly hostnames: readonly string[];
};

export type ToolStep =
  | {
      readonly kind: "add";
      readonly key: string;
      readonly typed: ToolRowTyped & { readonly category: NonNullable<ToolRowTyped["category"]> };
      readonly deepseek: DeepseekRelation;
      readonly decision: ImportedDecision | null;
    }
  | {
      readonly kind: "change";
      readonly tool: ToolOnRecord;
      readonly decision: ImportedDecision | null;
      readonly changed: ImportedFacts | null;
    };

export type ToolPlanFacts = {
  /** The tools that the rows name, by name key. */
  readonly tools: ReadonlyMap<string, ToolOnRecord>;
  readonly memberId: string;
  readonly deciders: readonly string[];
  /** What the one who imports has asked for, or supports. */
  readonly ownRequests: readonly OwnRequest[];
  /** Names of model families, folded, as the catalogue keys them. */
  readonly families: ReadonlyMap<string, string>;
  readonly today: CalendarDate;
};

type Planned = PlannedLine<ToolStep>;

/** What each row would do to the register. */
export function planTools(read: SheetRead, { lines, problems }: ToolLines, facts: ToolPlanFacts): Plan<ToolStep> {
  const planned = lines.map((line) => {
    const tool = facts.tools.get(line.key);
    return tool === undefined ? planNew(line, read.columns, facts) : planKnown(line, tool, facts);
  });
  return planOf(read, problems, planned);
}

function planNew(line: ToolLine, columns: ReadonlySet<string>, facts: ToolPlanFacts): Planned {
  const { record, key, typed } = line;
  // A file that gives only one of the two reasons means both.
  const why = typed.why || (columns.has("why") ? "" : typed.reason);
  const { category } = typed;
  const length = [...why].length;
  const missing = [
    ...(length > WHY_LENGTH_MAX
      ? [problem(record.row, "reason", why, "input.too_long", { max: WHY_LENGTH_MAX, length })]
      : []),
    ...(category === null ? [problem(record.row, "category", record.cells.category ?? "", "import.not_a_choice")] : []),
    ...(why === "" ? [problem(record.row, "why", record.cells.why ?? "", "input.required")] : []),
  ];
  if (category === null || missing.length > 0) return { row: null, problems: missing };
  const described = { ...typed, category, why };
  const deepseek = deepseekRelationOf(described);
  const asked = newDecision(record, described, deepseek);
  const { decision, problems } = weighed(line, asked.decision, { ...NEW, deepseek }, facts);
  if (problems.length > 0) return { row: null, problems };
  const { notes } = asked;
  const changes: Change[] = [
    { column: "status", from: null, to: decision?.status ?? "needs_review" },
    { column: "category", from: null, to: category },
  ];
  const step: ToolStep = { kind: "add", key, typed: described, deepseek, decision };
  return { row: { row: record.row, names: namesOf(described), outcome: "added", changes, notes, step }, problems: [] };
}

const WHY_LENGTH_MAX = 320;
const NEW = { id: null, deepseekNarrowed: false, coverage: null };

function namesOf({ product, surface, vendor }: { product: string; surface: string; vendor: string }): string[] {
  return [`${product}, ${surface}`, vendor];
}

function newDecision(
  record: SheetRecord,
  { status, conditions, reviewOn, reason, why }: ToolRowTyped,
  deepseek: DeepseekRelation,
): { decision: AskedDecision | null; notes: Note[] } {
  if (deepseek !== "none") {
    const prohibited = { status: "prohibited", basis: "deepseek_rule", conditions: [], reviewOn: null } as const;
    return { decision: { ...prohibited, reason: reason || why }, notes: [note("import.note.deepseek")] };
  }
  if (status === null || status === "needs_review") return { decision: null, notes: undecidedNotes(record) };
  const decision = { status, basis: "import", reviewOn, reason: reason || why } as const;
  if (isApproval(status)) return { decision: { ...decision, conditions }, notes: [] };
  return { decision: { ...decision, conditions: [] }, notes: droppedConditions(record) };
}

// A tool that waits for a decision has no conditions, no reason and no review date yet.
function undecidedNotes({ cells }: SheetRecord): Note[] {
  const isSaid = cells.conditions !== undefined || cells.reviewOn !== undefined;
  return isSaid ? [note("import.note.not_decided")] : [];
}

function droppedConditions({ cells }: SheetRecord): Note[] {
  return cells.conditions === undefined ? [] : [note("import.note.conditions_of_approvals")];
}

function note(code: string): Note {
  return { code, params: {} };
}

type DecidedOn = {
  readonly id: string | null;
  readonly deepseek: DeepseekRelation;
  readonly deepseekNarrowed: boolean;
  readonly coverage: ToolOnRecord["coverage"];
};

/** The decision that a row asks for, and what stands against it: the rules for a decision on a tool's own page. */
function weighed(
  { record, typed }: ToolLine,
  decision: AskedDecision | null,
  { id, deepseek, deepseekNarrowed: narrowed, coverage }: DecidedOn,
  { today, memberId, deciders, ownRequests }: ToolPlanFacts,
): { decision: ImportedDecision | null; problems: readonly Problem[] } {
  if (decision === null) return { decision, problems: [] };
  // What follows from the rule was decided by nobody.
  if (decision.basis === "deepseek_rule") return { decision: { ...decision, alone: false }, problems: [] };
  const { vendor, product, surface } = typed;
  const { status, conditions, reviewOn } = decision;
  const against = tried(record, () =>
    assertMayDecide({ vendor, product, surface, deepseek, narrowed, status, conditions, reviewOn, coverage }, today),
  );
  const problems = [...(against.problems ?? [])];
  let isAlone = false;
  if (isApproval(status)) {
    const own = ownRequests.filter((request) => asksFor(request, { id, vendor, product, surface }));
    for (const request of own) {
      const alone = tried(record, () => answersAlone({ answererId: memberId, deciders, ...request }));
      isAlone ||= alone.value === true;
      const { status: value = "" } = record.cells;
      problems.push(...(alone.problems ?? []).map((refused) => ({ ...refused, column: "status", value })));
    }
  }
  if (decision.reason === "") problems.push(problem(record.row, "reason", "", "input.required"));
  return { decision: { ...decision, alone: isAlone }, problems };
}

function planKnown(line: ToolLine, tool: ToolOnRecord, facts: ToolPlanFacts): Planned {
  const { record } = line;
  const described = factsAgainst(line, tool, facts.families);
  const asked = knownDecision(line, tool);
  const { decision, problems: refused } = weighed(line, asked.decision, tool, facts);
  const problems = [...described.problems, ...refused];
  if (problems.length > 0) return { row: null, problems };
  const { notes } = asked;
  const changes = [...described.changes, ...(decision === null ? [] : decisionChanges(tool, decision))];
  const said = { row: record.row, names: namesOf(tool), changes, notes };
  if (changes.length === 0) return { row: { ...said, outcome: "unchanged", step: null }, problems: [] };
  const step: ToolStep = { kind: "change", tool, decision, changed: described.changed };
  return { row: { ...said, outcome: "changed", step }, problems: [] };
}

/** Whether the row asks for another decision than the one in force, and which. */
function knownDecision(
  { record, typed }: ToolLine,
  tool: ToolOnRecord,
): { decision: AskedDecision | null; notes: Note[] } {
  const status = typed.status ?? tool.status;
  const isSameStatus = status === tool.status;
  if (isHeldByRule(tool, status)) return { decision: null, notes: isSameStatus ? [] : [note("import.note.deepseek")] };
  if (tool.decision === null && status === "needs_review") return { decision: null, notes: undecidedNotes(record) };
  const kept = isSameStatus ? tool : { conditions: [], reviewOn: null };
  const conditions = typed.conditions.length > 0 && isApproval(status) ? typed.conditions : kept.conditions;
  const reviewOn = typed.reviewOn ?? kept.reviewOn;
  const isSame =
    isSameStatus &&
    reviewOn === tool.reviewOn &&
    sameList(conditions, tool.conditions) &&
    !isOtherReason(typed.reason, tool);
  const notes = isApproval(status) ? [] : droppedConditions(record);
  if (isSame) return { decision: null, notes };
  const reason = typed.reason || typed.why || (isSameStatus ? (tool.decision?.reason ?? "") : "");
  return { decision: { status, basis: "import", conditions, reviewOn, reason }, notes };
}

// The rule decides on DeepSeek's own, and on its weights elsewhere unless they were taken out, but for retiring those.
function isHeldByRule({ deepseek, deepseekNarrowed }: ToolOnRecord, status: Status): boolean {
  return deepseek === "own" || (deepseek === "hosted" && !deepseekNarrowed && status !== "retired");
}

// Our own file repeats the reason in force; one that repeats what is known of the tool says nothing new either.
function isOtherReason(reason: string, { decision, facts }: ToolOnRecord): boolean {
  return decision !== null && reason !== "" && ![decision.reason, facts.why.en, facts.why.es].includes(reason);
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function decisionChanges(tool: ToolOnRecord, decision: ImportedDecision): Change[] {
  const said = (reviewOn: CalendarDate | null, conditions: readonly string[]) => ({
    conditions: conditions.join("\n"),
    reviewOn: reviewOn ?? "",
  });
  const [before, after] = [said(tool.reviewOn, tool.conditions), said(decision.reviewOn, decision.conditions)];
  const all: Change[] = [
    { column: "status", from: tool.status, to: decision.status },
    { column: "conditions", from: before.conditions, to: after.conditions },
    { column: "reviewOn", from: before.reviewOn, to: after.reviewOn },
    { column: "reason", from: tool.decision?.reason ?? "", to: decision.reason },
  ];
  return all.filter(({ from, to }) => from !== to);
}

/** What the row says otherwise than what is known of the tool, and whether a file may change it. */
function factsAgainst(
  { record, typed }: ToolLine,
  tool: ToolOnRecord,
  families: ReadonlyMap<string, string>,
): { changes: Change[]; changed: ImportedFacts | null; problems: readonly Problem[] } {
  const known = tool.hostnames.map(({ name }) => name);
  const { en, es } = tool.facts.why;
  const otherWhy = typed.why !== "" && typed.why !== en && typed.why !== es;
  const changes: Change[] = [];
  const change = (column: string, isOther: boolean, from: string, to: string) => {
    if (isOther) changes.push({ column, from, to });
  };
  const otherHostnames = typed.hostnames.length > 0 && !sameSet(typed.hostnames, known);
  const { jurisdiction } = tool.facts;
  const familyOf = (name: string) => families.get(foldForSearch(name)) ?? foldForSearch(name);
  const otherFamily = typed.modelFamily !== "" && familyOf(typed.modelFamily) !== familyOf(tool.modelFamily);
  change("modelFamily", otherFamily, tool.modelFamily, typed.modelFamily);
  change("category", (typed.category ?? tool.category) !== tool.category, tool.category, typed.category ?? "");
  change("hostnames", otherHostnames, known.join("\n"), typed.hostnames.join("\n"));
  change("jurisdiction", isOther(typed.jurisdiction, jurisdiction), jurisdiction, typed.jurisdiction);
  change("why", otherWhy, en, typed.why);
  if (changes.length === 0) return { changes, changed: null, problems: [] };
  if (tool.catalogueKey !== null) {
    const problems = changes.map(({ column, from }) =>
      problem(record.row, column, record.cells[column] ?? "", "import.from_catalogue", { is: from ?? "" }),
    );
    return { changes, changed: null, problems };
  }
  const changed: ImportedFacts = {
    facts: {
      ...tool.facts,
      jurisdiction: typed.jurisdiction || jurisdiction,
      why: otherWhy ? { en: typed.why, es: typed.why } : tool.facts.why,
    },
    modelFamily: otherFamily ? typed.modelFamily : tool.modelFamily,
    category: typed.category ?? tool.category,
    hostnames: otherHostnames ? typed.hostnames : known,
  };
  const problems = becomesDeepseek(tool, changed)
    ? changes
        .filter(({ column }) => column !== "jurisdiction" && column !== "category")
        .map(({ column }) => problem(record.row, column, record.cells[column] ?? "", "import.becomes_deepseek"))
    : [];
  return { changes, changed, problems };
}

function isOther(typed: string, known: string): boolean {
  return typed !== "" && typed !== known;
}

// A tool that is none of DeepSeek's can't be made one by a file: whether it is stands with the tool for ever.
function becomesDeepseek(tool: ToolOnRecord, { hostnames, modelFamily, facts }: ImportedFacts): boolean {
  const relation = deepseekRelationOf({ ...tool, hostnames, modelFamily, why: facts.why.en });
  return relation !== "none" && relation !== tool.deepseek && tool.deepseek !== "own";
}

/** How many rows do what. */
export function countOutcomes(rows: ReadonlyArray<Pick<PlannedRow<unknown>, "outcome">>) {
  const counts = { added: 0, changed: 0, unchanged: 0 };
  for (const { outcome } of rows) counts[outcome] += 1;
  return counts;
}
