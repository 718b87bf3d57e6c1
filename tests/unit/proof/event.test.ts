import { Buffer } from "node:buffer";
import canonicalize from "canonicalize";
import { describe, expect, test } from "vitest";
import { bodySha256, bodyText } from "#lib/proof/body.ts";
import { commit, commitmentsIn, openingDigest, openingText, opens, parseOpening } from "#lib/proof/commitment.ts";
import { type Envelope, envelopeText, leafHash, ZERO_LEAF } from "#lib/proof/envelope.ts";
import { sha256Hex } from "#lib/proof/hash.ts";
import { Malformed } from "#lib/proof/malformed.ts";
import { newOpeningsKey, openOpening, sealOpening, unwrapKey, wrapKey } from "#lib/proof/opening-cipher.ts";

const envelope: Envelope = {
  origin: "wardbook.example/c/8f3a2c/1",
  seq: 41,
  recordedAt: "2026-11-22T01:09:40.941847Z",
  type: "training.completed",
  previous: "ab".repeat(32),
  bodySha256: bodySha256('{"v":1}'),
};

describe("an envelope", () => {
  test("is the seven lines an auditor can type", () => {
    expect(envelopeText(envelope)).toBe(
      `wardbook-ledger/v1\nwardbook.example/c/8f3a2c/1\n41\n2026-11-22T01:09:40.941847Z\ntraining.completed\n${"ab".repeat(32)}\n${sha256Hex('{"v":1}')}\n`,
    );
  });

  test("has as leaf the SHA-256 of a zero byte and its text", () => {
    expect(leafHash(envelope)).toBe(sha256Hex(Buffer.concat([Buffer.from([0]), Buffer.from(envelopeText(envelope))])));
  });

  test("begins a chain with 64 zeros", () => {
    expect(ZERO_LEAF).toBe("0".repeat(64));
  });

  test.each<[string, Partial<Envelope>]>([
    ["a line feed in the origin", { origin: "a/c/b/1\n42" }],
    ["a space in the origin", { origin: "a b" }],
    ["a negative number", { seq: -1 }],
    ["a number that is none", { seq: 0.5 }],
    ["milliseconds instead of microseconds", { recordedAt: "2026-11-22T01:09:40.941Z" }],
    ["a time with an offset", { recordedAt: "2026-11-22T01:09:40.941847+00:00" }],
    ["a month that is none", { recordedAt: "2026-13-22T01:09:40.941847Z" }],
    ["a line feed in the type", { type: "a\nb" }],
    ["a type of 65 characters", { type: "a".repeat(65) }],
    ["a type in upper case", { type: "Tool.approved" }],
    ["a leaf in upper-case hex", { previous: "AB".repeat(32) }],
    ["a short body hash", { bodySha256: "ab" }],
  ])("is refused with %s", (_, change) => {
    expect(() => leafHash({ ...envelope, ...change })).toThrow(Malformed);
  });
});

