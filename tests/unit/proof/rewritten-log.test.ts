import { Buffer } from "node:buffer";
import { describe, expect, test } from "vitest";
import { csvText, parseCsv } from "#lib/proof/csv.ts";
import { leafHash } from "#lib/proof/envelope.ts";
import { failed, verifyWithBoth } from "#tests/support/both-verifiers.ts";
import {
  checkpointAt,
  clinicStory,
  edited,
  type Files,
  fingerprints,
  newSigningKeys,
  ORIGIN,
  POLICY_FILE,
  packOf,
  receiptFor,
  recordStory,
  resealed,
  type StoryEvent,
  textOf,
} from "#tests/support/synthetic-pack.ts";

// What someone can do who stole the keys that sign packs, but not the key that signs the log.

const keys = newSigningKeys();
const prints = fingerprints(keys);
const trust = { keys: [prints.ssh, prints.p256, prints.log] };
const story = clinicStory();
const { log } = recordStory(story);
const pack = packOf(story, keys);
const checkpoint = textOf(pack, "data/log/checkpoint.txt");
const ENVELOPES = "data/log/envelopes.csv";
const EVENTS = "data/log/events.jsonl";

type Found = { checks: string[]; firstBadSeq: number | undefined };

async function found(files: Files): Promise<Found> {
  const verification = await verifyWithBoth(resealed(files, keys), trust);
  expect(verification.verdict).toBe("invalid");
  return { checks: failed(verification), firstBadSeq: verification.firstBadSeq };
}

function withRows(edit: (rows: string[][]) => string[][]): Files {
  return edited(pack, ENVELOPES, (text) => {
    const [header = [], ...rows] = parseCsv(text, "envelopes");
    return csvText([header, ...edit(rows)]);
  });
}

/** Another history, hashed and chained anew without fault, under the checkpoint that was signed for the true one. */
function rewritten(other: readonly StoryEvent[]): Files {
  return new Map(packOf(other, keys))
    .set("data/log/checkpoint.txt", Buffer.from(checkpoint))
    .set("data/log/proofs/12.tlog-proof", Buffer.from(receiptFor(log, 12, keys)));
}

function changed(seq: number, change: Partial<StoryEvent>): StoryEvent[] {
  return story.map((event, index) => (index === seq ? { ...event, ...change } : event));
}

describe("with the pack keys stolen and the pack signed again,", () => {
  test("the last event can't be left out", async () => {
    const { checks } = await found(withRows((rows) => rows.slice(0, -1)));
    expect(checks).toEqual(["checkpoint", "bodies", "proofs"]);
  });

  test("the last event can't be left out of every file", async () => {
    const { checks } = await found(rewritten(story.slice(0, -1)));
    expect(checks).toContain("checkpoint");
  });

  test("an event in the middle can't be left out", async () => {
    const { checks, firstBadSeq } = await found(withRows((rows) => rows.filter((_, seq) => seq !== 20)));
    expect(checks).toEqual(["sequence", "chain", "checkpoint", "bodies", "proofs"]);
    expect(firstBadSeq).toBe(20);
  });

  test("an event in the middle can't be left out and the rest renumbered", async () => {
    const renumber = (row: string[], seq: number) => [String(seq), ...row.slice(1)];
    const { checks, firstBadSeq } = await found(withRows((rows) => rows.filter((_, seq) => seq !== 20).map(renumber)));
    expect(checks).toContain("leaves");
    expect(firstBadSeq).toBe(20);
  });

  test("an event in the middle can't be left out and all hashes computed anew", async () => {
    expect((await found(rewritten(story.filter((_, seq) => seq !== 20)))).checks).toContain("checkpoint");
  });

  test("two events can't change places", async () => {
    const swapped = withRows((rows) => [
      ...rows.slice(0, 20),
      ...rows.slice(21, 22),
      ...rows.slice(20, 21),
      ...rows.slice(22),
    ]);
    const { checks, firstBadSeq } = await found(swapped);
    expect(checks).toEqual(["sequence", "chain", "time", "checkpoint", "proofs"]);
    expect(firstBadSeq).toBe(20);
  });

  test("two events can't change places with all hashes computed anew", async () => {
    const other = [...story.slice(0, 20), ...story.slice(21, 22), ...story.slice(20, 21), ...story.slice(22)];
    expect((await found(rewritten(other))).checks).toEqual(["time", "checkpoint", "proofs"]);
  });

  test("an event's time can't be changed", async () => {
    const { checks, firstBadSeq } = await found(
      withRows((rows) => rows.map((row, seq) => (seq === 25 ? row.with(1, "2026-11-20T12:10:00.000026Z") : row))),
    );
    expect(checks).toEqual(["leaves", "bodies"]);
    expect(firstBadSeq).toBe(25);
  });

  test("an event can't be dated back and all hashes computed anew", async () => {
    const { checks, firstBadSeq } = await found(rewritten(changed(25, { recordedAt: "2026-11-20T09:00:00.000000Z" })));
    expect(checks).toEqual(["time", "checkpoint", "proofs"]);
    expect(firstBadSeq).toBe(25);
  });

  test("an event's type can't be changed", async () => {
    const { checks, firstBadSeq } = await found(
      withRows((rows) => rows.map((row, seq) => (seq === 25 ? row.with(2, "incident.opened") : row))),
    );
    expect(checks).toEqual(["leaves", "bodies"]);
    expect(firstBadSeq).toBe(25);
  });

  test("an event's type can't be changed together with its leaf", async () => {
    const { checks, firstBadSeq } = await found(
      withRows((rows) => rows.map((row, seq) => (seq === 25 ? rehashed(row.with(2, "incident.opened")) : row))),
    );
    expect(checks).toEqual(["chain", "checkpoint", "bodies", "proofs"]);
    expect(firstBadSeq).toBe(25);
  });

  test("a body can't be edited", async () => {
    const { checks, firstBadSeq } = await found(
      edited(pack, EVENTS, (text) => text.replace('\\"version\\":17', '\\"version\\":18')),
    );
    expect(checks).toEqual(["bodies"]);
    expect(firstBadSeq).toBe(17);
  });

  test("a body can't be edited and all hashes computed anew", async () => {
    expect((await found(rewritten(changed(17, { member: "m-0" })))).checks).toContain("checkpoint");
  });

  test("an event that never was can't be listed", async () => {
    const extra = `${JSON.stringify({ seq: 50, at: "2026-11-20T17:00:00.000000Z", type: "x", prev: "", body_sha256: "", leaf: "", body: "{}" })}\n`;
    const { checks, firstBadSeq } = await found(edited(pack, EVENTS, (text) => text + extra));
    expect(checks).toEqual(["bodies", "events_csv"]);
    expect(firstBadSeq).toBe(50);
  });

  test("a bound document can't be replaced", async () => {
    const { checks, firstBadSeq } = await found(
      new Map(pack).set(`data/${POLICY_FILE}`, Buffer.from("%PDF-1.7 a milder policy")),
    );
    expect(checks).toEqual(["bound_files"]);
    expect(firstBadSeq).toBe(7);
  });

  test("another checkpoint can't be made with a key of one's own while the log's fingerprint is known", async () => {
    const ownLog = packOf(changed(17, { member: "m-0" }), { ...keys, log: newSigningKeys().log });
    expect(failed(await verifyWithBoth(ownLog, trust))).toEqual(["signer"]);
    // The limit, stated in SPEC.txt: who knows only the pack keys trusts whatever log key those keys vouch for.
    expect((await verifyWithBoth(ownLog, { keys: [prints.ssh] })).verdict).toBe("valid");
  });
});

