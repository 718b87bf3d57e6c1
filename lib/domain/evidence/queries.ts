import "server-only";
import { z } from "zod";
import { membersTable } from "#lib/domain/clinic/evidence.ts";
import { memberNames } from "#lib/domain/clinic/store.ts";
import type { WorkContext } from "#lib/domain/context.ts";
import { indexOf, type SectionContent } from "#lib/domain/evidence/rules.ts";
import type { Section } from "#lib/domain/evidence/schema.ts";
import { listProtocol, packProgressKey, packRow, requirePack } from "#lib/domain/evidence/store.ts";
import { packLog, recordSeqs } from "#lib/domain/ledger/evidence.ts";
import { requireHead } from "#lib/domain/ledger/store.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { decisionsTable, type PackMoment, toolsTable } from "#lib/domain/tools/evidence.ts";
import { calendarDateIn, endOfDayIn, fromDatabaseDate, startOfDayIn } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { say } from "#lib/platform/i18n/say.ts";
import { keys } from "#lib/platform/keys.ts";
import { fingerprintsOf, packKeysOf } from "#lib/proof/pack-keys.ts";

/** The packs made so far, newest first, what a pack made now would answer, and the fingerprints to compare packs with. */
export const getEvidencePage = defineQuery("evidence-page", "evidence.read", z.object({}), async ({ tx, ctx }) => {
  const packs = await tx.evidencePack.findMany({ orderBy: [{ requestedAt: "desc" }, { id: "asc" }], take: 50 });
  const names = await memberNames(tx);
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
    return packRow(pack, await memberNames(tx), progress);
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

export async function sectionsToday(tx: ClinicTx): Promise<Record<Section, SectionContent>> {
  const [tools, decisions, members] = [await tx.tool.count(), await tx.toolDecision.count(), await tx.member.count()];
  const { size } = await requireHead(tx);
  const section = (records: number, files: string[]): SectionContent => ({ records, files, events: [] });
  return {
    tools: section(tools, TABLE_FILES.tools),
    tool_decisions: section(decisions, TABLE_FILES.tool_decisions),
    members: section(members, TABLE_FILES.members),
    ledger: section(size, LEDGER_FILES),
  };
}

const TABLE_FILES = {
  tools: ["tables/tools.csv", "tables/tools.json"],
  tool_decisions: ["tables/tool_decisions.csv", "tables/tool_decisions.json"],
  members: ["tables/members.csv", "tables/members.json"],
};
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
    const seqs = await recordSeqs(tx, size);
    const seqOf = (recordId: string) => seqs.get(recordId) ?? null;
    const moment: PackMoment = { asOf: pack.asOf, asOfDate: calendarDateIn(ctx.timeZone, pack.asOf), seqOf, nameOf };
    const dates = { from: optionalDate(pack.periodFrom), to: optionalDate(pack.periodTo) };
    const tools = await toolsTable(tx, moment);
    const decisions = await decisionsTable(tx, moment);
    const members = await membersTable(tx, moment);
    const log = await packLog(tx, {
      clinicId: ctx.clinicId,
      size,
      period: periodOf(ctx, dates),
      // A pack is one document in one language, whoever asks for it: English, which OCR reads.
      saying: { words: say("en", "ledger"), locale: "en", timeZone: ctx.timeZone, nameOf },
    });
    const content = (
      table: keyof typeof TABLE_FILES,
      part: { table: { rows: readonly unknown[] }; events: readonly number[] },
    ) => ({
      records: part.table.rows.length,
      files: TABLE_FILES[table],
      events: part.events,
    });
    const index = indexOf(listProtocol(), {
      tools: content("tools", tools),
      tool_decisions: content("tool_decisions", decisions),
      members: content("members", members),
      ledger: { records: size, files: LEDGER_FILES, events: [] },
    });
    const tables = { tools: tools.table, tool_decisions: decisions.table, members: members.table };
    return {
      moment: { asOf: moment.asOf, asOfDate: moment.asOfDate },
      dates,
      size,
      tables,
      index,
      log,
      sole: decisions.sole,
    };
  },
  { timeoutSeconds: 300 },
);

export type PackContent = Awaited<ReturnType<typeof getPackContent>>;

function optionalDate(date: Date | null): string | null {
  return date === null ? null : fromDatabaseDate(date);
}

function periodOf(ctx: WorkContext, { from, to }: { from: string | null; to: string | null }) {
  return from === null || to === null
    ? null
    : { from: startOfDayIn(ctx.timeZone, from), to: endOfDayIn(ctx.timeZone, to) };
}

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
