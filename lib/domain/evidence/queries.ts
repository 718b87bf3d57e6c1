import "server-only";
import { z } from "zod";
import { SETTINGS_MIN, signInSettingsTable } from "#lib/domain/clinic/access/evidence.ts";
import { accessReviewTables } from "#lib/domain/clinic/access-reviews/evidence.ts";
import {
  emergencyPeopleTable,
  emergencyRulesTable,
  emergencyUsesTable,
} from "#lib/domain/clinic/emergency-access/evidence.ts";
import {
  designationsTable,
  membersTable,
  offboardingTable,
  type PackFile,
  type PackMoment,
  type PackTable,
  roleHistoryTable,
} from "#lib/domain/clinic/evidence.ts";
import { memberNames, namesOf } from "#lib/domain/clinic/store.ts";
import type { WorkContext } from "#lib/domain/context.ts";
import { indexOf, type SectionContent } from "#lib/domain/evidence/rules.ts";
import type { Section, TableSection } from "#lib/domain/evidence/schema.ts";
import { listProtocol, packProgressKey, packRow, requirePack } from "#lib/domain/evidence/store.ts";
import { packLog, recordSeqs } from "#lib/domain/ledger/evidence.ts";
import { requireHead } from "#lib/domain/ledger/store.ts";
import {
  attestationsTable,
  policiesTable,
  policyReadings,
  signatureRollsTable,
} from "#lib/domain/policies/evidence.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { blockListTable } from "#lib/domain/tools/block-list/evidence.ts";
import { decisionsTable, exceptionsTable, toolsTable } from "#lib/domain/tools/evidence.ts";
import { requestsTable } from "#lib/domain/tools/requests/evidence.ts";
import { baasTable, baaTermsTable, dueDiligenceTable, pathsTable, vendorsTable } from "#lib/domain/vendors/evidence.ts";
import { calendarDateIn, endOfDayIn, fromDatabaseDate, startOfDayIn } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { say } from "#lib/platform/i18n/say.ts";
import { keys } from "#lib/platform/keys.ts";
import { fingerprintsOf, packKeysOf } from "#lib/proof/pack-keys.ts";
import type { Table } from "#lib/proof/tables.ts";

/** The packs made so far, newest first, what a pack made now would answer, and the fingerprints to compare packs with. */
export const getEvidencePage = defineQuery("evidence-page", "evidence.read", z.object({}), async ({ tx, ctx }) => {
  const packs = await tx.evidencePack.findMany({ orderBy: [{ requestedAt: "desc" }, { id: "asc" }], take: 50 });
  const names = await namesOf(
    tx,
    packs.map(({ requestedBy }) => requestedBy),
  );
  const progress = await tx.jobProgress.findMany({
    where: { jobKey: { in: packs.map((pack) => packProgressKey(pack.id)) } },
  });
  const progressOf = new Map(progress.map(({ jobKey, step, done, total }) => [jobKey, { step, done, total }]));
  const { origin } = await requireHead(tx);
  return {
    packs: packs.map((pack) => packRow(pack, names, progressOf.get(packProgressKey(pack.id)) ?? null)),
    index: indexOf(listProtocol(), await sectionsToday(tx)).map((row) => ({ ...row, asks: asksOf(row.item) })),
    fingerprints: fingerprintsOf(publicPackKeys(origin)),
    principal: packPrincipal(origin),
    today: ctx.today,
  };
});

/** One pack with how far it has come: what the page asks for again while the worker is at it. */
export const getEvidencePack = defineQuery(
  "evidence-pack",
  "evidence.read",
  z.object({ packId: z.uuid() }),
  async ({ tx }, { packId }) => {
    const pack = await requirePack(tx, packId);
    const progress = await tx.jobProgress.findFirst({
      where: { jobKey: packProgressKey(packId) },
      select: { step: true, done: true, total: true },
    });
    return packRow(pack, await namesOf(tx, [pack.requestedBy]), progress);
  },
);

