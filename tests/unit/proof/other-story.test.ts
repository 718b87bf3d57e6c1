import { Buffer } from "node:buffer";
import { describe, expect, test } from "vitest";
import { failed, verifyWithBoth } from "#tests/support/both-verifiers.ts";
import {
  checkpointAt,
  clinicStory,
  edited,
  type Files,
  fingerprints,
  newSigningKeys,
  packOf,
  receiptFor,
  recordStory,
  resealed,
} from "#tests/support/synthetic-pack.ts";

// A true log beside files that tell something else of it, signed with the stolen pack keys.

const keys = newSigningKeys();
const trust = { keys: [fingerprints(keys).ssh] };
const story = clinicStory();
const { log } = recordStory(story);
const pack = packOf(story, keys);
const DISCLOSURES = "data/log/disclosures.jsonl";
const EVENTS_CSV = "data/log/events.csv";

async function failures(files: Files): Promise<string[]> {
  const verification = await verifyWithBoth(resealed(files, keys), trust);
  expect(verification.verdict).toBe("invalid");
  return failed(verification);
}

describe("a disclosure is refused", () => {
  test("when it names another person than was recorded", async () => {
    expect(await failures(edited(pack, DISCLOSURES, (text) => text.replace("Dana Li 9", "Sam Poe 9")))).toEqual([
      "disclosures",
    ]);
  });

  test("when it is shown for another event", async () => {
    expect(await failures(edited(pack, DISCLOSURES, (text) => text.replace('{"seq":9,', '{"seq":12,')))).toEqual([
      "disclosures",
    ]);
  });

  test("when it names another place than the one committed to", async () => {
    expect(await failures(edited(pack, DISCLOSURES, (text) => text.replace("data.name", "data.approver")))).toEqual([
      "disclosures",
    ]);
  });

  test("when its event has no body in this pack", async () => {
    const period = packOf(story, keys, (seq) => seq < 20);
    const more = edited(period, DISCLOSURES, (text) => text + (recordedDisclosureLine(30) ?? ""));
    expect(await failures(more)).toEqual(["disclosures"]);
  });

  test.each([
    ["has a second value", (text: string) => text.replace('Li 9\\"]', 'Li 9\\",\\"x\\"]')],
    ["has white space of its own", (text: string) => text.replace('"opening":', '"opening": ')],
    ["is not JSON", (text: string) => text.replace("[", "")],
    ["carries half of a surrogate pair", (text: string) => text.replace("Dana Li 9", "Dana \\\\ud800")],
  ])("when it %s", async (_, edit) => {
    expect(await failures(edited(pack, DISCLOSURES, edit))).toEqual(["disclosures"]);
  });
});

describe("events.csv is refused", () => {
  test.each([
    ["another time", "2026-11-20T09:00:00.000006Z", "2026-11-20T09:00:00.000007Z"],
    ["another type", "tool.requested,m-6", "tool.approved,m-6"],
    ["another actor", "tool.requested,m-6", "tool.requested,m-5"],
    ["another object", "policy,o-8", "policy,o-9"],
  ])("when it tells %s than the log", async (_, from, to) => {
    const member = (text: string) => text.replaceAll(",member,", ",");
    expect(await failures(edited(pack, EVENTS_CSV, (text) => restoreKind(member(text).replace(from, to))))).toEqual([
      "events_csv",
    ]);
  });

  test("when it leaves out a row", async () => {
    expect(await failures(edited(pack, EVENTS_CSV, (text) => text.replace(/^49,.*\r\n/m, "")))).toEqual(["events_csv"]);
  });

  test("when it has a row too many", async () => {
    expect(await failures(edited(pack, EVENTS_CSV, (text) => `${text}50,x,x,x,x,x,x,x\r\n`))).toEqual(["events_csv"]);
  });

  test("when a formula guard was taken off, so that a spreadsheet would run the cell", async () => {
    expect(await failures(edited(pack, EVENTS_CSV, (text) => text.replace(`"'-`, '"-')))).toEqual(["events_csv"]);
  });

  test("but its sentences are a rendering, and a changed one is not noticed here", async () => {
    const other = edited(pack, EVENTS_CSV, (text) => text.replace("event 9", "event nine"));
    expect((await verifyWithBoth(resealed(other, keys), trust)).verdict).toBe("valid");
  });
});

