import { Buffer } from "node:buffer";
import { describe, expect, test } from "vitest";
import { hashFromHex, sha256, toHex } from "#lib/proof/hash.ts";
import {
  appendLeaves,
  consistencyProof,
  EMPTY_FRONTIER,
  EMPTY_ROOT,
  frontierRoot,
  inclusionProof,
  merkleRoot,
  merkleTree,
  rootAt,
} from "#lib/proof/merkle.ts";
import { verifyConsistency, verifyInclusion } from "#lib/proof/merkle-verify.ts";
import {
  CONSISTENCY_VECTORS,
  EMPTY_TREE,
  INCLUSION_VECTORS,
  LEAF_DATA,
  ROOTS,
  SOME_HASH,
  spoiltConsistencies,
  spoiltInclusions,
} from "#tests/support/merkle-vectors.ts";

const leaves = LEAF_DATA.map((hex) => sha256(new Uint8Array([0]), Buffer.from(hex, "hex")));
const tree = merkleTree(leaves);

function rootOf(size: number): Uint8Array {
  return ROOTS[size - 1] ?? EMPTY_TREE;
}

describe("the tree over the eight reference leaves", () => {
  test("has the reference root at every size, however it is computed", () => {
    expect(EMPTY_ROOT).toEqual(EMPTY_TREE);
    let frontier = EMPTY_FRONTIER;
    for (const [index, root] of ROOTS.entries()) {
      frontier = appendLeaves(frontier, leaves.slice(index, index + 1));
      expect(toHex(frontierRoot(frontier))).toBe(toHex(root));
      expect(toHex(rootAt(tree, index + 1))).toBe(toHex(root));
      expect(toHex(merkleRoot(leaves.slice(0, index + 1)))).toBe(toHex(root));
    }
  });

  test.each(INCLUSION_VECTORS)("gives the reference audit path for leaf %i of %i", (leaf, size, proof) => {
    expect(inclusionProof(tree, leaf - 1, size).map(toHex)).toEqual(proof);
  });

  test.each(CONSISTENCY_VECTORS)("gives the reference consistency proof from %i to %i", (oldSize, newSize, proof) => {
    expect(consistencyProof(tree, oldSize, newSize).map(toHex)).toEqual(proof);
  });
});

describe("an audit path", () => {
  test.each(INCLUSION_VECTORS)(
    "for leaf %i of %i is accepted as it is and refused spoilt in any of the reference ways",
    (leaf, size, hex) => {
      const claim = {
        leaf: leaves[leaf - 1] ?? SOME_HASH,
        index: leaf - 1,
        size,
        proof: hex.map(hashFromHex),
        root: rootOf(size),
      };
      expect(verifyInclusion(claim)).toBe(true);
      for (const [way, spoilt] of spoiltInclusions(claim)) expect([way, verifyInclusion(spoilt)]).toEqual([way, false]);
    },
  );

  test.each([
    [0, 0],
    [0, 1],
    [1, 0],
    [2, 1],
  ])("without hashes is refused at index %i of size %i for a foreign leaf or root", (index, size) => {
    const nothing = new Uint8Array();
    for (const [leaf, root] of [
      [SOME_HASH, nothing],
      [nothing, EMPTY_TREE],
      [SOME_HASH, EMPTY_TREE],
    ] as const) {
      expect(verifyInclusion({ leaf, index, size, proof: [], root })).toBe(false);
    }
  });

  test("is refused for an index or size that is no count", () => {
    for (const bad of [-1, 0.5, Number.NaN, 2 ** 53]) {
      expect(verifyInclusion({ leaf: SOME_HASH, index: bad, size: 1, proof: [], root: SOME_HASH })).toBe(false);
      expect(verifyInclusion({ leaf: SOME_HASH, index: 0, size: bad, proof: [], root: SOME_HASH })).toBe(false);
    }
  });
});

describe("a consistency proof", () => {
  test.each(CONSISTENCY_VECTORS.slice(1))(
    "from %i to %i is accepted as it is and refused spoilt in any of the reference ways",
    (oldSize, newSize, hex) => {
      const claim = {
        oldSize,
        newSize,
        oldRoot: rootOf(oldSize),
        newRoot: rootOf(newSize),
        proof: hex.map(hashFromHex),
      };
      expect(verifyConsistency(claim)).toBe(true);
      for (const [way, spoilt] of spoiltConsistencies(claim))
        expect([way, verifyConsistency(spoilt)]).toEqual([way, false]);
    },
  );

  test("from nothing or to the same size is empty, and the roots are what they must be", () => {
    const same = { oldSize: 3, oldRoot: rootOf(3), newSize: 3, newRoot: rootOf(3), proof: [] };
    expect(verifyConsistency(same)).toBe(true);
    expect(verifyConsistency({ ...same, newRoot: rootOf(4) })).toBe(false);
    expect(verifyConsistency({ ...same, proof: [EMPTY_TREE] })).toBe(false);
    const fromNothing = { oldSize: 0, oldRoot: EMPTY_TREE, newSize: 3, newRoot: rootOf(3), proof: [] };
    expect(verifyConsistency(fromNothing)).toBe(true);
    expect(verifyConsistency({ ...fromNothing, proof: [EMPTY_TREE] })).toBe(false);
    expect(verifyConsistency({ ...fromNothing, oldRoot: SOME_HASH })).toBe(false);
  });

  test("is refused for a tree that shrank or an empty proof between two sizes", () => {
    expect(verifyConsistency({ oldSize: 2, oldRoot: rootOf(2), newSize: 1, newRoot: rootOf(1), proof: [] })).toBe(
      false,
    );
    expect(verifyConsistency({ oldSize: 1, oldRoot: rootOf(1), newSize: 2, newRoot: rootOf(2), proof: [] })).toBe(
      false,
    );
  });
});

test("every path and proof of trees of up to 40 leaves is accepted for its own place and refused for its neighbours'", () => {
  const many = Array.from({ length: 40 }, (_, index) => sha256(`leaf ${index}`));
  const big = merkleTree(many);
  for (let size = 1; size <= many.length; size += 1) {
    const root = rootAt(big, size);
    for (const [index, leaf] of many.slice(0, size).entries()) {
      const claim = { leaf, index, size, proof: inclusionProof(big, index, size), root };
      expect(verifyInclusion(claim)).toBe(true);
      expect(verifyInclusion({ ...claim, index: index + 1 })).toBe(false);
    }
    for (let oldSize = 1; oldSize < size; oldSize += 1) {
      const claim = {
        oldSize,
        oldRoot: rootAt(big, oldSize),
        newSize: size,
        newRoot: root,
        proof: consistencyProof(big, oldSize, size),
      };
      expect(verifyConsistency(claim)).toBe(true);
      expect(verifyConsistency({ ...claim, oldRoot: rootAt(big, oldSize - 1) })).toBe(false);
    }
  }
});

test("a hash of another length is refused where a tree is built", () => {
  expect(() => merkleTree([new Uint8Array(31)])).toThrow(RangeError);
  expect(() => appendLeaves(EMPTY_FRONTIER, [new Uint8Array(33)])).toThrow(RangeError);
  expect(() => inclusionProof(tree, 8)).toThrow(RangeError);
  expect(() => consistencyProof(tree, 9)).toThrow(RangeError);
});