describe("with every key stolen and the whole history made anew,", () => {
  const forged = packOf(changed(17, { member: "m-0" }), keys);

  test("the pack verifies, which is why checkpoints are handed out", async () => {
    expect((await verifyWithBoth(forged, trust)).verdict).toBe("valid");
  });

  test.each([
    ["a checkpoint", checkpointAt(log, 18, keys)],
    ["a receipt for an earlier event", receiptFor(log, 3, keys, 30)],
    ["a receipt for the event itself", receiptFor(log, 17, keys)],
  ])("%s handed out before is not a prefix of it", async (_, handedOut) => {
    const verification = await verifyWithBoth(forged, { ...trust, otherCheckpoints: [handedOut] });
    expect(verification.verdict).toBe("invalid");
    expect(failed(verification)).toEqual(["other_checkpoints"]);
  });

  test("a checkpoint from before the change is still a prefix", async () => {
    expect((await verifyWithBoth(forged, { ...trust, otherCheckpoints: [checkpointAt(log, 17, keys)] })).verdict).toBe(
      "valid",
    );
  });

  test("a cut tail shows against a checkpoint that had it", async () => {
    const verification = await verifyWithBoth(packOf(story.slice(0, 40), keys), {
      ...trust,
      otherCheckpoints: [checkpointAt(log, 50, keys)],
    });
    expect(failed(verification)).toEqual(["other_checkpoints"]);
  });

  test("a checkpoint of another log is refused", async () => {
    const verification = await verifyWithBoth(pack, {
      ...trust,
      otherCheckpoints: [checkpointAt(log, 18, newSigningKeys())],
    });
    expect(failed(verification)).toEqual(["other_checkpoints"]);
  });

  test.each(["", "no checkpoint at all\n", checkpoint.slice(0, -1)])(
    "what is no checkpoint is refused, not passed over: %j",
    async (text) => {
      expect(failed(await verifyWithBoth(pack, { ...trust, otherCheckpoints: [text] }))).toEqual(["other_checkpoints"]);
    },
  );
});

function rehashed([seq = "", recordedAt = "", type = "", previous = "", bodySha256 = ""]: string[]): string[] {
  const leaf = leafHash({ origin: ORIGIN, seq: Number(seq), recordedAt, type, previous, bodySha256 });
  return [seq, recordedAt, type, previous, bodySha256, leaf];
}
