import "server-only";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PackPaper } from "#lib/domain/clinic/evidence.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { completeEvidencePack } from "#lib/domain/evidence/commands/complete-evidence-pack.ts";
import { failEvidencePack } from "#lib/domain/evidence/commands/fail-evidence-pack.ts";
import { composeCover, composeItem } from "#lib/domain/evidence/evidence.ts";
import {
  getEvidencePack,
  getPackContent,
  getPaperBytes,
  type PackContent,
  publicPackKeys,
} from "#lib/domain/evidence/queries.ts";
import { itemDocumentPath, packFolderName } from "#lib/domain/evidence/rules.ts";
import { PACK_STEPS } from "#lib/domain/evidence/schema.ts";
import { packProgressKey } from "#lib/domain/evidence/store.ts";
import { ensureCheckpoint } from "#lib/domain/ledger/reactions.ts";
import { policyDocuments } from "#lib/domain/policies/evidence.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { contentFolder } from "#lib/platform/content/read-content.ts";
import { reportProgress } from "#lib/platform/db/with-clinic.ts";
import { keys } from "#lib/platform/keys.ts";
import { log } from "#lib/platform/log.ts";
import { type PdfRequest, renderPdf } from "#lib/platform/pdf/render.ts";
import { writeZip, type ZipEntry } from "#lib/platform/zip/write-zip.ts";
import { eventsCsv } from "#lib/proof/events-csv.ts";
import { disclosuresJsonl, envelopesCsv, eventsJsonl, LOG_PATHS } from "#lib/proof/log-files.ts";
import { signP256 } from "#lib/proof/p256.ts";
import { assemblePack, PAYLOAD_FOLDER, type UnreadFile } from "#lib/proof/pack.ts";
import { packKeyFiles } from "#lib/proof/pack-keys.ts";
import { signSsh } from "#lib/proof/sshsig.ts";
import { type Table, tableCsv, tableJson } from "#lib/proof/tables.ts";

/** Makes a requested pack and keeps its ZIP. Repeating it is harmless; a pack that can't be made is marked as failed. */
export async function makeEvidencePack(ctx: ClinicContext, packId: string): Promise<void> {
  const pack = await getEvidencePack(ctx, { packId });
  if (pack.status === "ready") return;
  try {
    await build(ctx, packId, pack.ledgerSize);
  } catch (error) {
    log.error({ err: error, clinicId: ctx.clinicId, packId }, "an evidence pack could not be made");
    // Whoever asked decides about another try: a pack that turns from failed to ready by itself would surprise them.
    await failEvidencePack(ctx, { packId });
  }
}

type Step = (typeof PACK_STEPS)[number];

async function build(ctx: ClinicContext, packId: string, size: number): Promise<void> {
  const reached = (step: Step) =>
    reportProgress(ctx, {
      jobKey: packProgressKey(packId),
      step,
      done: PACK_STEPS.indexOf(step),
      total: PACK_STEPS.length,
    });
  await reached("checkpoint");
  const checkpoint = await ensureCheckpoint(ctx, size);
  await reached("records");
  const content = await getPackContent(ctx, { packId });
  await reached("log");
  const payload = payloadOf(ctx, content, checkpoint);
  await reached("documents");
  for (const [file, pdf] of await documentsOf(ctx, content, checkpoint)) payload.set(file, pdf);
  await reached("cover");
  const madeAt = new Date();
  const cover = await renderPdf(composeCover({ ctx, content, checkpoint, madeAt, payloadFiles: payload.size }));
  await reached("sign");
  const { from, to } = content.dates;
  const period = from === null || to === null ? "" : `${from}-to-${to}`.replaceAll("-", "");
  const folderName = packFolderName(ctx.slug, content.moment.asOfDate, size, period);
  const assembled = assemblePack({
    folderName,
    tagFiles: new Map([["START-HERE.pdf", cover]]),
    payload,
    externalIdentifier: `${checkpoint.origin}@${size}`,
    baggingDate: calendarDateIn("UTC", madeAt),
    sign: (tagManifest) => ({
      ssh: signSsh(tagManifest, keys().packSsh),
      p256: signP256(tagManifest, keys().packP256),
    }),
  });
  await reached("zip");
  const bytes = await zipped(assembled.entries);
  await completeEvidencePack(ctx, { packId, fileName: `${folderName}.zip`, bytes });
}

