import { Buffer } from "node:buffer";
import { hash } from "node:crypto";
import { sameBytes, sha256 } from "#lib/proof/hash.ts";

/** Bytes of every hash in the tree. */
const HASH_BYTES = 32;

/** The RFC 6962 root of a tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Uint8Array = sha256("");

/** RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right). Both sides are 32-byte hashes; RangeError otherwise. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  assertHash(left);
  assertHash(right);
  const input = Buffer.allocUnsafe(1 + 2 * HASH_BYTES);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 1 + HASH_BYTES);
  return hash("sha256", input, "buffer");
}

/** The roots of the complete subtrees of a growing tree, largest first: at most log2(size) + 1 hashes stand for all leaves. */
export type Frontier = { readonly size: number; readonly hashes: readonly Uint8Array[] };

/** The frontier of a tree without leaves. */
export const EMPTY_FRONTIER: Frontier = { size: 0, hashes: [] };

/** The frontier after appending leaf hashes, in order. */
export function appendLeaves(frontier: Frontier, leaves: Iterable<Uint8Array>): Frontier {
  const hashes = [...frontier.hashes];
  let size = frontier.size;
  for (const leaf of leaves) {
    assertHash(leaf);
    let node = leaf;
    // Each trailing 1 bit of the size is a complete subtree that now meets its right sibling.
    for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = hashes.pop();
      if (left === undefined) throw new RangeError("the frontier's hashes do not fit its size");
      node = nodeHash(left, node);
    }
    hashes.push(node);
    size += 1;
  }
  return { size, hashes };
}

/** The RFC 6962 root of the tree a frontier stands for. */
export function frontierRoot(frontier: Frontier): Uint8Array {
  const [last, ...others] = [...frontier.hashes].reverse();
  if (last === undefined) return EMPTY_ROOT;
  return others.reduce((right, left) => nodeHash(left, right), last);
}

/** The RFC 6962 root over leaf hashes (32 bytes each, already hashed with 0x00). */
export function merkleRoot(leaves: Iterable<Uint8Array>): Uint8Array {
  return frontierRoot(appendLeaves(EMPTY_FRONTIER, leaves));
}

/** A whole tree in memory; `levels[k][i]` is the root of the complete subtree over the leaves i·2^k … (i+1)·2^k − 1. */
export type MerkleTree = { readonly size: number; readonly levels: ReadonlyArray<readonly Uint8Array[]> };

/** Builds a tree from leaf hashes, so that roots and proofs at any size cost no more than log² steps. */
export function merkleTree(leaves: readonly Uint8Array[]): MerkleTree {
  leaves.forEach(assertHash);
  const levels: Uint8Array[][] = [[...leaves]];
  for (let below = levels[0] ?? []; below.length >= 2; ) {
    const level: Uint8Array[] = [];
    for (let index = 0; index + 1 < below.length; index += 2)
      level.push(nodeHash(at(below, index), at(below, index + 1)));
    levels.push(level);
    below = level;
  }
  return { size: leaves.length, levels };
}

/** The root of the tree's first `size` leaves. RangeError when it has fewer. */
export function rootAt(tree: MerkleTree, size: number): Uint8Array {
  assertSize(tree, size);
  return size === 0 ? EMPTY_ROOT : rangeRoot(tree, 0, size);
}

/** RFC 6962 §2.1.1: the audit path of one leaf in the tree of the first `size` leaves, from the leaf's sibling up. */
export function inclusionProof(tree: MerkleTree, index: number, size: number = tree.size): Uint8Array[] {
  assertSize(tree, size);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new RangeError("no such leaf in this tree");
  const proof: Uint8Array[] = [];
  for (let from = 0, to = size; to - from > 1; ) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      proof.push(rangeRoot(tree, middle, to));
      to = middle;
    } else {
      proof.push(rangeRoot(tree, from, middle));
      from = middle;
    }
  }
  return proof.reverse();
}

/** RFC 6962 §2.1.2: the proof that the tree of `newSize` leaves begins with the tree of `oldSize` leaves. */
export function consistencyProof(tree: MerkleTree, oldSize: number, newSize: number = tree.size): Uint8Array[] {
  assertSize(tree, newSize);
  if (!Number.isSafeInteger(oldSize) || oldSize < 0 || oldSize > newSize)
    throw new RangeError("the old size is no prefix");
  if (oldSize === 0 || oldSize === newSize) return [];
  const proof: Uint8Array[] = [];
  let from = 0;
  let to = newSize;
  while (to !== oldSize) {
    const middle = from + splitOf(to - from);
    if (oldSize <= middle) {
      proof.push(rangeRoot(tree, middle, to));
      to = middle;
    } else {
      proof.push(rangeRoot(tree, from, middle));
      from = middle;
    }
  }
  // When the old tree is one complete subtree from the left edge, its verifier already has that root.
  if (from !== 0) proof.push(rangeRoot(tree, from, to));
  return proof.reverse();
}

function rangeRoot(tree: MerkleTree, from: number, to: number): Uint8Array {
  const count = to - from;
  const level = Math.log2(count);
  if (Number.isInteger(level)) return at(tree.levels[level] ?? [], from / count);
  const middle = from + splitOf(count);
  return nodeHash(rangeRoot(tree, from, middle), rangeRoot(tree, middle, to));
}

/** The largest power of two below `count`. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

function assertSize(tree: MerkleTree, size: number): void {
  if (!Number.isSafeInteger(size) || size < 0 || size > tree.size) throw new RangeError("the tree is not that large");
}

function assertHash(bytes: Uint8Array): void {
  if (bytes.length !== HASH_BYTES) throw new RangeError("a hash in the tree has 32 bytes");
}

function at(hashes: readonly Uint8Array[], index: number): Uint8Array {
  const found = hashes[index];
  if (found === undefined) throw new RangeError("no such node in this tree");
  return found;
}

/** Whether two hashes are the same 32 bytes; false for any other length. */
export function sameHash(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === HASH_BYTES && sameBytes(left, right);
}
