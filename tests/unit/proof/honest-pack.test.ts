import { describe, expect, test } from "vitest";
import { failed, verifyWithBoth } from "#tests/support/both-verifiers.ts";
import {
  checkpointAt,
  clinicStory,
  edited,
  fingerprints,
  newSigningKeys,
  packOf,
  receiptFor,
  recordStory,
  resealed,
  textOf,
} from "#tests/support/synthetic-pack.ts";

const keys = newSigningKeys();
const prints = fingerprints(keys);
const story = clinicStory();
const { log } = recordStory(story);
const pack = packOf(story, keys);

describe("an honest pack", () => {
  test("is consistent, signer unknown, when no key was got elsewhere", async () => {
    const verification = await verifyWithBoth(pack);
    expect(failed(verification)).toEqual([]);
    expect(verification.verdict).toBe("consistent_signer_unknown");
  });

  test.each([
    ["the Ed25519 fingerprint", [prints.ssh]],
    ["the P-256 fingerprint", [prints.p256]],
    ["the P-256 fingerprint as bare hex", [prints.p256.slice("p256:".length)]],
    ["all three fingerprints", [prints.ssh, prints.p256, prints.log]],
    ["a rotated key's fingerprint beside the present one", [prints.ssh, fingerprints(newSigningKeys()).ssh]],
  ])("is valid to whoever trusts %s", async (_, trusted) => {
    expect((await verifyWithBoth(pack, { keys: trusted })).verdict).toBe("valid");
  });

  test("keeps its signer unknown to whoever knows only the log key", async () => {
    expect((await verifyWithBoth(pack, { keys: [prints.log] })).verdict).toBe("consistent_signer_unknown");
  });

  test("of a period lists some events only and still proves that none was left out", async () => {
    const period = packOf(story, keys, (seq) => seq >= 20 && seq < 40);
    const verification = await verifyWithBoth(period, { keys: [prints.ssh] });
    expect(verification.verdict).toBe("valid");
    expect(verification.checks.find(({ id }) => id === "sequence")?.detail).toBe("50 events, none left out");
    expect(verification.checks.find(({ id }) => id === "bodies")?.detail).toMatch(/^20 of 50 events/);
  });

  test("stays valid when a name is no longer disclosed", async () => {
    const forgotten = edited(pack, "data/log/disclosures.jsonl", (text) => text.slice(text.indexOf("\n") + 1));
    expect((await verifyWithBoth(resealed(forgotten, keys), { keys: [prints.ssh] })).verdict).toBe("valid");
  });

  test("extends every checkpoint and receipt handed out before", async () => {
    const otherCheckpoints = [checkpointAt(log, 1, keys), checkpointAt(log, 37, keys), receiptFor(log, 12, keys, 20)];
    const verification = await verifyWithBoth(pack, { keys: [prints.ssh], otherCheckpoints });
    expect(verification.verdict).toBe("valid");
  });

  test("of a ledger with a single event is valid", async () => {
    expect((await verifyWithBoth(packOf(story.slice(0, 1), keys), { keys: [prints.ssh] })).verdict).toBe("valid");
  });

  test("of a ledger without any event yet is valid", async () => {
    expect((await verifyWithBoth(packOf([], keys), { keys: [prints.ssh] })).verdict).toBe("valid");
  });

  test("made twice is the same bytes but for signatures/", () => {
    const again = packOf(story, keys);
    const unlike = [...pack.keys()].filter((path) => textOf(pack, path) !== textOf(again, path));
    expect(unlike.filter((path) => !path.startsWith("signatures/"))).toEqual([]);
    expect([...again.keys()].sort()).toEqual([...pack.keys()].sort());
  });
});
