import { Buffer } from "node:buffer";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { expect, test } from "vitest";
import { verifyPack } from "#lib/proof/verify-pack.ts";
import { HAS_PYTHON, marksOf, runWithVerifyPy } from "#tests/support/both-verifiers.ts";
import {
  clinicStory,
  type Files,
  fingerprints,
  newSigningKeys,
  packOf,
  resealed,
} from "#tests/support/synthetic-pack.ts";

const MUTATIONS = Number(process.env.WARDBOOK_MUTATIONS ?? 200);
const keys = newSigningKeys();
const trusted = [fingerprints(keys).ssh];
const pack = packOf(clinicStory(), keys);
const paths = [...pack.keys()].sort();

/** Pieces on which two readers are known to differ somewhere. */
const PIECES = [
  "\0",
  "\uFEFF",
  "\r",
  "\n",
  "\r\n",
  "\n\n",
  "\u2028",
  "\u0085",
  "\u00a0",
  "\u007f",
  "\\ud800",
  "\\u0000",
  "\\u00e9",
  "\\/",
  "é",
  "🙂",
  "\u0301",
  "NaN",
  "Infinity",
  "-0",
  "1e400",
  "1.0",
  "007",
  "9007199254740993",
  "9".repeat(400),
  "null",
  "true",
  "[".repeat(40),
  `${"[".repeat(2000)}${"]".repeat(2000)}`,
  '"',
  '""',
  ",",
  "'",
  "'=",
  "=",
  "-",
  "{}",
  '"seq":1,',
  '"__proto__":{},',
  "../",
  "/",
  " ",
  "  ",
  "\t",
  "—",
  "+",
  "==",
  "A=",
  "0",
  "SHA256:",
  "%",
].map((text) => Buffer.from(text, "utf8"));
const BROKEN_UTF8 = [
  Buffer.from([0xff]),
  Buffer.from([0xc0, 0x80]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from([0xf4, 0x90, 0x80, 0x80]),
];

const PROGRAM = `
import base64, json, sys, verify
for line in open(sys.argv[1], encoding="utf-8"):
    files = {path: base64.b64decode(text) for path, text in json.loads(line).items()}
    outcomes, _, bad = verify.verify(files, sys.argv[2:])
    print(json.dumps([["%s %s" % (name, mark) for mark, name, _ in outcomes], bad]))
`;

test.skipIf(!HAS_PYTHON)(
  `verify.py and our verifier say the same, check by check, of ${MUTATIONS} mutated packs`,
  () => {
    const mutants = Array.from({ length: MUTATIONS }, (_, seed) => mutate(seed));
    const file = path.join(mkdtempSync(path.join(tmpdir(), "wardbook-mutants-")), "mutants.jsonl");
    writeFileSync(file, mutants.map(({ files }) => `${JSON.stringify(encoded(files))}\n`).join(""));
    const theirs = runWithVerifyPy(PROGRAM, [file, ...trusted])
      .trim()
      .split("\n");
    rmSync(path.dirname(file), { recursive: true });
    for (const [seed, { files, what, signedAgain }] of mutants.entries()) {
      const verification = verifyPack(files, { keys: trusted });
      const ours = [marksOf(verification), verification.firstBadSeq ?? null];
      expect({ seed, what, said: JSON.parse(theirs[seed] ?? "null") }).toEqual({ seed, what, said: ours });
      // Signed again, a change to a document that no event binds is rightly taken; without the keys none is.
      if (!signedAgain && isChanged(files))
        expect({ seed, what, verdict: verification.verdict }).toEqual({ seed, what, verdict: "invalid" });
    }
  },
);

type Mutant = { files: Files; what: string; signedAgain: boolean };

function mutate(seed: number): Mutant {
  const random = randomFrom(seed);
  const pick = <T>(items: readonly T[]): T => chosen(items, random());
  const file = pick(paths);
  const before = Buffer.from(pack.get(file) ?? []);
  const kind = pick([
    "flip",
    "insert",
    "insert",
    "insert",
    "replace",
    "cut",
    "repeat line",
    "swap lines",
    "remove",
    "empty",
    "copy",
  ]);
  const files = new Map(pack);
  if (kind === "remove") files.delete(file);
  else files.set(file, kind === "copy" ? (pack.get(pick(paths)) ?? before) : mutatedBytes(kind, before, random, pick));
  const signedAgain = random() < 0.5 && files.has("data/log/checkpoint.txt");
  return {
    files: signedAgain ? resealed(files, keys) : files,
    what: `${kind} in ${file}${signedAgain ? ", signed again" : ""}`,
    signedAgain,
  };
}

function mutatedBytes(kind: string, bytes: Buffer, random: () => number, pick: <T>(items: readonly T[]) => T): Buffer {
  const at = Math.floor(random() * bytes.length);
  const length = 1 + Math.floor(random() * 8);
  const piece = pick(random() < 0.1 ? BROKEN_UTF8 : PIECES);
  const lines = bytes.toString("latin1").split("\n");
  const line = Math.floor(random() * lines.length);
  switch (kind) {
    case "flip":
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from([(bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))]),
        bytes.subarray(at + 1),
      ]);
    case "insert":
      return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
    case "replace":
      return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + length)]);
    case "cut":
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case "repeat line":
      return Buffer.from(lines.toSpliced(line, 0, lines[line] ?? "").join("\n"), "latin1");
    case "swap lines":
      return Buffer.from(lines.toSpliced(line, 2, ...lines.slice(line, line + 2).reverse()).join("\n"), "latin1");
    default:
      return Buffer.alloc(0);
  }
}

function isChanged(files: Files): boolean {
  return (
    files.size !== pack.size ||
    [...files].some(([name, bytes]) => !Buffer.from(bytes).equals(pack.get(name) ?? Buffer.alloc(0)))
  );
}

function encoded(files: Files): Record<string, string> {
  return Object.fromEntries([...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString("base64")]));
}

function chosen<T>(items: readonly T[], fraction: number): T {
  const [item] = items.slice(Math.floor(fraction * items.length));
  if (item === undefined) throw new RangeError("nothing to choose from");
  return item;
}

/** mulberry32: the same numbers for the same seed, so that a failing mutation can be looked at again. */
function randomFrom(seed: number): () => number {
  let state = seed + 0x6d2b79f5;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
