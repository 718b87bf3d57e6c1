import { Buffer } from "node:buffer";
import { parseCheckpoint, type SignedCheckpoint } from "#lib/proof/checkpoint.ts";
import { Malformed } from "#lib/proof/malformed.ts";
import { verifyInclusion } from "#lib/proof/merkle-verify.ts";
import { decodeBase64, parseCount } from "#lib/proof/text.ts";

/** First line of every proof of this format (c2sp.org/tlog-proof). */
export const TLOG_PROOF_FORMAT = "c2sp.org/tlog-proof@v1";

/** No tree of at most 2^53 leaves has a longer audit path. */
const PROOF_HASHES_MAX = 53;

export type TlogProof = {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint exactly as it stands in the proof. */
  readonly checkpointText: string;
  readonly checkpoint: SignedCheckpoint;
};

/** A receipt for one event: its index, its audit path and the signed checkpoint, as one text file. */
export function tlogProofText(index: number, hashes: readonly Uint8Array[], signedCheckpoint: string): string {
  const lines = hashes.map((hash) => `${Buffer.from(hash).toString("base64")}\n`);
  return `${TLOG_PROOF_FORMAT}\nindex ${index}\n${lines.join("")}\n${signedCheckpoint}`;
}

/** The parts of a receipt, nothing verified yet; Malformed when it is not exactly of the form (this project writes no extra line). */
export function parseTlogProof(text: string): TlogProof {
  const split = text.indexOf("\n\n");
  if (split < 0) throw new Malformed("the proof has no blank line before its checkpoint");
  const [format, indexLine, ...hashLines] = text.slice(0, split).split("\n");
  if (format !== TLOG_PROOF_FORMAT) throw new Malformed(`the proof does not begin with ${TLOG_PROOF_FORMAT}`);
  if (!indexLine?.startsWith("index ")) throw new Malformed("the proof has no index line");
  if (hashLines.length > PROOF_HASHES_MAX) throw new Malformed("the proof is longer than any tree is high");
  const checkpointText = text.slice(split + 2);
  return {
    index: parseCount(indexLine.slice("index ".length), "the proof's index"),
    hashes: hashLines.map(parseHashLine),
    checkpointText,
    checkpoint: parseCheckpoint(checkpointText),
  };
}

/** Whether the receipt's audit path leads from that 32-byte leaf to its checkpoint's root. The checkpoint's signature is not looked at. */
export function tlogProofCovers(proof: TlogProof, leaf: Uint8Array): boolean {
  const { size, root } = proof.checkpoint;
  return verifyInclusion({ leaf, index: proof.index, size, proof: proof.hashes, root });
}

function parseHashLine(line: string): Uint8Array {
  const hash = decodeBase64(line, "a hash of the proof");
  if (hash.length !== 32) throw new Malformed("a hash of the proof is not 32 bytes");
  return hash;
}
