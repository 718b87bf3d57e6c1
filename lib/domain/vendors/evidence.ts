import "server-only";
import { type PackMoment, type PackPaper, type PackTable, packTable, seqOfState } from "#lib/domain/clinic/evidence.ts";
import { packPathOf } from "#lib/domain/files/rules.ts";
import type { MediaType } from "#lib/domain/files/schema.ts";
import { BaaCheckAnswers } from "#lib/domain/vendors/baas/schema.ts";
import { baaOnDay, isHopCovered } from "#lib/domain/vendors/rules.ts";
import type { CoverageKind, HopFacts } from "#lib/domain/vendors/schema.ts";
import { baaFacts, findBaaRows, terminationAt } from "#lib/domain/vendors/store.ts";
import { listBaaTerms } from "#lib/domain/vendors/terms/store.ts";
import { KeptAnswers } from "#lib/domain/vendors/worksheet/schema.ts";
import { type CalendarDate, fromDatabaseDate } from "#lib/kernel/dates.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import type { Cell } from "#lib/proof/tables.ts";

const VENDOR_COLUMNS = [
  ...["id", "name", "business_associate", "business_associate_reason", "described_by", "described_at", "jurisdiction"],
  ...["website", "contact_name", "contact_email", "notes", "added_at", "added_by", "tools", "baas_in_force"],
  ...["recorded_later", "event_seq", "described_event_seq"],
];

/** Every vendor of the register with what the clinic had found out about it by the moment, whether a business associate or not. */
export async function vendorsTable(tx: ClinicTx, moment: PackMoment): Promise<PackTable> {
  const rows = await tx.vendor.findMany({
    where: { addedAt: { lte: moment.asOf } },
    include: {
      descriptions: { where: { describedAt: { lte: moment.asOf } }, orderBy: { number: "desc" } },
      tools: { where: { addedAt: { lte: moment.asOf } }, select: { id: true, product: true, surface: true } },
    },
    orderBy: [{ nameKey: "asc" }, { id: "asc" }],
  });
  const baas = await findBaaRows(tx, { vendorIds: rows.map(({ id }) => id) }, moment.asOf);
  const baasOf = Map.groupBy(baas, ({ vendorId }) => vendorId);
  const shown = rows.flatMap((row) => {
    // Vendors of tools that were there before the vendor list have no entry of their own: the first tool's stands for it.
    const seq = moment.seqOf(row.id) ?? row.tools.map(({ id }) => moment.seqOf(id)).find((known) => known !== null);
    return seq === undefined || seq === null ? [] : [{ row, seq }];
  });
  const cells = shown.map(({ row, seq }): Cell[] => {
    const tools = row.tools.filter(({ id }) => moment.seqOf(id) !== null);
    const described = row.descriptions.find((description) => descriptionSeq(moment, description) !== null);
    const inForce = (baasOf.get(row.id) ?? []).filter(
      (baa) => baaOnDay(baaFacts(knownOf(baa, moment), moment.asOf), moment.asOfDate)?.state === "in_force",
    );
    return [
      ...[row.id, row.name, described?.businessAssociate ?? "unknown", described?.businessAssociateReason ?? ""],
      ...[
        described === undefined ? null : moment.nameOf(described.describedBy),
        described?.describedAt.toISOString() ?? null,
      ],
      ...[described?.jurisdiction ?? "", described?.website ?? "", described?.contactName ?? ""],
      ...[described?.contactEmail ?? "", described?.notes ?? "", row.addedAt.toISOString(), moment.nameOf(row.addedBy)],
      ...[tools.map(({ product, surface }) => `${product}, ${surface}`).join("\n"), inForce.length],
      ...[row.recordedAt > moment.asOf, seq, described === undefined ? null : descriptionSeq(moment, described)],
    ];
  });
  return packTable(VENDOR_COLUMNS, cells);
}

function descriptionSeq(
  moment: PackMoment,
  { vendorId, number }: { readonly vendorId: string; readonly number: number },
): number | null {
  return seqOfState(moment, { id: vendorId, number }, "vendor.described");
}

type KnownBaa = {
  readonly versions: ReadonlyArray<{ readonly id: string }>;
  readonly terminations: ReadonlyArray<{ readonly id: string; readonly withdrawnAt: Date | null }>;
};

