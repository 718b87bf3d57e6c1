import "server-only";
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
const RECORD_IDS = ["decisionId", "versionId", "terminationId", "checkId", "attestationId"] as const;

/** Which event recorded which record, the first one: object ids, and the records that events name beside their objects. */
export async function recordSeqs(tx: ClinicTx, size: number): Promise<Map<string, number>> {
  const seqs = new Map<string, number>();
  for await (const { seq, body } of eventsUpTo(tx, size)) {
    const { object, data } = JSON.parse(body) as { object: { id: string }; data: Record<string, unknown> };
    for (const id of [object.id, ...RECORD_IDS.map((name) => data[name])]) {
      if (typeof id === "string" && !seqs.has(id)) seqs.set(id, seq);
    }
  }
  return seqs;
}