describe("a body", () => {
  // Inputs and outputs of github.com/cyberphone/json-canonicalization, testdata (Apache-2.0), the vectors of RFC 8785's author.
  test.each([
    [
      "structures",
      '{"1":{"f":{"f":"hi","F":5},"\\n":56.0},"10":{},"":"empty","a":{},"111":[{}],"A":{}}',
      '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}',
    ],
    [
      "french",
      '{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ingnore locale"}',
      '{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ingnore locale"}',
    ],
    [
      "weird",
      '{"\\u20ac":"Euro Sign","1":"One","\\u0080":"Control\\u007f","\\ud83d\\ude02":"Smiley","\\u00f6":"Latin Small Letter O With Diaeresis","\\ufb33":"Hebrew Letter Dalet With Dagesh","</script>":"Browser Challenge"}',
      '{"1":"One","</script>":"Browser Challenge","\u0080":"Control\u007f","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😂":"Smiley","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    ],
    [
      "values but for 1E30",
      '{"numbers":[4.50,333333333.33333329,2e-3,0.000000000000000000000000001],"escaping":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
      '{"escaping":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/","literals":[null,true,false],"numbers":[4.5,333333333.3333333,0.002,1e-27]}',
    ],
  ])("is the text of RFC 8785: %s", (_, input, output) => {
    expect(bodyText(JSON.parse(input))).toBe(output);
    expect(canonicalize(JSON.parse(input))).toBe(output);
  });

  test.each<[string, unknown]>([
    ["undefined, which JSON drops", { a: undefined }],
    ["a hole in a list", { a: new Array(2) }],
    ["NaN", { a: Number.NaN }],
    ["Infinity", { a: Number.POSITIVE_INFINITY }],
    ["an integer beyond 2^53, which readers round", { a: 2 ** 53 }],
    ["1E30", { a: 1e30 }],
    ["a big integer", { a: 10n }],
    ["NUL in a text", { a: "x\u0000" }],
    ["NUL in a name", { "x\u0000": 1 }],
    ["half of a surrogate pair", { a: "\ud800" }],
    ["half of a surrogate pair in a name", { "\udfff": 1 }],
    ["a date", { a: new Date(0) }],
    ["a map", { a: new Map() }],
    ["a function", { a: () => 1 }],
    ["nesting beyond 32", nested(33)],
    ["more than 64 KiB", { a: "x".repeat(65_536) }],
    ["more than 64 KiB in UTF-8, though not in characters", { a: "é".repeat(40_000) }],
    ["nothing", undefined],
  ])("is refused with %s", (_, value) => {
    expect(() => bodyText(value)).toThrow(Malformed);
  });

  test("may be nested 32 deep and hold exactly 64 KiB", () => {
    expect(bodyText(nested(32))).toContain("[[[");
    expect(bodyText({ a: "x".repeat(65_536 - 8) })).toHaveLength(65_536);
  });
});

describe("a commitment", () => {
  const salt = Buffer.alloc(32, 7);

  test("is the SHA-256 of the exact opening text", () => {
    const { opening, commitment } = commit(salt, "data.name", 'Dana "D" Li');
    expect(opening).toBe(`["${salt.toString("base64url")}","data.name","Dana \\"D\\" Li"]`);
    expect(commitment).toEqual({ sd: sha256Hex(opening) });
    expect(opens(opening, commitment.sd)).toBe(true);
    expect(opens(opening.replace("Dana", "Sam"), commitment.sd)).toBe(false);
    expect(parseOpening(opening)).toEqual({
      salt: salt.toString("base64url"),
      path: "data.name",
      value: 'Dana "D" Li',
    });
  });

  test("hashes a disclosure as SD-JWT does", () => {
    // RFC 9901 §4.2.3: there the text hashed is the base64url of the array.
    const digest = openingDigest("WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0");
    expect(Buffer.from(digest, "hex").toString("base64url")).toBe("X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0");
  });

  test("does not show that two fields hold the same name", () => {
    expect(commit(salt, "data.name", "Dana").commitment).not.toEqual(
      commit(Buffer.alloc(32, 8), "data.name", "Dana").commitment,
    );
  });

  test("is found in a body at its place", () => {
    const sd = "0".repeat(64);
    const body = { actor: { name: { sd } }, data: { people: [{ sd: "a" }, { sd: "b", more: 1 }], note: { sd: 1 } } };
    expect(commitmentsIn(body)).toEqual([
      { path: "actor.name", digest: sd },
      { path: "data.people.0", digest: "a" },
    ]);
  });

  test.each([
    ["a short salt", () => openingText(Buffer.alloc(31), "a", "b")],
    ["no place", () => openingText(salt, "", "b")],
    ["half of a surrogate pair", () => openingText(salt, "a", "\ud800")],
    ["a number for a value", () => parseOpening(`["${salt.toString("base64url")}","a",1]`)],
    ["space between its parts", () => parseOpening(`["${salt.toString("base64url")}", "a","b"]`)],
    ["a padded salt", () => parseOpening(`["${salt.toString("base64url")}=","a","b"]`)],
    ["text after it", () => parseOpening(`["${salt.toString("base64url")}","a","b"] `)],
  ])("is refused with %s", (_, make) => {
    expect(make).toThrow(Malformed);
  });
});

describe("an opening kept under a clinic's key", () => {
  const master = Buffer.alloc(32, 1);
  const clinicKey = newOpeningsKey();
  const place = { clinicId: "clinic-a", eventId: "event-1", digest: "d".repeat(64) };
  const sealed = sealOpening(clinicKey, '["salt","data.name","Dana Li"]', place);

  test("comes back for its own clinic, event and digest only", () => {
    expect(openOpening(clinicKey, sealed, place)).toBe('["salt","data.name","Dana Li"]');
    for (const other of [{ clinicId: "clinic-b" }, { eventId: "event-2" }, { digest: "e".repeat(64) }]) {
      expect(() => openOpening(clinicKey, sealed, { ...place, ...other })).toThrow();
    }
  });

  test("does not come back with a byte changed, cut short or under another key", () => {
    for (let at = 0; at < sealed.length; at += 1) {
      expect(() =>
        openOpening(clinicKey, Buffer.from(sealed).fill((sealed[at] ?? 0) ^ 1, at, at + 1), place),
      ).toThrow();
    }
    expect(() => openOpening(clinicKey, sealed.subarray(0, 20), place)).toThrow();
    expect(() => openOpening(newOpeningsKey(), sealed, place)).toThrow();
  });

  test("is never sealed to the same bytes twice", () => {
    expect(sealOpening(clinicKey, "x", place).equals(sealOpening(clinicKey, "x", place))).toBe(false);
  });

  test("is reached through a wrapped key that fits one clinic and one master key", () => {
    const wrapped = wrapKey(master, clinicKey, "clinic-a");
    expect(unwrapKey(master, wrapped, "clinic-a").equals(clinicKey)).toBe(true);
    expect(() => unwrapKey(master, wrapped, "clinic-b")).toThrow();
    expect(() => unwrapKey(Buffer.alloc(32, 2), wrapped, "clinic-a")).toThrow();
  });
});

function nested(depth: number): unknown {
  return depth === 0 ? 1 : [nested(depth - 1)];
}
