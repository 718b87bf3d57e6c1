import { Contradiction } from "#lib/proof/check.ts";
import { commitmentsIn, openingDigest, parseOpening } from "#lib/proof/commitment.ts";
import { comparableCells, comparableColumn, parseEventsCsv } from "#lib/proof/events-csv.ts";
import { sha256Hex } from "#lib/proof/hash.ts";
import { LOG_PATHS, parseDisclosuresJsonl } from "#lib/proof/log-files.ts";
import { Malformed } from "#lib/proof/malformed.ts";
import { PAYLOAD_FOLDER } from "#lib/proof/pack.ts";
import type { PackReading } from "#lib/proof/pack-reading.ts";
import { columnOf, parseTablePair } from "#lib/proof/tables.ts";
import { parseCount } from "#lib/proof/text.ts";

/** Where a pack says which files and events answer which item of a request, by path without extension. */
const INDEX_PATH = "data/index";

const TABLE_PATH = /^(data\/tables\/[^/]+)\.(csv|json)$/;

/** events.csv says of every listed event what events.jsonl says, field by field; its sentences are not checked. */
export function checkEventsCsv(pack: PackReading): string {
  const rows = parseEventsCsv(pack.text(LOG_PATHS.eventsForPeople));
  const bodies = pack.bodies();
  const events = pack.events();
  for (const [index, event] of events.entries()) {
    const column = comparableCells(event, bodies.get(event.seq)).findIndex(
      (cell, position) => cell !== rows[index]?.[position],
    );
    if (column >= 0) {
      throw new Contradiction(
        `${LOG_PATHS.eventsForPeople} tells another ${comparableColumn(column)} of event ${event.seq} than the log`,
        event.seq,
      );
    }
  }
  if (rows.length !== events.length) {
    throw new Contradiction(
      `${LOG_PATHS.eventsForPeople} has ${rows.length} rows, ${LOG_PATHS.events} ${events.length}`,
    );
  }
  return `${rows.length} rows say what the log says; their sentences are a rendering`;
}

/** Each disclosed value is the one its event's body commits to, at the place the opening names. */
export function checkDisclosures(pack: PackReading): string {
  const disclosures = parseDisclosuresJsonl(pack.text(LOG_PATHS.disclosures));
  const bodies = pack.bodies();
  for (const [index, { seq, opening }] of disclosures.entries()) {
    const where = `${LOG_PATHS.disclosures}, line ${index + 1},`;
    const body = bodies.get(seq);
    if (body === undefined) throw new Contradiction(`${where} is of event ${seq}, whose body is not in this pack`, seq);
    const { path } = openingOf(opening, where);
    const digest = openingDigest(opening);
    if (!commitmentsIn(body).some((commitment) => commitment.path === path && commitment.digest === digest)) {
      throw new Contradiction(`${where} is not what event ${seq} committed to at ${path}`, seq);
    }
  }
  return `${disclosures.length} disclosed values match what their events committed to`;
}

/** Each file of the pack that an event binds by path, hash and size is one of those it was bound as. */
export function checkBoundFiles(pack: PackReading): string {
  const bindings = new Map<string, Array<{ seq: number; sha256: string; size: number }>>();
  for (const [seq, body] of pack.bodies()) {
    for (const { file, ...binding } of bindingsIn(body))
      bindings.set(file, [...(bindings.get(file) ?? []), { seq, ...binding }]);
  }
  let present = 0;
  for (const [file, bound] of bindings) {
    const bytes = pack.files.get(PAYLOAD_FOLDER + file);
    if (bytes === undefined) continue;
    present += 1;
    const hash = sha256Hex(bytes);
    if (bound.some(({ sha256, size }) => sha256 === hash && size === bytes.length)) continue;
    const seqs = bound.map(({ seq }) => seq);
    throw new Contradiction(
      `${PAYLOAD_FOLDER}${file} is not the file that event ${seqs.join(", ")} recorded`,
      Math.min(...seqs),
    );
  }
  return `${present} files are the ones events recorded; ${bindings.size - present} recorded files are not in this pack`;
}

/** Each table says the same as CSV and as JSON. */
export function checkTables(pack: PackReading): string {
  const names = new Set<string>();
  for (const path of pack.files.keys()) {
    const name = TABLE_PATH.exec(path)?.[1];
    if (name !== undefined) names.add(name);
  }
  for (const name of [...names].sort()) parseTablePair(pack.text(`${name}.csv`), pack.text(`${name}.json`), name);
  return `${names.size} tables say the same as CSV and as JSON`;
}

/** The index is a table, every file it names is in the pack and every event it names is in the log. */
export function checkIndex(pack: PackReading): string {
  const table = parseTablePair(pack.text(`${INDEX_PATH}.csv`), pack.text(`${INDEX_PATH}.json`), INDEX_PATH);
  const what = `${INDEX_PATH}.csv`;
  const events = new Set(pack.envelopes().map(({ seq }) => seq));
  columnOf(table, "files", what).forEach((files, row) => {
    for (const file of listOf(files)) {
      if (!pack.files.has(PAYLOAD_FOLDER + file))
        throw new Contradiction(`${what}, row ${row + 1}, names ${PAYLOAD_FOLDER}${file}, which is missing`);
    }
  });
  columnOf(table, "events", what).forEach((seqs, row) => {
    for (const seq of listOf(seqs)) {
      const named = parseCount(seq, `an event in ${what}, row ${row + 1},`);
      if (!events.has(named))
        throw new Contradiction(`${what}, row ${row + 1}, names event ${named}, which is not in the log`, named);
    }
  });
  return `${table.rows.length} entries; every file and event they name is here`;
}

function listOf(cell: string): string[] {
  return cell === "" ? [] : cell.split(" ");
}

function openingOf(opening: string, where: string) {
  try {
    return parseOpening(opening);
  } catch (error) {
    if (error instanceof Malformed) throw new Contradiction(`${where} is not an opening: ${error.message}`);
    throw error;
  }
}

type Binding = { readonly file: string; readonly sha256: string; readonly size: number };

function bindingsIn(value: unknown): Binding[] {
  if (value === null || typeof value !== "object") return [];
  const { file, sha256, size }: { file?: unknown; sha256?: unknown; size?: unknown } = value;
  const isBinding = typeof file === "string" && typeof sha256 === "string" && typeof size === "number";
  const own = isBinding ? [{ file, sha256, size }] : [];
  return [...own, ...Object.values(value).flatMap((member) => bindingsIn(member))];
}