/** Every file under `data/`, by its path from there. */
function payloadOf(
  ctx: ClinicContext,
  content: PackContent,
  checkpoint: { origin: string; note: string },
): Map<string, Uint8Array | UnreadFile> {
  const { log: trail } = content;
  const texts: Array<readonly [string, string]> = [
    ...tableFiles("index", indexTable(content)),
    ...Object.entries(content.tables).flatMap(([name, table]) => tableFiles(`tables/${name}`, table)),
    [inPayload(LOG_PATHS.envelopes), envelopesCsv(trail.envelopes)],
    [inPayload(LOG_PATHS.events), eventsJsonl(trail.events)],
    [inPayload(LOG_PATHS.eventsForPeople), eventsCsv(trail.events)],
    [inPayload(LOG_PATHS.disclosures), disclosuresJsonl(trail.disclosures)],
    [inPayload(LOG_PATHS.checkpoint), checkpoint.note],
    ["verify/SPEC.txt", packContentFile("SPEC.txt")],
    ["verify/verify.py", packContentFile("verify.py")],
  ];
  const keyFiles = [...packKeyFiles(publicPackKeys(checkpoint.origin))].map(
    ([file, bytes]) => [inPayload(file), bytes] as const,
  );
  return new Map<string, Uint8Array | UnreadFile>([
    ...texts.map(([file, text]) => [file, Buffer.from(text, "utf8")] as const),
    ...keyFiles,
    ...content.files.map((file) => [file.path, "bytes" in file ? file.bytes : unread(ctx, file)] as const),
  ]);
}

/** A kept paper that is read when its turn comes: all of them together may be more than there is memory for. */
function unread(ctx: ClinicContext, { fileId, sha256, sizeBytes }: PackPaper): UnreadFile {
  return { sha256, size: sizeBytes, read: async () => (await getPaperBytes(ctx, { fileId })).bytes };
}

/** The documents for reading: one for each item that records answer, and those of the policies. */
async function documentsOf(
  ctx: ClinicContext,
  content: PackContent,
  checkpoint: { origin: string; size: number },
): Promise<Map<string, Uint8Array>> {
  const requests = new Map<string, PdfRequest>();
  for (const row of content.index) {
    if (row.sections.length > 0) {
      requests.set(itemDocumentPath(row.item), composeItem({ ctx, content, row, checkpoint }));
    }
  }
  const mark = `${checkpoint.origin}@${checkpoint.size}`;
  const paper = { clinicName: ctx.clinicName, timeZone: ctx.timeZone, mark, asOf: content.moment.asOf };
  for (const reading of content.policies) {
    for (const [file, request] of policyDocuments(paper, reading)) requests.set(file, request);
  }
  const documents = new Map<string, Uint8Array>();
  for (const [file, request] of requests) documents.set(file, await renderPdf(request));
  return documents;
}

function indexTable({ index }: PackContent): Table {
  const columns = ["item", "citation", "title", "status", "files", "events"];
  return {
    columns,
    rows: index.map((row) => [
      row.item,
      row.citation,
      row.title,
      row.status,
      row.files.join(" "),
      row.events.join(" "),
    ]),
  };
}

function tableFiles(name: string, table: Table): Array<readonly [string, string]> {
  return [
    [`${name}.csv`, tableCsv(table)],
    [`${name}.json`, tableJson(table)],
  ];
}

function inPayload(pathInBag: string): string {
  return pathInBag.slice(PAYLOAD_FOLDER.length);
}

function packContentFile(name: string): string {
  return readFileSync(path.join(contentFolder(), "pack", name), "utf8");
}

async function zipped(entries: Iterable<ZipEntry>): Promise<Uint8Array<ArrayBuffer>> {
  const folder = await mkdtemp(path.join(tmpdir(), "evidence-"));
  try {
    const file = path.join(folder, "pack.zip");
    await writeZip(file, entries);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
