import { Buffer } from "node:buffer";
import { hashFromHex } from "#lib/proof/hash.ts";
import type { ConsistencyClaim, InclusionClaim } from "#lib/proof/merkle-verify.ts";

// Leaves, roots, proofs and the ways to spoil them: github.com/transparency-dev/merkle, proof/verify_test.go (Apache-2.0).

export const LEAF_DATA = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
];
export const ROOTS = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
].map(hashFromHex);
export const EMPTY_TREE = hashFromHex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
export const SOME_HASH = hashFromHex("abacaba000000000000000000000000000000000000000000060061e00123456");

/** 1-based leaf, size, proof. */
export const INCLUSION_VECTORS: ReadonlyArray<readonly [number, number, readonly string[]]> = [
  [1, 1, []],
  [
    1,
    8,
    [
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
  ],
  [
    6,
    8,
    [
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
  ],
  [3, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]],
  [
    2,
    5,
    [
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
  ],
];

export const CONSISTENCY_VECTORS: ReadonlyArray<readonly [number, number, readonly string[]]> = [
  [1, 1, []],
  [
    1,
    8,
    [
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
  ],
  [
    6,
    8,
    [
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
  ],
  [
    2,
    5,
    [
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
  ],
  [
    6,
    7,
    [
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
  ],
];

/** The reference ways to spoil an audit path that is right. */
export function spoiltInclusions(claim: InclusionClaim): Array<[string, InclusionClaim]> {
  const { index, size, proof, root } = claim;
  const nothing = new Uint8Array();
  const spoilt: Array<[string, InclusionClaim]> = [
    ["index - 1", { ...claim, index: index - 1 }],
    ["index + 1", { ...claim, index: index + 1 }],
    ["index ^ 2", { ...claim, index: index ^ 2 }],
    ["size * 2", { ...claim, size: size * 2 }],
    ["size / 2", { ...claim, size: Math.floor(size / 2) }],
    ["wrong leaf", { ...claim, leaf: Buffer.from("WrongLeaf") }],
    ["empty root", { ...claim, root: EMPTY_TREE }],
    ["random root", { ...claim, root: SOME_HASH }],
    ["trailing garbage", { ...claim, proof: [...proof, nothing] }],
    ["trailing root", { ...claim, proof: [...proof, root] }],
    ["preceding garbage", { ...claim, proof: [nothing, ...proof] }],
    ["preceding root", { ...claim, proof: [root, ...proof] }],
    ...proof.map((_, at): [string, InclusionClaim] => [
      `modified proof[${at}]`,
      { ...claim, proof: flipped(proof, at, 8) },
    ]),
  ];
  if (proof.length > 0) spoilt.push(["removed component", { ...claim, proof: proof.slice(0, -1) }]);
  if (proof.length > 1)
    spoilt.push(["inserted component", { ...claim, proof: [...proof.slice(0, 1), SOME_HASH, ...proof.slice(1)] }]);
  return spoilt;
}

/** The reference ways to spoil a consistency proof that is right. */
export function spoiltConsistencies(claim: ConsistencyClaim): Array<[string, ConsistencyClaim]> {
  const { oldSize, newSize, oldRoot, newRoot, proof } = claim;
  const wrongRoot = Buffer.from("WrongRoot");
  return [
    ["old size - 1", { ...claim, oldSize: oldSize - 1 }],
    ["old size + 1", { ...claim, oldSize: oldSize + 1 }],
    ["old size ^ 2", { ...claim, oldSize: oldSize ^ 2 }],
    ["new size * 2", { ...claim, newSize: newSize * 2 }],
    ["new size / 2", { ...claim, newSize: Math.floor(newSize / 2) }],
    ["wrong old root", { ...claim, oldRoot: wrongRoot }],
    ["wrong new root", { ...claim, newRoot: wrongRoot }],
    ["swapped roots", { ...claim, oldRoot: newRoot, newRoot: oldRoot }],
    ["empty proof", { ...claim, proof: [] }],
    ["trailing garbage", { ...claim, proof: [...proof, new Uint8Array()] }],
    ["trailing old root", { ...claim, proof: [...proof, oldRoot] }],
    ["trailing new root", { ...claim, proof: [...proof, newRoot] }],
    ["preceding garbage", { ...claim, proof: [new Uint8Array(), ...proof] }],
    ["preceding old root", { ...claim, proof: [oldRoot, ...proof] }],
    ["preceding new root", { ...claim, proof: [newRoot, ...proof] }],
    ["preceding proof[0]", { ...claim, proof: [...proof.slice(0, 1), ...proof] }],
    ["truncated proof", { ...claim, proof: proof.slice(0, -1) }],
    ...proof.map((_, at): [string, ConsistencyClaim] => [
      `modified proof[${at}]`,
      { ...claim, proof: flipped(proof, at, 16) },
    ]),
  ];
}

function flipped(proof: readonly Uint8Array[], at: number, bit: number): Uint8Array[] {
  return proof.map((hash, index) => (index === at ? Buffer.from([(hash[0] ?? 0) ^ bit, ...hash.subarray(1)]) : hash));
}