/** One piece of a finished pack's ZIP, or null past the last. */
export const getEvidencePackChunk = defineQuery(
  "evidence-pack-chunk",
  "evidence.download",
  z.object({ packId: z.uuid(), number: z.number().int().min(0) }),
  async ({ tx }, { packId, number }) => {
    const pack = await requirePack(tx, packId);
    if (pack.status !== "ready") throw new NotFound();
    const chunk = await tx.evidencePackChunk.findFirst({ where: { packId, number }, select: { bytes: true } });
    return chunk?.bytes ?? null;
  },
);

function asksOf(item: number): string {
  return listProtocol().find((candidate) => candidate.item === item)?.asks ?? "";
}

/** What a pack made now would hold, as far as the index asks: how many records of each section. */
export async function sectionsToday(tx: ClinicTx): Promise<Record<Section, SectionContent>> {
  const { size } = await requireHead(tx);
  const prohibited = { status: "prohibited", hostnames: { some: { removedAt: null } } };
  const counts: Record<TableSection, number> = {
    tools: await tx.tool.count(),
    tool_decisions: await tx.toolDecision.count(),
    tool_requests: await tx.toolRequest.count(),
    tool_exceptions: await tx.toolException.count(),
    block_list: await tx.tool.count({ where: prohibited }),
    vendors: await tx.vendor.count(),
    baas: await tx.baaVersion.count(),
    baa_terms: await tx.baaCheck.count(),
    inference_paths: await tx.inferencePath.count(),
    due_diligence: await tx.dueDiligence.count({ where: { status: "complete" } }),
    policies: await tx.policyVersion.count(),
    attestations: await tx.attestation.count(),
    signature_rolls: await tx.policyVersion.count(),
    members: await tx.member.count(),
    role_history: await tx.roleGrant.count(),
    offboarding: await tx.offboardingItem.count({ where: { ending: { withdrawnAt: null } } }),
    designations: await tx.designation.count(),
    access_reviews: await tx.accessReview.count(),
    access_review_rows: await tx.accessReviewRow.count(),
    emergency_people: await tx.emergencyPerson.count(),
    emergency_access: await tx.emergencyUse.count(),
    emergency_rules: await tx.emergencyRule.count(),
    sign_in_settings: SETTINGS_MIN + (await tx.clinicDomain.count({ where: { verifiedAt: { not: null } } })),
  };
  const tables = Object.entries(counts).map(([section, records]) => [
    section,
    { records, files: tableFiles(section as TableSection), events: [] },
  ]);
  return { ...Object.fromEntries(tables), ledger: { records: size, files: LEDGER_FILES, events: [] } };
}

function tableFiles(section: TableSection): string[] {
  return [`tables/${section}.csv`, `tables/${section}.json`];
}

const LEDGER_FILES = ["log/checkpoint.txt", "log/envelopes.csv", "log/events.csv", "log/events.jsonl"];

export function publicPackKeys(origin: string) {
  const { ledger, packSsh, packP256 } = keys();
  return packKeysOf({ origin, principal: packPrincipal(origin), log: ledger, ssh: packSsh, p256: packP256 });
}

/** Who signs, as `ssh-keygen -Y verify -I` names it: `evidence@<host>`. */
export function packPrincipal(origin: string): string {
  return `evidence@${(origin.split("/")[0] ?? "").replace(/:.*/, "")}`;
}

