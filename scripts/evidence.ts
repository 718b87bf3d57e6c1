import { rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { systemContext } from "#lib/domain/clinic/queries.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { downloadEvidencePack } from "#lib/domain/evidence/commands/download-evidence-pack.ts";
import { requestEvidencePack } from "#lib/domain/evidence/commands/request-evidence-pack.ts";
import { getEvidencePack, getPackBytes } from "#lib/domain/evidence/queries.ts";
import { makeEvidencePack } from "#lib/domain/evidence/reactions.ts";
import { disconnectDatabase } from "#lib/platform/db/disconnect.ts";
import { clinicIds } from "#lib/platform/db/identity.ts";
import { stopSender } from "#lib/platform/jobs/send.ts";
import { lockSigner, SignerBusy } from "#lib/platform/signer.ts";
import { inWords } from "#scripts/in-words.ts";
import { openInstallation } from "#scripts/installation.ts";

const USAGE = "Usage: npm run evidence -- --clinic SLUG --out FILE.zip [--as-of DATE] [--from DATE --to DATE]";
const WORKER_SECONDS_MAX = 600;

/** The same pack as the button makes, with the service up or down. */
async function evidence(): Promise<void> {
  const { values } = parseArgs({
    options: {
      clinic: { type: "string" },
      out: { type: "string" },
      "as-of": { type: "string" },
      from: { type: "string" },
      to: { type: "string" },
    },
  });
  if (values.clinic === undefined || values.out === undefined) throw new Error(USAGE);
  const clinics = await clinicIds();
  const clinic = clinics.find(({ slug }) => slug === values.clinic);
  if (clinic === undefined) {
    throw new Error(
      `No clinic is called "${values.clinic}". There ${clinics.length === 0 ? "is none yet" : `are: ${clinics.map(({ slug }) => slug).join(", ")}`}.`,
    );
  }
  const ctx = await systemContext(clinic.id, { kind: "operator", job: "evidence" });
  const dates = { asOf: values["as-of"] ?? null, from: values.from ?? null, to: values.to ?? null };
  const { packId, ledgerSize } = await requestEvidencePack(ctx, dates);
  await make(ctx, packId);
  await downloadEvidencePack(ctx, { packId });
  const bytes = await getPackBytes(ctx, { packId });
  await writeWhole(path.resolve(values.out), bytes.content);
  console.log(`${values.out}: ${ledgerSize} ledger events, ${bytes.content.byteLength} bytes`);
  console.log(`SHA-256 ${bytes.sha256}`);
}

// Only one process signs: a living worker is asked and waited for, otherwise this one takes its place.
async function make(ctx: ClinicContext, packId: string): Promise<void> {
  let release: () => void;
  try {
    release = lockSigner();
  } catch (error) {
    if (!(error instanceof SignerBusy)) throw error;
    return waitForWorker(ctx, packId);
  }
  try {
    await makeEvidencePack(ctx, packId);
  } finally {
    release();
  }
}

async function waitForWorker(ctx: ClinicContext, packId: string): Promise<void> {
  for (let seconds = 0; seconds < WORKER_SECONDS_MAX; seconds += 1) {
    const { status } = await getEvidencePack(ctx, { packId });
    if (status === "ready") return;
    if (status === "failed") throw new Error("The worker could not make the pack; its log says why.");
    await wait(1000);
  }
  throw new Error(
    `The worker has not made the pack within ${WORKER_SECONDS_MAX} seconds; look for it on the evidence page later.`,
  );
}

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const unfinished = `${file}.part`;
  try {
    await writeFile(unfinished, bytes);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

const installation = await openInstallation();
try {
  await evidence();
} catch (error) {
  console.error(inWords(error));
  process.exitCode = 1;
} finally {
  await stopSender();
  await disconnectDatabase();
  await installation.close();
  process.exit();
}
