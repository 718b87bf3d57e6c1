import { isSha256Hex, sha256Hex } from "#lib/proof/hash.ts";
import { Malformed } from "#lib/proof/malformed.ts";

/** First line of every envelope: the name and version of this format. */
const ENVELOPE_FORMAT = "wardbook-ledger/v1";

/** The previous leaf of the first event of a ledger. */
export const ZERO_LEAF = "0".repeat(64);

/** What is hashed into a ledger for one event. It names nobody, so it can be kept and shown for ever. */
export type Envelope = {
  /** `<host>/c/<opaque clinic id>/<epoch>` */
  readonly origin: string;
  /** Position in the ledger, from 0. */
  readonly seq: number;
  /** Database clock in UTC with microseconds: `YYYY-MM-DDTHH:MM:SS.ffffffZ`. */
  readonly recordedAt: string;
  readonly type: string;
  /** Leaf hash of the event before, 64 lower-case hex; `ZERO_LEAF` for the first. */
  readonly previous: string;
  /** SHA-256 of the exact body text, 64 lower-case hex. */
  readonly bodySha256: string;
};

const ORIGIN = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$/;
const RECORDED_AT =
  /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z$/;
const TYPE = /^[a-z0-9_.]{1,64}$/;

/** Whether a text is a moment as envelopes write it, to the microsecond and in UTC. */
export function isRecordedAt(text: string): boolean {
  return RECORDED_AT.test(text);
}

/** Throws Malformed, naming the field, when an envelope can't be written without ambiguity. */
function assertEnvelope(envelope: Envelope): void {
  if (!ORIGIN.test(envelope.origin)) throw new Malformed("the origin is not of the form host/c/clinic/epoch");
  if (!Number.isSafeInteger(envelope.seq) || envelope.seq < 0)
    throw new Malformed("the sequence number is not a count");
  if (!RECORDED_AT.test(envelope.recordedAt)) throw new Malformed("the time is not UTC with microseconds");
  if (!TYPE.test(envelope.type)) throw new Malformed("the type is not 1 to 64 characters of a-z 0-9 _ .");
  if (!isSha256Hex(envelope.previous)) throw new Malformed("the previous leaf is not a SHA-256 in hex");
  if (!isSha256Hex(envelope.bodySha256)) throw new Malformed("the body hash is not a SHA-256 in hex");
}

/** The exact seven lines, each ended by LF, that are hashed. Throws Malformed for a field out of form. */
export function envelopeText(envelope: Envelope): string {
  assertEnvelope(envelope);
  const { origin, seq, recordedAt, type, previous, bodySha256 } = envelope;
  return `${ENVELOPE_FORMAT}\n${origin}\n${seq}\n${recordedAt}\n${type}\n${previous}\n${bodySha256}\n`;
}

/** The RFC 6962 leaf hash of an envelope, SHA-256(0x00 ‖ envelope text), as 64 lower-case hex characters. */
export function leafHash(envelope: Envelope): string {
  return sha256Hex(`\u0000${envelopeText(envelope)}`);
}
