import { EVENT_DEFINITIONS, eventDefinition } from "#lib/domain/ledger/events.ts";
import type { EventShown, LedgerFault } from "#lib/domain/ledger/schema.ts";
import { dateText, momentText } from "#lib/kernel/date-text.ts";
import { bodySha256 } from "#lib/proof/body.ts";
import { type Envelope, isRecordedAt, leafHash, ZERO_LEAF } from "#lib/proof/envelope.ts";

/** Turns a key of `messages/<locale>/ledger.json` and its parameters into words. */
export type Words = (key: string, params: Record<string, string | number>) => string;

/** In whose words, language and zone an event is said, and how its people are called; null for who is not known. */
export type Saying = {
  readonly words: Words;
  readonly locale: string;
  readonly timeZone: string;
  readonly nameOf: (memberId: string) => string | null;
};

/**
 * An event as one sentence. The only place that does it: the ledger page, the pack's events.csv and whoever else says an
 * event use this. Members are said by name; jobs and operators have words of their own.
 */
export function sentenceOf(event: EventShown, saying: Saying): string {
  const { actor, data, type } = event;
  const said = { ...withoutWords(type), ...wordsOfData(data, saying) };
  if (typeof data.memberId === "string") said.member = nameOrWord(data.memberId, "member", saying);
  said.own = typeof data.memberId === "string" && data.memberId === actor.id ? "yes" : "no";
  return saying.words(`sentences.${type}`, { ...said, actor: nameOrWord(actor.id, actor.kind, saying) });
}

function nameOrWord(memberId: string | null, kind: string, { nameOf, words }: Saying): string {
  return (memberId === null ? null : nameOf(memberId)) || words(`actors.${kind}`, {});
}

// An event that was written before its type gained a field is said as one whose field was left empty.
function withoutWords(type: string): Record<string, string> {
  const fields = Object.keys(eventDefinition(type)?.schema.shape ?? {}).filter(
    (name) => name !== "type" && name !== "id",
  );
  return Object.fromEntries(
    fields.flatMap((name) => [
      [name, ""],
      [`${name}Given`, "no"],
    ]),
  );
}

// Each value stands under its own name; under `<name>Given` stands whether there is one, for the sentence to go without.
function wordsOfData(data: Readonly<Record<string, unknown>>, saying: Saying): Record<string, string | number> {
  const said: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(data)) {
    said[name] = wordOf(name, value, saying);
    said[`${name}Given`] = said[name] === "" ? "no" : "yes";
  }
  return said;
}

// Enumerated values speak through messages, dates through the calendar, lists are joined, numbers and texts stand as they are.
function wordOf(name: string, value: unknown, { words, locale, timeZone }: Saying): string | number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.filter((item) => item !== "").join(" · ");
  if (typeof value !== "string") return "";
  if (ENUMERATED.has(name)) return words(`values.${name}.${value}`, {});
  if (DATES.has(name)) return dateText(value, locale);
  if (MOMENTS.has(name)) return momentText(new Date(value), locale, timeZone);
  return value;
}

/** Fields of events, by what kind of value they hold; whatever is not listed is said as it stands. */
export const ENUMERATED: ReadonlySet<string> = new Set([
  "role",
  "recommendation",
  "status",
  "basis",
  "workforceType",
  "businessAssociate",
  "goesIn",
  "answer",
  "kind",
  "policyCode",
  "previousRole",
  "office",
  "factor",
  "mailFailure",
  "way",
  "provider",
]);
export const DATES: ReadonlySet<string> = new Set([
  "startedOn",
  "reviewOn",
  "periodFrom",
  "periodTo",
  "effectiveOn",
  "expiresOn",
  "lastDay",
  "reverifyOn",
  "startsOn",
  "endsOn",
  "dueOn",
  "fromOn",
  "toOn",
  "frozenOn",
]);
export const MOMENTS: ReadonlySet<string> = new Set(["expiresAt", "at", "from", "to", "asOf", "endsAt"]);

/** Kinds of events that a reader can ask for, by the first word of their types. */
export const EVENT_KINDS = {
  tools: ["tool", "deepseek_narrowing", "inference_path", "due_diligence", "block_list"],
  requests: ["tool_request", "tool_exception"],
  vendors: ["vendor", "baa", "file"],
  policies: ["policy", "attestation"],
  people: ["member", "access_review"],
  emergency: ["emergency_rule", "emergency_person", "emergency_access"],
  sign_ins: ["session", "account", "reset_link"],
  clinic: ["clinic", "location", "designation", "domain"],
  imports: ["import"],
  notices: ["notice", "mail", "first_steps"],
  evidence: ["evidence"],
} as const satisfies Record<string, readonly string[]>;

/** The event types of these kinds. */
export function typesOfKinds(kinds: readonly string[]): string[] {
  const firstWords = Object.entries(EVENT_KINDS).flatMap(([kind, words]) => (kinds.includes(kind) ? words : []));
  const types = EVENT_DEFINITIONS.map((definition) => definition.type);
  return types.filter((type) => firstWords.some((word) => type.startsWith(`${word}.`)));
}

export type LinkedEvent = {
  readonly seq: number;
  readonly recordedAt: string;
  readonly type: string;
  readonly body: string;
  /** Hex. */
  readonly prevLeaf: string;
  readonly leaf: string;
};

/** What the events before one leave for judging it. */
export type ChainState = { readonly nextSeq: number; readonly lastLeaf: string; readonly lastAt: string };

export const CHAIN_START: ChainState = { nextSeq: 0, lastLeaf: ZERO_LEAF, lastAt: "" };

/** Whether an event follows from those before it and is what its leaf says; the fault, or the state after it. */
export function judgeEvent(
  origin: string,
  state: ChainState,
  event: LinkedEvent,
): { fault: LedgerFault } | { state: ChainState } {
  if (event.seq !== state.nextSeq) return { fault: "sequence" };
  if (event.prevLeaf !== state.lastLeaf) return { fault: "chain" };
  if (!isRecordedAt(event.recordedAt) || event.recordedAt < state.lastAt) return { fault: "time" };
  const { seq, recordedAt, type } = event;
  const envelope: Envelope = {
    origin,
    seq,
    recordedAt,
    type,
    previous: event.prevLeaf,
    bodySha256: bodySha256(event.body),
  };
  if (leafHash(envelope) !== event.leaf) return { fault: "body" };
  return { state: { nextSeq: event.seq + 1, lastLeaf: event.leaf, lastAt: event.recordedAt } };
}

/** The members whom the sentence of an entry may name. */
export function peopleOf({ actor, data }: EventShown): string[] {
  return [actor.id, data.memberId].filter((id) => typeof id === "string");
}
