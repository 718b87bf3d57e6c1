import { Buffer } from "node:buffer";
import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { checkpointSignedBy, parseCheckpoint, signCheckpoint } from "#lib/proof/checkpoint.ts";
import { sha256, toHex } from "#lib/proof/hash.ts";
import { Malformed } from "#lib/proof/malformed.ts";
import { consistencyProof, inclusionProof, merkleTree, rootAt } from "#lib/proof/merkle.ts";
import { encodeNoteKey, noteKeyOf, noteSignedBy, parseNote, parseNoteKey, signNote } from "#lib/proof/note.ts";
import { decideSigning, type SignedState } from "#lib/proof/signer.ts";
import { parseTlogProof, tlogProofCovers, tlogProofText } from "#lib/proof/tlog-proof.ts";

// The example of golang.org/x/mod/sumdb/note (note.go and example_test.go, BSD-3-Clause).
const PETER_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const PETER_SECRET = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const PETER_TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER_NOTE = `${PETER_TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

// The example of c2sp.org/tlog-checkpoint (its key is not published with it).
const BEHIND_THE_SOFA =
  "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

// The example of c2sp.org/signed-note, whose text holds a blank line.
const QUASIMODO =
  "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";

const { privateKey } = generateKeyPairSync("ed25519");
const ORIGIN = "wardbook.example/c/8f3a2c/1";

describe("a signed note", () => {
  test("of the Go reference verifies with its key", () => {
    expect(noteSignedBy(parseNote(PETER_NOTE), parseNoteKey(PETER_KEY))).toBe(true);
  });

  test("is made byte for byte as the Go reference makes it", () => {
    expect(signNote(PETER_TEXT, "PeterNeumann", peterPrivateKey())).toBe(PETER_NOTE);
    expect(encodeNoteKey(noteKeyOf("PeterNeumann", peterPrivateKey()))).toBe(PETER_KEY);
  });

  test("may hold blank lines in its text", () => {
    const note = parseNote(QUASIMODO);
    expect(note.text.split("\n")).toHaveLength(5);
    expect(note.signatures.map(({ name }) => name)).toEqual(["quasimodo.example/salvatore"]);
  });

  test("does not verify with a changed text or another key of the same name", () => {
    expect(noteSignedBy(parseNote(PETER_NOTE.replace("problem is", "trouble is")), parseNoteKey(PETER_KEY))).toBe(
      false,
    );
    expect(noteSignedBy(parseNote(PETER_NOTE), noteKeyOf("PeterNeumann", privateKey))).toBe(false);
  });

  test.each([
    ["has no signature", PETER_TEXT],
    ["has no blank line", PETER_NOTE.replace("\n\n", "\n")],
    ["lacks its last line feed", PETER_NOTE.slice(0, -1)],
    ["has a hyphen for a dash", PETER_NOTE.replace("—", "-")],
    ["has an unpadded signature", PETER_NOTE.replace("JnAM=", "JnAM")],
    ["has two spaces in its signature line", PETER_NOTE.replace("Neumann ", "Neumann  ")],
    ["has a control character", PETER_NOTE.replace("your", "\u0007our")],
    ["has Windows line ends", PETER_NOTE.replaceAll("\n", "\r\n")],
    ["has seventeen signatures", PETER_NOTE + PETER_NOTE.slice(PETER_NOTE.indexOf("—")).repeat(16)],
  ])("is refused when it %s", (_, note) => {
    expect(() => parseNote(note)).toThrow(Malformed);
  });

  test("key is refused in every shortened or altered spelling", () => {
    for (let cut = 1; cut < PETER_KEY.length; cut += 1) {
      expect(() => parseNoteKey(PETER_KEY.slice(cut))).toThrow(Malformed);
      expect(() => parseNoteKey(PETER_KEY.slice(0, -cut))).toThrow(Malformed);
    }
    for (let at = 0; at < PETER_KEY.length; at += 1) {
      const altered =
        PETER_KEY.slice(0, at) + String.fromCharCode(PETER_KEY.charCodeAt(at) + 1) + PETER_KEY.slice(at + 1);
      expect(() => parseNoteKey(altered)).toThrow(Malformed);
    }
  });
});

describe("a checkpoint", () => {
  const signed = signCheckpoint({ origin: ORIGIN, size: 41, root: sha256("root") }, privateKey);

  test("of the C2SP example is read as it says", () => {
    const { origin, size, root } = parseCheckpoint(BEHIND_THE_SOFA);
    expect([origin, size, toHex(root)]).toEqual([
      "example.com/behind-the-sofa",
      20_852_163,
      "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62",
    ]);
  });

  test("verifies with the log key named after its origin only", () => {
    expect(checkpointSignedBy(parseCheckpoint(signed), noteKeyOf(ORIGIN, privateKey))).toBe(true);
    expect(checkpointSignedBy(parseCheckpoint(signed), noteKeyOf("elsewhere.example", privateKey))).toBe(false);
    const foreign = signNote(signed.slice(0, signed.indexOf("\n\n") + 1), "elsewhere.example", privateKey);
    expect(checkpointSignedBy(parseCheckpoint(foreign), noteKeyOf("elsewhere.example", privateKey))).toBe(false);
  });

  test.each([
    ["an extension line", (text: string) => text.replace("=\n\n", "=\nmore\n\n")],
    ["a zero before its size", (text: string) => text.replace("\n41\n", "\n041\n")],
    ["a size beyond 2^53", (text: string) => text.replace("\n41\n", "\n9007199254740993\n")],
    ["a short root", (text: string) => text.replace(/\n[^\n]{44}\n/, "\nAAAA\n")],
    ["no origin", (text: string) => text.replace(ORIGIN, "")],
  ])("is refused with %s", (_, edit) => {
    expect(() => parseCheckpoint(edit(signed))).toThrow(Malformed);
  });
});

describe("a receipt", () => {
  const leaves = Array.from({ length: 21 }, (_, index) => sha256(`leaf ${index}`));
  const tree = merkleTree(leaves);
  const text = tlogProofText(
    13,
    inclusionProof(tree, 13),
    signCheckpoint({ origin: ORIGIN, size: 21, root: rootAt(tree, 21) }, privateKey),
  );

  test("is written as c2sp.org/tlog-proof says and leads from its event to the checkpoint", () => {
    expect(text).toMatch(
      /^c2sp\.org\/tlog-proof@v1\nindex 13\n(?:[A-Za-z0-9+/]{43}=\n){5}\nwardbook\.example\/c\/8f3a2c\/1\n21\n/,
    );
    const proof = parseTlogProof(text);
    expect(tlogProofCovers(proof, leaves[13] ?? sha256(""))).toBe(true);
    expect(tlogProofCovers(proof, leaves[12] ?? sha256(""))).toBe(false);
  });

  test("is refused with an unknown line, which this project never writes", () => {
    expect(() => parseTlogProof(text.replace("index", "extra AAAA\nindex"))).toThrow(Malformed);
  });
});

describe("the signer", () => {
  const leaves = Array.from({ length: 30 }, (_, index) => sha256(`leaf ${index}`));
  const tree = merkleTree(leaves);
  const last = stateAt(tree, 20);

  test("signs the first tree it sees and every extension of it", () => {
    expect(decideSigning(null, { ...last, consistency: [] })).toEqual({ sign: true, state: last });
    const next = { ...stateAt(tree, 30), consistency: consistencyProof(tree, 20, 30) };
    expect(decideSigning(last, next)).toEqual({ sign: true, state: stateAt(tree, 30) });
    expect(decideSigning(last, { ...last, consistency: [] })).toEqual({ sign: true, state: last });
  });

  test("refuses a database that was set back to an older backup", () => {
    expect(decideSigning(last, { ...stateAt(tree, 15), consistency: [] })).toEqual({
      sign: false,
      reason: "smaller_than_signed",
    });
  });

  test("refuses a database that was set back and went on differently", () => {
    const other = merkleTree([...leaves.slice(0, 15), ...leaves.slice(16)]);
    const offer = { ...stateAt(other, 25), consistency: consistencyProof(other, 20, 25) };
    expect(decideSigning(last, offer)).toEqual({ sign: false, reason: "does_not_extend" });
  });

  test("refuses a rewritten past of the same length", () => {
    const other = merkleTree([sha256("rewritten"), ...leaves.slice(1)]);
    expect(decideSigning(last, { ...stateAt(other, 20), consistency: [] })).toEqual({
      sign: false,
      reason: "same_size_other_root",
    });
  });

  test("refuses another origin, a missing proof and what is no tree", () => {
    const next = { ...stateAt(tree, 30), consistency: consistencyProof(tree, 20, 30) };
    expect(decideSigning(last, { ...next, origin: "elsewhere.example" })).toEqual({
      sign: false,
      reason: "other_origin",
    });
    expect(decideSigning(last, { ...next, consistency: [] })).toEqual({ sign: false, reason: "does_not_extend" });
    expect(decideSigning(last, { ...next, root: "x" })).toEqual({ sign: false, reason: "malformed" });
    expect(decideSigning(null, { ...next, size: -1 })).toEqual({ sign: false, reason: "malformed" });
  });
});

function stateAt(tree: ReturnType<typeof merkleTree>, size: number): SignedState {
  return { origin: ORIGIN, size, root: toHex(rootAt(tree, size)) };
}

function peterPrivateKey() {
  const seed = Buffer.from(PETER_SECRET, "base64").subarray(1);
  return createPrivateKey({
    key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]),
    format: "der",
    type: "pkcs8",
  });
}