/** A BAA without what the ledger, at its size, did not know of it. */
function knownOf<Baa extends KnownBaa>(baa: Baa, { seqOf }: PackMoment): Baa {
  return {
    ...baa,
    versions: baa.versions.filter(({ id }) => seqOf(id) !== null),
    terminations: baa.terminations
      .filter(({ id }) => seqOf(id) !== null)
      .map((one) => (seqOf(one.id, "baa.termination_withdrawn") === null ? { ...one, withdrawnAt: null } : one)),
  };
}

const BAA_COLUMNS = [
  ...["baa_id", "version_id", "vendor", "reference", "number", "kind", "corrects", "state", "governs", "our_party"],
  ...["their_party", "agreed_on", "effective_on", "expires_on", "terminated_after", "notice_days", "signature"],
  ...[
    "services",
    "surfaces",
    "note",
    "papers",
    "papers_sha256",
    "entered_at",
    "entered_by",
    "recorded_later",
    "event_seq",
    "terminated_event_seq",
    "papers_event_seq",
  ],
];

/** Every version of every BAA entered by the moment, what the agreement was on that day, and its papers byte for byte. */
export async function baasTable(tx: ClinicTx, moment: PackMoment): Promise<PackTable & { files: PackPaper[] }> {
  const rows = await tx.baaVersion.findMany({
    where: { enteredAt: { lte: moment.asOf } },
    orderBy: [{ baa: { vendor: { nameKey: "asc" } } }, { baaId: "asc" }, { number: "asc" }],
  });
  // Table by table, as findBaaRows reads: included in the question, so many rows would be too many parameters.
  const baas = await findBaaRows(tx, { ids: rows.map(({ baaId }) => baaId) }, moment.asOf);
  const baaOf = new Map(baas.map((baa) => [baa.id, baa]));
  const vendorOf = await vendorNames(tx);
  const tools = await tx.tool.findMany({ select: { id: true, product: true, surface: true } });
  const toolOf = new Map(tools.map(({ id, product, surface }) => [id, `${product}, ${surface}`]));
  const documents = await tx.baaDocument.findMany({
    where: { attachedAt: { lte: moment.asOf } },
    include: { file: { select: PAPER } },
    orderBy: { attachedAt: "asc" },
  });
  const documentsOf = Map.groupBy(documents, ({ baaVersionId }) => baaVersionId);
  const shown = rows.flatMap((row) => {
    const seq = moment.seqOf(row.id);
    const baa = baaOf.get(row.baaId);
    return seq === null || baa === undefined ? [] : [{ row, known: knownOf(baa, moment), seq }];
  });
  const files = new Map<string, PackPaper>();
  const cells = shown.map(({ row, known, seq }): Cell[] => {
    const facts = baaFacts(known, moment.asOf);
    const onDay = baaOnDay(facts, moment.asOfDate);
    const termination = terminationAt(known.terminations, moment.asOf);
    const surfaces = facts.versions.find(({ id }) => id === row.id)?.surfaces ?? [];
    const papers = (documentsOf.get(row.id) ?? []).flatMap(({ file }) => {
      const attached = moment.seqOf(file.id, "baa.document_attached");
      return attached === null ? [] : [{ path: kept(files, file), sha256: file.sha256, attached }];
    });
    return [
      ...[row.baaId, row.id, vendorOf.get(row.vendorId) ?? "", facts.reference, row.number, row.kind, row.corrects],
      ...[
        onDay?.state ?? null,
        onDay?.version.id === row.id,
        row.ourParty,
        row.theirParty,
        fromDatabaseDate(row.agreedOn),
      ],
      ...[
        fromDatabaseDate(row.effectiveOn),
        optional(row.expiresOn),
        facts.terminatedAfter,
        row.noticeDays,
        row.signature,
      ],
      ...[row.services.join("\n"), surfaces.map((toolId) => toolOf.get(toolId) ?? "").join("\n"), row.note],
      ...[papers.map(({ path }) => path).join("\n"), papers.map(({ sha256 }) => sha256).join("\n")],
      ...[row.enteredAt.toISOString(), moment.nameOf(row.enteredBy), row.recordedAt > moment.asOf, seq],
      ...[termination === undefined ? null : moment.seqOf(termination.id)],
      ...[papers.map(({ attached }) => attached).join("\n")],
    ];
  });
  return { ...packTable(BAA_COLUMNS, cells), files: [...files.values()] };
}

