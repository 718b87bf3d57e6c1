import { bodySha256 } from "#lib/proof/body.ts";
import { Contradiction } from "#lib/proof/check.ts";
import { checkpointSignedBy, parseCheckpoint, type SignedCheckpoint } from "#lib/proof/checkpoint.ts";
import { leafHash, ZERO_LEAF } from "#lib/proof/envelope.ts";
import { LOG_PATHS, type LoggedEnvelope, proofPath } from "#lib/proof/log-files.ts";
import { Malformed } from "#lib/proof/malformed.ts";
import { rootAt, sameHash } from "#lib/proof/merkle.ts";
import type { PackReading } from "#lib/proof/pack-reading.ts";
import { parseTlogProof, TLOG_PROOF_FORMAT, type TlogProof, tlogProofCovers } from "#lib/proof/tlog-proof.ts";

/** Row by row the envelopes are numbered 0, 1, 2 … */
export function checkSequence(pack: PackReading): string {
  const envelopes = pack.envelopes();
  for (const [index, { seq }] of envelopes.entries()) {
    if (seq !== index)
      throw new Contradiction(`event ${index} is missing or out of order: its row is numbered ${seq}`, index);
  }
  return `${envelopes.length} events, none left out`;
}

/** Each leaf is the hash of its own row under the checkpoint's origin. */
export function checkLeaves(pack: PackReading): string {
  const { origin } = pack.checkpoint();
  for (const envelope of pack.envelopes()) {
    if (leafOf(origin, envelope) !== envelope.leaf) {
      throw new Contradiction(
        `event ${envelope.seq} was changed: its leaf is not the hash of its envelope`,
        envelope.seq,
      );
    }
  }
  return "every leaf is the hash of its envelope";
}

/** Each row names the leaf before it. */
export function checkChain(pack: PackReading): string {
  let last = ZERO_LEAF;
  for (const { seq, previous, leaf } of pack.envelopes()) {
    if (previous !== last)
      throw new Contradiction(`the chain breaks at event ${seq}: it does not follow the event before it`, seq);
    last = leaf;
  }
  return "every event names the one before it";
}

/** Times never decrease. */
export function checkTime(pack: PackReading): string {
  const envelopes = pack.envelopes();
  let last = "";
  for (const { seq, recordedAt } of envelopes) {
    if (recordedAt < last)
      throw new Contradiction(`event ${seq} was recorded at ${recordedAt}, before the event it follows`, seq);
    last = recordedAt;
  }
  const first = envelopes[0]?.recordedAt;
  return first === undefined
    ? "no events"
    : `from ${first} to ${last} by the ledger's own clock; no outside time is attached`;
}

/** The checkpoint is signed by the log key, and its size and root are those of the leaves. */
export function checkCheckpoint(pack: PackReading): string {
  const checkpoint = pack.checkpoint();
  if (!checkpointSignedBy(checkpoint, pack.keys().log))
    throw new Contradiction(`${LOG_PATHS.checkpoint} is not signed by the log key of this pack`);
  const count = pack.envelopes().length;
  if (checkpoint.size !== count) {
    throw new Contradiction(
      `${LOG_PATHS.checkpoint} speaks of ${checkpoint.size} events, ${LOG_PATHS.envelopes} has ${count}`,
    );
  }
  assertPrefix(pack, checkpoint, LOG_PATHS.checkpoint);
  return `signed for ${checkpoint.origin}, ${checkpoint.size} events, root recomputed`;
}

