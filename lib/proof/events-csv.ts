import { csvText, parseTable } from "#lib/proof/csv.ts";
import { LOG_PATHS, type LoggedEvent } from "#lib/proof/log-files.ts";

const SENTENCE_COLUMN = "sentence";
const EVENT_COLUMNS = ["seq", "recorded_at", "type", "actor_kind", "actor_id", "object_type", "object_id"];

/** `events.csv`, the log for people: what the verifier compares with `events.jsonl`, then a sentence, which it can't. */
export function eventsCsv(events: Iterable<LoggedEvent & { readonly sentence: string }>): string {
  const rows = [[...EVENT_COLUMNS, SENTENCE_COLUMN]];
  for (const event of events) rows.push([...comparableCells(event, JSON.parse(event.body)), event.sentence]);
  return csvText(rows);
}

/** The rows of an `events.csv` without their sentences; Malformed when the file is not in its exact form. */
export function parseEventsCsv(text: string): string[][] {
  const rows = parseTable(text, [...EVENT_COLUMNS, SENTENCE_COLUMN], LOG_PATHS.eventsForPeople);
  return rows.map((row) => row.slice(0, -1));
}

/** What `events.csv` must say of an event and its parsed body, in the order of its columns; members a body does not have are empty. */
export function comparableCells(event: LoggedEvent, body: unknown): string[] {
  const actor = member(body, "actor");
  const object = member(body, "object");
  return [
    String(event.seq),
    event.recordedAt,
    event.type,
    textMember(actor, "kind"),
    textMember(actor, "id") || textMember(actor, "job"),
    textMember(object, "type"),
    textMember(object, "id"),
  ];
}

/** Name of the column a difference stands in. */
export function comparableColumn(index: number): string {
  return EVENT_COLUMNS[index] ?? "";
}

function textMember(value: unknown, name: string): string {
  const found = member(value, name);
  return typeof found === "string" ? found : "";
}

function member(value: unknown, name: string): unknown {
  return value !== null && typeof value === "object" && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