const TERM_COLUMNS = [
  ...["baa_id", "version_id", "vendor", "reference", "version", "check", "term", "group", "force", "citation", "text"],
  ...["answer", "clause", "note", "checked_by", "checked_at", "recorded_later", "event_seq"],
];

/** The newest check of each version by the moment, term by term: which clause meets which duty. */
export async function baaTermsTable(tx: ClinicTx, moment: PackMoment): Promise<PackTable> {
  const rows = await tx.baaCheck.findMany({
    where: { checkedAt: { lte: moment.asOf } },
    include: { baaVersion: { include: { baa: { include: { vendor: { select: { name: true } } } } } } },
    orderBy: [{ baaVersionId: "asc" }, { number: "desc" }],
  });
  const shown = rows.flatMap((row) => {
    const seq = moment.seqOf(row.id);
    return seq === null ? [] : [{ row, seq }];
  });
  const newest = shown.filter(({ row }, index) => shown[index - 1]?.row.baaVersionId !== row.baaVersionId);
  const terms = new Map(listBaaTerms().map((term) => [term.key, term]));
  const cells = newest.flatMap(({ row, seq }) =>
    BaaCheckAnswers.parse(row.answers).answers.map(({ term: key, answer, clause, note }): Cell[] => {
      const term = terms.get(key);
      const { baa, number } = row.baaVersion;
      const citation = term === undefined || term.force !== "required" ? "" : term.citations.join("; ");
      return [
        ...[baa.id, row.baaVersionId, baa.vendor.name, baa.reference, number, row.number, key, term?.group ?? ""],
        ...[term?.force ?? "", citation, term?.text.en ?? "", answer, clause, note, moment.nameOf(row.checkedBy)],
        ...[row.checkedAt.toISOString(), row.recordedAt > moment.asOf, seq],
      ];
    }),
  );
  return packTable(TERM_COLUMNS, cells);
}

const PATH_COLUMNS = [
  ...["path_id", "tool_id", "vendor", "product", "surface", "number", "newest", "stated_in", "stated_on", "position"],
  ...["processor", "role", "place", "coverage", "covered", "baa", "shown_on", "shown_until", "evidence", "file"],
  ...["entered_by", "entered_at", "recorded_later", "event_seq"],
];

/** Every inference path entered by the moment, hop by hop, and whether something covered each hop on that day. */
export async function pathsTable(tx: ClinicTx, moment: PackMoment): Promise<PackTable & { files: PackPaper[] }> {
  const rows = await tx.inferencePath.findMany({
    where: { enteredAt: { lte: moment.asOf } },
    include: {
      tool: { select: { vendor: true, product: true, surface: true } },
      file: { select: PAPER },
      hops: { orderBy: { position: "asc" }, include: { file: { select: PAPER } } },
    },
    orderBy: [{ toolId: "asc" }, { number: "desc" }],
  });
  const named = rows.flatMap(({ hops }) => hops.flatMap(({ baaId }) => baaId ?? []));
  const baaOf = new Map((await findBaaRows(tx, { ids: named })).map((baa) => [baa.id, baa]));
  const vendorOf = await vendorNames(tx);
  const shown = rows.flatMap((row) => {
    const seq = moment.seqOf(row.id);
    return seq === null ? [] : [{ row, seq }];
  });
  const files = new Map<string, PackPaper>();
  const keep = (file: Kept | null) => (file === null ? "" : kept(files, file));
  const cells = shown.flatMap(({ row, seq }, index) => {
    const isNewest = shown[index - 1]?.row.toolId !== row.toolId;
    const stated = keep(row.file);
    return row.hops.map((hop): Cell[] => {
      const covering = hop.baaId === null ? undefined : baaOf.get(hop.baaId);
      const facts: HopFacts = {
        processor: hop.processor,
        coverage: hop.coverage as CoverageKind,
        baa: covering === undefined ? null : baaFacts(knownOf(covering, moment), moment.asOf),
        shownOn: optional(hop.shownOn),
        shownUntil: optional(hop.shownUntil),
      };
      const baa = covering === undefined ? "" : `${vendorOf.get(covering.vendorId) ?? ""}: ${covering.reference}`;
      return [
        ...[
          row.id,
          row.toolId,
          row.tool.vendor,
          row.tool.product,
          row.tool.surface,
          row.number,
          isNewest,
          row.statedIn,
        ],
        ...[optional(row.statedOn), hop.position, hop.processor, hop.role, hop.place, hop.coverage],
        ...[isHopCovered(facts, moment.asOfDate), baa, facts.shownOn, facts.shownUntil, hop.evidence],
        ...[[stated, keep(hop.file)].filter((path) => path !== "").join("\n"), moment.nameOf(row.enteredBy)],
        ...[row.enteredAt.toISOString(), row.recordedAt > moment.asOf, seq],
      ];
    });
  });
  return { ...packTable(PATH_COLUMNS, cells), files: [...files.values()] };
}

