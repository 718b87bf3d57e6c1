import "server-only";
import type { PackMoment } from "#lib/domain/clinic/evidence.ts";
import { type Saying, sentenceOf } from "#lib/domain/ledger/rules.ts";
import { eventsUpTo, listOpenings, type StoredEvent, shown } from "#lib/domain/ledger/store.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { bodySha256 } from "#lib/proof/body.ts";
import { parseOpening } from "#lib/proof/commitment.ts";
import { toHex } from "#lib/proof/hash.ts";
import type { Disclosure, LoggedEnvelope, LoggedEvent } from "#lib/proof/log-files.ts";

export type PackLog = {
  readonly envelopes: LoggedEnvelope[];
  readonly events: Array<LoggedEvent & { readonly sentence: string }>;
  readonly disclosures: Disclosure[];
};

type LogRequest = {
  readonly clinicId: string;
  /** How many events the pack covers, from the first. */
  readonly size: number;
  /** Moments between which events are listed with their bodies; null for all. */
  readonly period: { readonly from: Date; readonly to: Date } | null;
  readonly saying: Saying;
};

/** The log of a pack: every envelope, and of the events of the period the exact body, the openings and a sentence. */
export async function packLog(tx: ClinicTx, { clinicId, size, period, saying }: LogRequest): Promise<PackLog> {
  const envelopes: LoggedEnvelope[] = [];
  const listed: Array<{ event: StoredEvent; logged: LoggedEvent }> = [];
  for await (const event of eventsUpTo(tx, size)) {
    const { seq, stamp: recordedAt, type, body } = event;
    const hashes = { previous: toHex(event.prevLeaf), bodySha256: bodySha256(body), leaf: toHex(event.leaf) };
    const envelope: LoggedEnvelope = { seq, recordedAt, type, ...hashes };
    envelopes.push(envelope);
    if (within(period, recordedAt)) listed.push({ event, logged: { ...envelope, body } });
  }
  const first = listed[0]?.event.seq ?? 0;
  const below = (listed.at(-1)?.event.seq ?? -1) + 1;
  const openings = await listOpenings(tx, clinicId, { from: first, below });
  const opened = new Map<string, Map<string, string>>();
  for (const { eventId, opening } of openings) {
    const { path, value } = parseOpening(opening);
    opened.set(eventId, (opened.get(eventId) ?? new Map<string, string>()).set(path, value));
  }
  const events = listed.map(({ event, logged }) => {
    return { ...logged, sentence: sentenceOf(shown(event, opened.get(event.eventId) ?? new Map()), saying) };
  });
  return { envelopes, events, disclosures: openings.map(({ seq, opening }) => ({ seq, opening })) };
}

function within(period: LogRequest["period"], recordedAt: string): boolean {
  if (period === null) return true;
  const at = new Date(recordedAt);
  return at >= period.from && at <= period.to;
}

// Where an event is about one object and makes another record of it, that record's id stands under one of these names.
const RECORD_IDS = [
  "decisionId",
  "versionId",
  "terminationId",
  "checkId",
  "attestationId",
  "fileId",
  "endingId",
] as const;

/** Which events of a ledger of this size recorded which record, and what happened to it later: see `PackMoment`. */
export async function recordSeqs(tx: ClinicTx, size: number): Promise<Pick<PackMoment, "seqOf" | "seqsOf">> {
  const about = new Map<string, Array<{ readonly seq: number; readonly type: string }>>();
  for await (const { seq, type, body } of eventsUpTo(tx, size)) {
    const { object, data } = JSON.parse(body) as { object: { id: string }; data: Record<string, unknown> };
    for (const id of new Set([object.id, ...RECORD_IDS.map((name) => data[name])])) {
      if (typeof id !== "string") continue;
      const events = about.get(id);
      if (events === undefined) about.set(id, [{ seq, type }]);
      else events.push({ seq, type });
    }
  }
  const seqsOf: PackMoment["seqsOf"] = (recordId, ...types) => {
    const events = about.get(recordId) ?? [];
    const asked: readonly string[] = types;
    return events.filter(({ type }) => asked.length === 0 || asked.includes(type)).map(({ seq }) => seq);
  };
  return { seqsOf, seqOf: (recordId, ...types) => seqsOf(recordId, ...types)[0] ?? null };
}