/** Everything a pack holds beside its cover and signatures, read in one go. A function of clinic, moment, period and ledger size. */
export const getPackContent = defineQuery(
  "pack-content",
  "evidence.build",
  z.object({ packId: z.uuid() }),
  async ({ tx, ctx }, { packId }) => {
    const pack = await requirePack(tx, packId);
    const size = Number(pack.ledgerSize);
    const names = await memberNames(tx);
    const nameOf = (memberId: string) => names.get(memberId) ?? "";
    const asOfDate = calendarDateIn(ctx.timeZone, pack.asOf);
    const moment: PackMoment = { asOf: pack.asOf, asOfDate, nameOf, ...(await recordSeqs(tx, size)) };
    const dates = { from: optionalDate(pack.periodFrom), to: optionalDate(pack.periodTo) };
    const tools = await toolsTable(tx, moment);
    const decisions = await decisionsTable(tx, moment);
    const readings = await policyReadings(tx, moment);
    const accessReviews = await accessReviewTables(tx, moment);
    const parts: Record<TableSection, PackPart> = {
      tools,
      tool_decisions: decisions,
      tool_requests: await requestsTable(tx, moment),
      tool_exceptions: await exceptionsTable(tx, moment),
      block_list: blockListTable(tools.entries),
      vendors: await vendorsTable(tx, moment),
      baas: await baasTable(tx, moment),
      baa_terms: await baaTermsTable(tx, moment),
      inference_paths: await pathsTable(tx, moment),
      due_diligence: await dueDiligenceTable(tx, moment),
      policies: policiesTable(readings, moment),
      attestations: await attestationsTable(tx, moment),
      signature_rolls: signatureRollsTable(readings),
      members: await membersTable(tx, moment),
      role_history: await roleHistoryTable(tx, moment),
      offboarding: await offboardingTable(tx, moment),
      designations: await designationsTable(tx, moment),
      access_reviews: accessReviews.reviews,
      access_review_rows: accessReviews.rows,
      emergency_people: await emergencyPeopleTable(tx, moment),
      emergency_access: await emergencyUsesTable(tx, moment),
      emergency_rules: await emergencyRulesTable(tx, moment),
      sign_in_settings: await signInSettingsTable(tx, moment),
    };
    const log = await packLog(tx, {
      clinicId: ctx.clinicId,
      size,
      period: periodOf(ctx, dates),
      // A pack is one document in one language, whoever asks for it: English, which OCR reads.
      saying: { words: say("en", "ledger"), locale: "en", timeZone: ctx.timeZone, nameOf },
    });
    const sections = Object.entries(parts).map(([section, { table, events, files = [], documents = [] }]) => [
      section,
      {
        records: table.rows.length,
        files: [...documents, ...tableFiles(section as TableSection), ...files.map((file) => file.path)],
        events,
      },
    ]);
    const index = indexOf(listProtocol(), {
      ...Object.fromEntries(sections),
      ledger: { records: size, files: LEDGER_FILES, events: [] },
    });
    const tables = Object.fromEntries(Object.entries(parts).map(([section, part]) => [section, part.table]));
    const files = Object.values(parts).flatMap((part) => part.files ?? []);
    return {
      moment: { asOf: moment.asOf, asOfDate: moment.asOfDate },
      dates,
      size,
      tables: tables as Record<TableSection, Table>,
      files: [...new Map(files.map((file) => [file.path, file])).values()],
      index,
      log,
      policies: readings,
      sole: decisions.sole,
    };
  },
  { timeoutSeconds: 300 },
);

type PackPart = PackTable & {
  readonly files?: readonly PackFile[];
  /** Paths of the documents for reading that are set from its records afterwards. */
  readonly documents?: readonly string[];
};

export type PackContent = Awaited<ReturnType<typeof getPackContent>>;

function optionalDate(date: Date | null): string | null {
  return date === null ? null : fromDatabaseDate(date);
}

function periodOf(ctx: WorkContext, { from, to }: { from: string | null; to: string | null }) {
  return from === null || to === null
    ? null
    : { from: startOfDayIn(ctx.timeZone, from), to: endOfDayIn(ctx.timeZone, to) };
}

/** The bytes of a kept paper, for the pack that it goes into. */
export const getPaperBytes = defineQuery(
  "paper-bytes",
  "evidence.build",
  z.object({ fileId: z.uuid() }),
  async ({ tx }, { fileId }) => {
    const row = await tx.storedFile.findFirst({ where: { id: fileId }, select: { bytes: true } });
    if (row === null) throw new NotFound();
    return { bytes: row.bytes };
  },
  { timeoutSeconds: 60 },
);

/** A finished pack's whole ZIP, for the command line. */
export const getPackBytes = defineQuery(
  "pack-bytes",
  "evidence.build",
  z.object({ packId: z.uuid() }),
  async ({ tx }, { packId }) => {
    const pack = await requirePack(tx, packId);
    if (pack.status !== "ready" || pack.sha256 === null) throw new NotFound();
    const chunks = await tx.evidencePackChunk.findMany({
      where: { packId },
      orderBy: { number: "asc" },
      select: { bytes: true },
    });
    return { content: Buffer.concat(chunks.map((chunk) => chunk.bytes)), sha256: pack.sha256 };
  },
  { timeoutSeconds: 120 },
);
