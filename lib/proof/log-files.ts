import { csvText, parseTable } from "#lib/proof/csv.ts";
import { Malformed } from "#lib/proof/malformed.ts";
import { linesOf, parseCount } from "#lib/proof/text.ts";

/** Where a pack keeps its copy of the ledger, by path from the bag's root. */
export const LOG_PATHS = {
  envelopes: "data/log/envelopes.csv",
  events: "data/log/events.jsonl",
  eventsForPeople: "data/log/events.csv",
  disclosures: "data/log/disclosures.jsonl",
  checkpoint: "data/log/checkpoint.txt",
  proofs: "data/log/proofs/",
} as const;

/** One row of `envelopes.csv`: everything of an envelope but the origin, and its leaf. Every event of the ledger has one in every pack. */
export type LoggedEnvelope = {
  readonly seq: number;
  readonly recordedAt: string;
  readonly type: string;
  readonly previous: string;
  readonly bodySha256: string;
  readonly leaf: string;
};

/** One line of `events.jsonl`: an event of the pack's period with the exact text of its body. */
export type LoggedEvent = LoggedEnvelope & { readonly body: string };

/** One line of `disclosures.jsonl`: the exact text of an opening whose commitment stands in the body of that event. */
export type Disclosure = { readonly seq: number; readonly opening: string };

const ENVELOPE_COLUMNS = ["seq", "recorded_at", "type", "prev", "body_sha256", "leaf"];

/** `envelopes.csv`, one row for every event from 0 on. */
export function envelopesCsv(envelopes: Iterable<LoggedEnvelope>): string {
  const rows = [ENVELOPE_COLUMNS];
  for (const { seq, recordedAt, type, previous, bodySha256, leaf } of envelopes) {
    rows.push([String(seq), recordedAt, type, previous, bodySha256, leaf]);
  }
  return csvText(rows);
}

/** The rows of an `envelopes.csv` as they stand, nothing recomputed; Malformed when the file is not in its exact form. */
export function parseEnvelopesCsv(text: string): LoggedEnvelope[] {
  return parseTable(text, ENVELOPE_COLUMNS, LOG_PATHS.envelopes).map((row, index) => {
    const [seq = "", recordedAt = "", type = "", previous = "", bodySha256 = "", leaf = ""] = row;
    const position = parseCount(seq, `the seq in ${LOG_PATHS.envelopes}, row ${index + 1},`);
    return { seq: position, recordedAt, type, previous, bodySha256, leaf };
  });
}

/** `events.jsonl`: one line an event, members in this order, no spaces. */
export function eventsJsonl(events: Iterable<LoggedEvent>): string {
  let text = "";
  for (const event of events) text += `${eventLine(event)}\n`;
  return text;
}

/** The events of an `events.jsonl`; Malformed, naming the line, unless each line is exactly as `eventsJsonl` writes it and seq rises. */
export function parseEventsJsonl(text: string): LoggedEvent[] {
  let last = -1;
  return linesOf(text, LOG_PATHS.events).map((line, index) => {
    const where = `${LOG_PATHS.events}, line ${index + 1},`;
    const event = eventOf(parseObject(line, where));
    if (event === null || eventLine(event) !== line)
      throw new Malformed(`${where} is not in the exact form of an event`);
    if (event.seq <= last) throw new Malformed(`${where} repeats or reverses the order of seq`);
    last = event.seq;
    return event;
  });
}

/** `disclosures.jsonl`: one line an opening. */
export function disclosuresJsonl(disclosures: Iterable<Disclosure>): string {
  let text = "";
  for (const disclosure of disclosures) text += `${disclosureLine(disclosure)}\n`;
  return text;
}

/** The openings of a `disclosures.jsonl`, not yet held against any body; Malformed, naming the line, when one is not in its exact form. */
export function parseDisclosuresJsonl(text: string): Disclosure[] {
  return linesOf(text, LOG_PATHS.disclosures).map((line, index) => {
    const where = `${LOG_PATHS.disclosures}, line ${index + 1},`;
    const { seq, opening } = parseObject(line, where);
    if (!isCount(seq) || !isText(opening) || disclosureLine({ seq, opening }) !== line) {
      throw new Malformed(`${where} is not in the exact form of a disclosure`);
    }
    return { seq, opening };
  });
}

/** Path in the bag of the receipt for one event. */
export function proofPath(seq: number): string {
  return `${LOG_PATHS.proofs}${seq}.tlog-proof`;
}

function eventLine(event: LoggedEvent): string {
  const { seq, recordedAt: at, type, previous: prev, bodySha256: body_sha256, leaf, body } = event;
  return JSON.stringify({ seq, at, type, prev, body_sha256, leaf, body });
}

function disclosureLine({ seq, opening }: Disclosure): string {
  return JSON.stringify({ seq, opening });
}

function eventOf(line: Readonly<Record<string, unknown>>): LoggedEvent | null {
  const { seq, at, type, prev, body_sha256: bodySha256, leaf, body } = line;
  if (!isCount(seq) || !isText(at) || !isText(type) || !isText(prev)) return null;
  if (!isText(bodySha256) || !isText(leaf) || !isText(body)) return null;
  return { seq, recordedAt: at, type, previous: prev, bodySha256, leaf, body };
}

// Half of a surrogate pair, which JSON can spell, has no bytes to hash.
function isText(value: unknown): value is string {
  return typeof value === "string" && value.isWellFormed();
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function parseObject(line: string, where: string): Readonly<Record<string, unknown>> {
  const value = parseJson(line, where);
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new Malformed(`${where} is not an object`);
  return { ...value };
}

function parseJson(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Malformed(`${where} is not JSON`);
  }
}
