import { EMPTY_ROOT, nodeHash, sameHash } from "#lib/proof/merkle.ts";

export type InclusionClaim = {
  /** 32-byte leaf hash. */
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
};

export type ConsistencyClaim = {
  readonly oldSize: number;
  readonly oldRoot: Uint8Array;
  readonly newSize: number;
  readonly newRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
};

/** Whether an RFC 6962 audit path is exactly the one for that leaf at that index in the tree of that size and root (RFC 9162 §2.1.3.2). */
export function verifyInclusion(claim: InclusionClaim): boolean {
  const { leaf, index, size, proof, root } = claim;
  if (!isCount(index) || !isCount(size) || index >= size || !allHashes([leaf, root, ...proof])) return false;
  let node = leaf;
  let position = index;
  let last = size - 1;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      node = nodeHash(sibling, node);
      while (position % 2 === 0 && position !== 0) {
        position = half(position);
        last = half(last);
      }
    } else {
      node = nodeHash(node, sibling);
    }
    position = half(position);
    last = half(last);
  }
  return last === 0 && sameHash(node, root);
}

/** Whether the tree of `newSize` and `newRoot` provably begins with the tree of `oldSize` and `oldRoot` (RFC 9162 §2.1.4.2). */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { oldSize, oldRoot, newSize, newRoot, proof } = claim;
  if (!isCount(oldSize) || !isCount(newSize) || oldSize > newSize || !allHashes([oldRoot, newRoot, ...proof]))
    return false;
  if (oldSize === newSize) return proof.length === 0 && sameHash(oldRoot, newRoot);
  if (oldSize === 0) return proof.length === 0 && sameHash(oldRoot, EMPTY_ROOT);
  return climb(claim);
}

function climb(claim: ConsistencyClaim): boolean {
  let position = claim.oldSize - 1;
  let last = claim.newSize - 1;
  while (position % 2 === 1) {
    position = half(position);
    last = half(last);
  }
  // A complete old tree is itself the first node, and the proof leaves it out.
  const [start, ...rest] = position === 0 ? [claim.oldRoot, ...claim.proof] : claim.proof;
  if (start === undefined || claim.proof.length === 0) return false;
  let oldNode = start;
  let newNode = start;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      oldNode = nodeHash(sibling, oldNode);
      newNode = nodeHash(sibling, newNode);
      while (position % 2 === 0 && position !== 0) {
        position = half(position);
        last = half(last);
      }
    } else {
      newNode = nodeHash(newNode, sibling);
    }
    position = half(position);
    last = half(last);
  }
  return last === 0 && sameHash(oldNode, claim.oldRoot) && sameHash(newNode, claim.newRoot);
}

// Sizes may exceed 32 bits, which JavaScript's shift operators cut off.
function half(count: number): number {
  return Math.floor(count / 2);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function allHashes(values: readonly Uint8Array[]): boolean {
  return values.every((value) => value.length === 32);
}