/** Each listed event is the one of its envelope, and its body's text has the envelope's hash. */
export function checkBodies(pack: PackReading): string {
  const envelopes = new Map(pack.envelopes().map((envelope) => [envelope.seq, envelope]));
  for (const event of pack.events()) {
    const { seq } = event;
    const envelope = envelopes.get(seq);
    if (envelope === undefined)
      throw new Contradiction(`event ${seq} of ${LOG_PATHS.events} is not in ${LOG_PATHS.envelopes}`, seq);
    if (!sameEnvelope(envelope, event))
      throw new Contradiction(`event ${seq} differs between ${LOG_PATHS.events} and ${LOG_PATHS.envelopes}`, seq);
    if (bodySha256(event.body) !== envelope.bodySha256) {
      throw new Contradiction(`the body of event ${seq} was changed: its SHA-256 is not the one in its envelope`, seq);
    }
  }
  return `${pack.bodies().size} of ${envelopes.size} events have their body here, each as it was recorded`;
}

/** Each receipt under log/proofs/ is for the event of its name and leads to a signed checkpoint that this log extends. */
export function checkProofs(pack: PackReading): string {
  const paths = [...pack.files.keys()].filter((path) => path.startsWith(LOG_PATHS.proofs)).sort();
  for (const path of paths) {
    const proof = parsed(path, () => parseTlogProof(pack.text(path)));
    if (path !== proofPath(proof.index))
      throw new Contradiction(`${path} is a receipt for event ${proof.index}`, proof.index);
    assertReceipt(pack, proof, path);
  }
  return `${paths.length} receipts lead to signed checkpoints of this log`;
}

/** Each checkpoint or receipt from elsewhere is signed by this log and is a prefix of what this pack holds. */
export function checkOtherCheckpoints(pack: PackReading, others: readonly string[]): string {
  for (const [index, text] of others.entries()) {
    const name = `the other checkpoint no. ${index + 1}`;
    if (text.startsWith(`${TLOG_PROOF_FORMAT}\n`)) {
      assertReceipt(
        pack,
        parsed(name, () => parseTlogProof(text)),
        name,
      );
    } else {
      assertOurs(
        pack,
        parsed(name, () => parseCheckpoint(text)),
        name,
      );
    }
  }
  return others.length === 0
    ? "none was given to compare with"
    : `${others.length} from elsewhere, each a prefix of this log`;
}

function assertReceipt(pack: PackReading, proof: TlogProof, name: string): void {
  assertOurs(pack, proof.checkpoint, name);
  const leaf = pack.tree().levels[0]?.[proof.index];
  if (leaf === undefined || !tlogProofCovers(proof, leaf)) {
    throw new Contradiction(
      `${name} does not lead from event ${proof.index} of this log to its checkpoint`,
      proof.index,
    );
  }
}

function assertOurs(pack: PackReading, checkpoint: SignedCheckpoint, name: string): void {
  if (!checkpointSignedBy(checkpoint, pack.keys().log))
    throw new Contradiction(`${name} is not signed by the log key of this pack`);
  assertPrefix(pack, checkpoint, name);
}

function assertPrefix(pack: PackReading, { size, root }: SignedCheckpoint, name: string): void {
  const tree = pack.tree();
  if (size > tree.size) {
    throw new Contradiction(
      `${name} is of ${size} events, this pack ends at ${tree.size}: it was made earlier, or the log was cut`,
    );
  }
  if (!sameHash(rootAt(tree, size), root)) {
    throw new Contradiction(`${name} is not a prefix of this log: the first ${size} events have another root`);
  }
}

function leafOf(origin: string, envelope: LoggedEnvelope): string | null {
  try {
    return leafHash({ origin, ...envelope });
  } catch (error) {
    if (error instanceof Malformed) throw new Contradiction(`event ${envelope.seq}: ${error.message}`, envelope.seq);
    throw error;
  }
}

function sameEnvelope(left: LoggedEnvelope, right: LoggedEnvelope): boolean {
  const sameContent =
    left.type === right.type && left.recordedAt === right.recordedAt && left.bodySha256 === right.bodySha256;
  return sameContent && left.previous === right.previous && left.leaf === right.leaf;
}

function parsed<T>(name: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Malformed) throw new Contradiction(`${name}: ${error.message}`);
    throw error;
  }
}