describe("a table is refused", () => {
  test.each([
    ["a cell differs between CSV and JSON", "csv", (text: string) => text.replace("approved_for_phi", "prohibited")],
    ["a number differs", "json", (text: string) => text.replace('"hops":2', '"hops":3')],
    ["null is written as text", "json", (text: string) => text.replace("null", '"null"')],
    ["a row is missing in one", "csv", (text: string) => text.slice(0, text.indexOf('"Chat'))],
    ["the JSON repeats a member", "json", (text: string) => text.replace('"hops":2', '"hops":9,"hops":2')],
    ["the JSON has a fraction", "json", (text: string) => text.replace('"hops":2', '"hops":2.0')],
    ["the JSON has NaN", "json", (text: string) => text.replace('"hops":2', '"hops":NaN')],
    ["the JSON is spaced otherwise", "json", (text: string) => text.replace('"hops":2', '"hops": 2')],
    [
      "the columns have another order",
      "json",
      (text: string) => text.replace(/("name":"[^"]*"),("status":"[^"]*")/, "$2,$1"),
    ],
  ])("when %s", async (_, extension, edit) => {
    expect(await failures(edited(pack, `data/tables/tools.${extension}`, edit))).toEqual(["tables"]);
  });

  test("when it has no JSON twin", async () => {
    expect(await failures(new Map(pack).set("data/tables/alone.csv", Buffer.from("a\r\n")))).toEqual(["tables"]);
  });
});

describe("the index is refused", () => {
  const both = (from: string, to: string) => {
    const csv = edited(pack, "data/index.csv", (text) => text.replace(from, to));
    return edited(csv, "data/index.json", (text) => text.replace(from, to));
  };

  test("when it names a file that is not here", async () => {
    expect(await failures(both("ai-use-v3.pdf", "ai-use-v4.pdf"))).toEqual(["index"]);
  });

  test("when it names an event that is not in the log", async () => {
    expect(await failures(both("0 7 12", "0 7 50"))).toEqual(["index"]);
  });

  test("when it names an event by something other than its number", async () => {
    expect(await failures(both("0 7 12", "0 7  12"))).toEqual(["index"]);
  });

  test("when it has no column for files", async () => {
    expect(await failures(both("files", "papers"))).toContain("index");
  });
});

describe("a receipt is refused", () => {
  const path = "data/log/proofs/12.tlog-proof";

  test.each([
    ["is for another event than its name says", () => receiptFor(log, 13, keys)],
    ["has one hash too many", (text: string) => text.replace(/\n\n/, `\n${"A".repeat(43)}=\n\n`)],
    ["lacks its last hash", (text: string) => text.replace(/\n[^\n]+\n\n/, "\n\n")],
    ["has its hashes in another order", (text: string) => text.replace(/(index 12\n)([^\n]+\n)([^\n]+\n)/, "$1$3$2")],
    ["has no index", (text: string) => text.replace(/index 12\n/, "")],
    ["spells its index otherwise", (text: string) => text.replace("index 12", "index 012")],
    ["leads to a checkpoint signed by another key", () => receiptFor(log, 12, newSigningKeys())],
    ["leads to a checkpoint of another log", () => receiptFor(recordStory(story.slice(1)).log, 12, keys)],
    ["leads to a larger checkpoint than this pack has events", () => receiptFor(longerLog(), 12, keys)],
    ["has an altered checkpoint", (text: string) => text.replace("\n50\n", "\n51\n")],
  ])("when it %s", async (_, edit) => {
    expect(await failures(edited(pack, path, edit))).toEqual(["proofs"]);
  });

  test("unless it leads to an earlier checkpoint of this log, which is as good", async () => {
    const earlier = edited(pack, path, () => receiptFor(log, 12, keys, 13));
    expect((await verifyWithBoth(resealed(earlier, keys), trust)).verdict).toBe("valid");
  });
});

describe("the checkpoint is refused", () => {
  const path = "data/log/checkpoint.txt";

  test.each([
    ["carries an extension line", (text: string) => text.replace("=\n\n", "=\nextra\n\n")],
    ["writes its size with a zero in front", (text: string) => text.replace("\n50\n", "\n050\n")],
    ["has no signature", (text: string) => text.slice(0, text.indexOf("—"))],
    ["has Windows line ends", (text: string) => text.replaceAll("\n", "\r\n")],
    ["was signed for fewer events", () => checkpointAt(log, 49, keys)],
    ["has one good and one bad signature of the log key", (text: string) => text + badSignatureLine(text)],
  ])("when it %s", async (_, edit) => {
    expect(await failures(edited(pack, path, edit))).toContain("checkpoint");
  });

  test("but a further signature by an unknown key, such as a witness's, does no harm", async () => {
    const witness = "— witness.example AAAAAAAA\n";
    expect(
      (
        await verifyWithBoth(
          resealed(
            edited(pack, path, (text) => text + witness),
            keys,
          ),
          trust,
        )
      ).verdict,
    ).toBe("valid");
  });
});

function recordedDisclosureLine(seq: number): string | undefined {
  const disclosure = recordStory(story).disclosures.find((one) => one.seq === seq);
  return disclosure && `${JSON.stringify(disclosure)}\n`;
}

function restoreKind(text: string): string {
  return text.replace(/^([0-9]+,[^,]+,[^,]+,)/gm, "$1member,");
}

function longerLog() {
  return recordStory([...story, ...story.slice(-1)]).log;
}

function badSignatureLine(text: string): string {
  const line = text.slice(text.indexOf("—"));
  return line.replace(/(.)=\n$/, (_, last: string) => `${last === "A" ? "E" : "A"}=\n`);
}
