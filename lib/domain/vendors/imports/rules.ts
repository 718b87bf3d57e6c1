import type { z } from "zod";
import {
  type Change,
  cellLines,
  type Plan,
  type PlannedLine,
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
import { assertBaaDates, assertMayTerminate } from "#lib/domain/vendors/baas/rules.ts";
import {
  type AgreementOnRecord,
  BaaAgreed,
  BaaEnded,
  EVERGREEN,
  NOTHING_KNOWN,
  VendorDescribed,
  type VendorFacts,
  VendorName,
  type VendorOnRecord,
} from "#lib/domain/vendors/imports/schema.ts";
import type { Signature } from "#lib/domain/vendors/schema.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

/** A row that names a vendor; two that read the same are one. */
export type VendorLine = { readonly record: SheetRecord; readonly key: string; readonly name: string };

export type VendorStep =
  | { readonly kind: "add"; readonly name: string; readonly key: string; readonly facts: VendorFacts }
  | { readonly kind: "change"; readonly vendor: VendorOnRecord; readonly facts: VendorFacts };

export function vendorLines(read: SheetRead): { lines: readonly VendorLine[]; problems: readonly Problem[] } {
  const named = read.records.map((record) => {
    const { value, problems } = parsed(VendorName, record, { name: record.cells.vendor ?? "" }, { name: "vendor" });
    if (problems !== null) return { problems };
    const key = foldForSearch(value.name);
    if (key === "") return { problems: [nameless(record, "vendor")] };
    return { line: { record, key, name: value.name }, problems: [] };
  });
  const lines = named.flatMap(({ line }) => line ?? []);
  const unique = withoutRepeats(lines, "vendor");
  return { lines: unique.lines, problems: [...named.flatMap(({ problems }) => problems), ...unique.problems] };
}

/** A name of signs alone could not be told from another. */
export function nameless(record: SheetRecord, column: string): Problem {
  return problem(record.row, column, record.cells[column] ?? "", "import.name_without_letters");
}

const FIELD_OF_COLUMN = {
  businessAssociate: "businessAssociate",
  reason: "businessAssociateReason",
  jurisdiction: "jurisdiction",
  website: "website",
  contactName: "contactName",
  contactEmail: "contactEmail",
  notes: "notes",
} as const satisfies Record<string, keyof VendorFacts>;
const VENDOR_FIELDS = Object.entries(FIELD_OF_COLUMN) as Array<[keyof typeof FIELD_OF_COLUMN, keyof VendorFacts]>;
const COLUMN_OF_FIELD = Object.fromEntries(VENDOR_FIELDS.map(([column, field]) => [field, column]));

/** What each row would do to the list of vendors. `onRecord`: the vendors that the rows name, by key. */
export function planVendors(
  read: SheetRead,
  { lines, problems }: ReturnType<typeof vendorLines>,
  onRecord: ReadonlyMap<string, VendorOnRecord>,
): Plan<VendorStep> {
  const planned = lines.map((line) => planVendor(line, onRecord.get(line.key) ?? null));
  return planOf(read, problems, planned);
}

const NOBODY = "00000000-0000-0000-0000-000000000000";

function planVendor({ record, key, name }: VendorLine, vendor: VendorOnRecord | null): PlannedLine<VendorStep> {
  const known: VendorFacts = vendor ?? NOTHING_KNOWN;
  const typed = Object.fromEntries(
    VENDOR_FIELDS.map(([column, field]) => [field, record.cells[column] ?? known[field]]),
  );
  const raw = { ...known, ...typed, vendorId: vendor?.id ?? NOBODY, version: 1 };
  const { value, problems } = parsed(VendorDescribed, record, raw as z.input<typeof VendorDescribed>, COLUMN_OF_FIELD);
  if (problems !== null) return { row: null, problems };
  const facts = factsOver(known, value);
  const changes = VENDOR_FIELDS.filter(([, field]) => facts[field] !== known[field]).map(
    ([column, field]): Change => ({ column, from: vendor === null ? null : known[field], to: facts[field] }),
  );
  const said = { row: record.row, names: [vendor?.name ?? name], changes, notes: [] };
  if (vendor === null)
    return { row: { ...said, outcome: "added", step: { kind: "add", name, key, facts } }, problems: [] };
  if (changes.length === 0) return { row: { ...said, outcome: "unchanged", step: null }, problems: [] };
  return { row: { ...said, outcome: "changed", step: { kind: "change", vendor, facts } }, problems: [] };
}

// What is empty once it is cleaned leaves what is known, as an empty cell does.
function factsOver(known: VendorFacts, typed: VendorFacts): VendorFacts {
  const filled = VENDOR_FIELDS.map(([, field]) => [field, typed[field] === "" ? known[field] : typed[field]]);
  return { ...NOTHING_KNOWN, ...Object.fromEntries(filled) };
}

export type BaaLine = {
  readonly record: SheetRecord;
  /** Of vendor and reference: the same agreement. */
  readonly key: string;
  readonly vendorKey: string;
  readonly referenceKey: string;
};

/** A vendor with what an import of BAAs needs of it. */
export type BaaVendor = {
  readonly id: string;
  readonly name: string;
  readonly tools: ReadonlyArray<{ readonly id: string; readonly product: string; readonly surface: string }>;
  /** By the key of the reference. */
  readonly baas: ReadonlyMap<string, BaaOnRecord>;
};

export type BaaOnRecord = {
  readonly reference: string;
  readonly endedOn: CalendarDate | null;
  readonly endedReason: string;
  /** The versions that no other corrects. */
  readonly versions: readonly AgreementOnRecord[];
};

export type BaaStep = {
  readonly vendorId: string;
  readonly reference: string;
  readonly agreement: AgreementOnRecord & { readonly signature: Signature };
  readonly ended: { readonly lastDay: CalendarDate; readonly reason: string } | null;
};

export function baaLines(read: SheetRead): { lines: readonly BaaLine[]; problems: readonly Problem[] } {
  const named = read.records.map((record) => {
    const vendorKey = foldForSearch(record.cells.vendor ?? "");
    const referenceKey = foldForSearch(record.cells.reference ?? "");
    const wrong = [vendorKey === "" && "vendor", referenceKey === "" && "reference"].filter(
      (column) => column !== false,
    );
    if (wrong.length > 0) return { problems: wrong.map((column) => namelessOrEmpty(record, column)) };
    return { line: { record, vendorKey, referenceKey, key: `${vendorKey} · ${referenceKey}` }, problems: [] };
  });
  const unique = withoutRepeats(
    named.flatMap(({ line }) => line ?? []),
    "reference",
  );
  return { lines: unique.lines, problems: [...named.flatMap(({ problems }) => problems), ...unique.problems] };
}

function namelessOrEmpty(record: SheetRecord, column: string): Problem {
  return record.cells[column] === undefined
    ? problem(record.row, column, "", "input.required")
    : nameless(record, column);
}

/** What each row would do to the BAAs on record: an import records new ones, and changes none. */
export function planBaas(
  read: SheetRead,
  { lines, problems }: ReturnType<typeof baaLines>,
  { vendors, today }: { readonly vendors: ReadonlyMap<string, BaaVendor>; readonly today: CalendarDate },
): Plan<BaaStep> {
  const planned = lines.map((line) => {
    const vendor = vendors.get(line.vendorKey);
    if (vendor === undefined) {
      const { record } = line;
      return {
        row: null,
        problems: [problem(record.row, "vendor", record.cells.vendor ?? "", "import.vendor_unknown")],
      };
    }
    return planBaa(line, vendor, today);
  });
  return planOf(read, problems, planned);
}

function planBaa({ record, referenceKey }: BaaLine, vendor: BaaVendor, today: CalendarDate): PlannedLine<BaaStep> {
  const { cells } = record;
  const surfaces = surfacesOf(record, vendor);
  const isEvergreen = cells.expiresOn === EVERGREEN;
  const agreed = parsed(BaaAgreed, record, {
    ...{ vendorId: vendor.id, reference: cells.reference ?? "", ourParty: cells.ourParty ?? "" },
    ...{ theirParty: cells.theirParty ?? "", agreedOn: date(cells.agreedOn), effectiveOn: date(cells.effectiveOn) },
    ends: isEvergreen ? "never" : "on",
    expiresOn: isEvergreen ? "" : date(cells.expiresOn),
    noticeDays: wholeNumber(cells.noticeDays),
    services: cellLines(cells.services),
    surfaces: surfaces.ids,
    signature: cells.signature as Signature,
    note: cells.note ?? "",
  });
  const ended = endedOf(record);
  const wrong = [...(agreed.problems ?? []).map(withEvergreen), ...surfaces.problems, ...ended.problems];
  if (agreed.value === null || wrong.length > 0) return { row: null, problems: wrong };
  const { reference, vendorId: _vendorId, file: _file, ...agreement } = agreed.value;
  const names = [reference, vendor.name];
  const known = vendor.baas.get(referenceKey);
  if (known !== undefined) {
    const different = differences(record, { agreement, endedOn: ended.value?.lastDay ?? null }, known, vendor);
    if (different.length > 0) return { row: null, problems: different };
    return { row: { row: record.row, names, outcome: "unchanged", changes: [], notes: [], step: null }, problems: [] };
  }
  const against = assertedOf(record, reference, agreement, ended.value, today);
  if (against.length > 0) return { row: null, problems: against };
  const step: BaaStep = { vendorId: vendor.id, reference, agreement, ended: ended.value };
  const changes: Change[] = [
    { column: "effectiveOn", from: null, to: agreement.effectiveOn },
    { column: "expiresOn", from: null, to: agreement.expiresOn ?? EVERGREEN },
    { column: "signature", from: null, to: agreement.signature },
  ];
  return { row: { row: record.row, names, outcome: "added", changes, notes: [], step }, problems: [] };
}

function date(cell: string | undefined): string {
  return (cell ?? "").trim();
}

// A number reader takes more than people write: "1e2", "0x10".
function wholeNumber(cell: string | undefined): string | null {
  if (cell === undefined) return null;
  return /^\d{1,6}$/.test(cell.trim()) ? cell.trim() : "not a number";
}

function withEvergreen(found: Problem): Problem {
  return found.column === "expiresOn" && found.code === "input.date_not_understood"
    ? { ...found, code: "import.expires_on" }
    : found;
}

/** "ChatGPT, Enterprise; ChatGPT, Team": the vendor's tools by product and surface, one a line or parted by semicolons. */
function surfacesOf(record: SheetRecord, vendor: BaaVendor): { ids: string[]; problems: Problem[] } {
  const byName = Map.groupBy(vendor.tools, ({ product, surface }) => foldForSearch(`${product} ${surface}`));
  const found = (text: string) => byName.get(foldForSearch(text)) ?? [];
  // A name may have a semicolon of its own.
  const texts = cellLines(record.cells.surfaces).flatMap((line) =>
    found(line).length > 0 ? [line] : line.split(";").filter((part) => part.trim() !== ""),
  );
  const matched = texts.map((text) => ({ text: text.trim(), tools: found(text) }));
  const problems = matched.flatMap(({ text, tools }) => {
    if (tools.length === 1) return [];
    const code = tools.length === 0 ? "import.surface_unknown" : "import.surface_ambiguous";
    const [known] = vendor.tools.map(({ product, surface }) => `${product}, ${surface}`);
    const params = { vendor: vendor.name, any: known === undefined ? "no" : "yes", known: known ?? "" };
    return [problem(record.row, "surfaces", text, code, params)];
  });
  return { ids: [...new Set(matched.flatMap(({ tools }) => tools.map(({ id }) => id)))], problems };
}

function endedOf(record: SheetRecord): { value: BaaStep["ended"]; problems: readonly Problem[] } {
  const { endedOn, endedReason } = record.cells;
  if (endedOn === undefined) {
    const problems = endedReason === undefined ? [] : [problem(record.row, "endedOn", "", "input.required")];
    return { value: null, problems };
  }
  const ended = parsed(BaaEnded, record, { lastDay: date(endedOn), reason: endedReason ?? "" }, ENDED_COLUMNS);
  return ended.problems === null ? { value: ended.value, problems: [] } : ended;
}

const ENDED_COLUMNS = { lastDay: "endedOn", reason: "endedReason" };

function assertedOf(
  record: SheetRecord,
  reference: string,
  agreement: AgreementOnRecord & { readonly signature: Signature },
  ended: BaaStep["ended"],
  today: CalendarDate,
): readonly Problem[] {
  const dates = tried(record, () => assertBaaDates(agreement, today));
  if (dates.problems !== null || ended === null) return dates.problems ?? [];
  const version = { ...agreement, id: "", number: 1, corrects: null };
  const facts = { id: "", reference, terminatedAfter: null, versions: [version] };
  return tried(record, () => assertMayTerminate(facts, ended.lastDay, today), ENDED_COLUMNS).problems ?? [];
}

/** Where the row says something else than the version on record that it comes nearest to. */
function differences(
  record: SheetRecord,
  { agreement, endedOn }: { readonly agreement: AgreementOnRecord; readonly endedOn: CalendarDate | null },
  known: BaaOnRecord,
  vendor: BaaVendor,
): Problem[] {
  const said = agreementText(agreement, vendor);
  const ofVersions = known.versions.map((version) => {
    const recorded = agreementText(version, vendor);
    const columns = Object.keys(said).filter((column) => record.cells[column] !== undefined);
    return columns.flatMap((column) => {
      const is = recorded[column] ?? "";
      return isSame(column, said[column] ?? "", is) ? [] : [{ column, is }];
    });
  });
  const [nearest = []] = ofVersions.sort((a, b) => a.length - b.length);
  const ending = endedOn !== null && endedOn !== known.endedOn ? [{ column: "endedOn", is: known.endedOn ?? "" }] : [];
  return [...nearest, ...ending].map(({ column, is }) => {
    const given = is === "" ? "no" : "yes";
    return problem(record.row, column, record.cells[column] ?? "", "import.baa_on_record", { is, given });
  });
}

// Lists say the same in any order.
function isSame(column: string, a: string, b: string): boolean {
  return column === "services" || column === "surfaces" ? sameSet(cellLines(a), cellLines(b)) : a === b;
}

/** What an agreement says, by column, as a file of ours writes it. */
export function agreementText(
  agreement: AgreementOnRecord,
  { tools }: Pick<BaaVendor, "tools">,
): Record<string, string> {
  const { ourParty, theirParty, agreedOn, effectiveOn, expiresOn, noticeDays, services, signature, note } = agreement;
  const named = tools.filter(({ id }) => agreement.surfaces.includes(id));
  return {
    ...{ ourParty, theirParty, agreedOn, effectiveOn, signature, note },
    expiresOn: expiresOn ?? EVERGREEN,
    noticeDays: noticeDays === null ? "" : String(noticeDays),
    services: services.join("\n"),
    surfaces: named.map(({ product, surface }) => `${product}, ${surface}`).join("\n"),
  };
}
