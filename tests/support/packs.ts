import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { requestEvidencePack } from "#lib/domain/evidence/commands/request-evidence-pack.ts";
import { getPackBytes } from "#lib/domain/evidence/queries.ts";
import { makeEvidencePack } from "#lib/domain/evidence/reactions.ts";
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
