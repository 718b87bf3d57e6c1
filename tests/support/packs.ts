import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PackMoment } from "#lib/domain/clinic/evidence.ts";
import { memberNames } from "#lib/domain/clinic/store.ts";
import { requestEvidencePack } from "#lib/domain/evidence/commands/request-evidence-pack.ts";
import { getPackBytes } from "#lib/domain/evidence/queries.ts";
import { makeEvidencePack } from "#lib/domain/evidence/reactions.ts";
import { recordSeqs } from "#lib/domain/ledger/evidence.ts";
import { getLedgerSize } from "#lib/domain/ledger/queries.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { type ClinicTx, readClinic } from "#lib/platform/db/with-clinic.ts";
import { readZip } from "#lib/platform/zip/read-zip.ts";
import { bagInFolder } from "#lib/proof/pack.ts";
import type { TestClinic } from "#tests/support/clinic.ts";

type Bag = Map<string, Uint8Array>;

/** A pack asked for and made, unpacked: its files by their paths from the bag's root. */
export async function madePack(
  clinic: TestClinic,
  dates: Parameters<typeof requestEvidencePack>[1] = {},
): Promise<{ packId: string; bag: Bag }> {
  const { packId } = await requestEvidencePack(clinic.as.privacy_officer, dates);
  await makeEvidencePack(clinic.system, packId);
  return { packId, bag: await bagOf(clinic, packId) };
}

/** The files of a finished pack. */
export async function bagOf(clinic: TestClinic, packId: string): Promise<Bag> {
  const folder = await mkdtemp(path.join(tmpdir(), "wardbook-pack-"));
  try {
    const file = path.join(folder, "pack.zip");
    await writeFile(file, (await getPackBytes(clinic.system, { packId })).content);
    return bagInFolder(await readZip(file));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads as a pack of the clinic does, over so many events of its ledger and as of a moment. */
export async function inPack<T>(
  clinic: TestClinic,
  { asOf = new Date(), size: asked }: { asOf?: Date; size?: number },
  read: (tx: ClinicTx, moment: PackMoment) => Promise<T>,
): Promise<T> {
  const { clinicId, system } = clinic;
  const size = asked ?? (await ledgerSize(clinic));
  return readClinic({ clinicId }, {}, async (tx) => {
    const [seqs, names] = [await recordSeqs(tx, size), await memberNames(tx)];
    return read(tx, {
      ...{ asOf, asOfDate: calendarDateIn(system.timeZone, asOf) },
      ...{ ...seqs, nameOf: (id) => names.get(id) ?? "" },
    });
  });
}

/** How many events a clinic's ledger has. */
export async function ledgerSize({ system }: TestClinic): Promise<number> {
  return (await getLedgerSize(system, {})).size;
}

/** A table of a pack as rows by column, out of its JSON. */
export function tableOf(bag: ReadonlyMap<string, Uint8Array>, name: string): Record<string, unknown>[] {
  return JSON.parse(textOf(bag, `data/tables/${name}.json`));
}

/** Types of the events of a pack, by seq. */
export function eventTypes(bag: ReadonlyMap<string, Uint8Array>): string[] {
  const lines = textOf(bag, "data/log/events.jsonl").trim().split("\n");
  return lines.map((line) => JSON.parse(line).type);
}

export function textOf(bag: ReadonlyMap<string, Uint8Array>, file: string): string {
  return Buffer.from(bag.get(file) ?? []).toString("utf8");
}