const WORKSHEET_COLUMNS = [
  ...[
    "worksheet_id",
    "tool_id",
    "vendor",
    "product",
    "surface",
    "number",
    "question",
    "text",
    "answer",
    "note",
    "files",
  ],
  ...["conclusion", "reverify_on", "completed_by", "completed_at", "recorded_later", "event_seq"],
  ...["completed_event_seq", "files_event_seq"],
];

/** The vendor worksheets completed by the moment, question by question, with the files that prove the answers. */
export async function dueDiligenceTable(tx: ClinicTx, moment: PackMoment): Promise<PackTable & { files: PackPaper[] }> {
  const rows = await tx.dueDiligence.findMany({
    where: { status: "complete", completedAt: { lte: moment.asOf } },
    include: {
      tool: { select: { vendor: true, product: true, surface: true } },
      documents: { include: { file: { select: PAPER } }, orderBy: { attachedAt: "asc" } },
    },
    orderBy: [{ completedAt: "asc" }, { id: "asc" }],
  });
  const shown = rows.flatMap((row) => {
    const [seq, completed] = [moment.seqOf(row.id), moment.seqOf(row.id, "due_diligence.completed")];
    return seq === null || completed === null ? [] : [{ row, seq, completed }];
  });
  const files = new Map<string, PackPaper>();
  const cells = shown.flatMap(({ row, seq, completed }) =>
    KeptAnswers.parse(row.answers).asked.map(({ question, text, answer, note }): Cell[] => {
      // Files stay with a draft and none comes after its end, so all are known where the end is.
      const papers = row.documents.filter((document) => document.question === question).map(({ file }) => file);
      const attached = papers.map(({ id }) => moment.seqOf(id, "due_diligence.document_attached"));
      return [
        ...[row.id, row.toolId, row.tool.vendor, row.tool.product, row.tool.surface, row.number, question, text],
        ...[answer, note, papers.map((file) => kept(files, file)).join("\n"), row.conclusion, optional(row.reverifyOn)],
        ...[row.completedBy === null ? null : moment.nameOf(row.completedBy), row.completedAt?.toISOString() ?? null],
        ...[row.recordedAt > moment.asOf, seq, completed, attached.join("\n")],
      ];
    }),
  );
  return { ...packTable(WORKSHEET_COLUMNS, cells), files: [...files.values()] };
}

/** What a table says of a kept paper, without its bytes. */
const PAPER = { id: true, sha256: true, mediaType: true, sizeBytes: true } as const;

type Kept = {
  readonly id: string;
  readonly sha256: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
};

function kept(files: Map<string, PackPaper>, { id, sha256, mediaType, sizeBytes }: Kept): string {
  const path = packPathOf({ sha256, mediaType: mediaType as MediaType });
  files.set(path, { path, fileId: id, sha256, sizeBytes });
  return path;
}

async function vendorNames(tx: ClinicTx): Promise<ReadonlyMap<string, string>> {
  const vendors = await tx.vendor.findMany({ select: { id: true, name: true } });
  return new Map(vendors.map(({ id, name }) => [id, name]));
}

function optional(date: Date | null): CalendarDate | null {
  return date === null ? null : fromDatabaseDate(date);
}
