import { Buffer } from "node:buffer";
import { createHash, generateKeyPairSync, type KeyObject } from "node:crypto";
import { bodySha256, bodyText } from "#lib/proof/body.ts";
import { signCheckpoint } from "#lib/proof/checkpoint.ts";
import { commit } from "#lib/proof/commitment.ts";
import { leafHash, ZERO_LEAF } from "#lib/proof/envelope.ts";
import { eventsCsv } from "#lib/proof/events-csv.ts";
import { hashFromHex, sha256Hex } from "#lib/proof/hash.ts";
import {
  type Disclosure,
  disclosuresJsonl,
  envelopesCsv,
  eventsJsonl,
  type LoggedEvent,
} from "#lib/proof/log-files.ts";
import { inclusionProof, merkleTree, rootAt } from "#lib/proof/merkle.ts";
import { signP256 } from "#lib/proof/p256.ts";
import { assemblePack } from "#lib/proof/pack.ts";
import { fingerprintsOf, packKeyFiles, packKeysOf } from "#lib/proof/pack-keys.ts";
import { signSsh } from "#lib/proof/sshsig.ts";
import { tableCsv, tableJson } from "#lib/proof/tables.ts";
import { tlogProofText } from "#lib/proof/tlog-proof.ts";

/** The private keys of a clinic's host: who has `log` can sign checkpoints, who has `ssh` and `p256` can sign packs. */
export type SigningKeys = { readonly log: KeyObject; readonly ssh: KeyObject; readonly p256: KeyObject };

/** One event before it is recorded. `names` are personal values by the member of `data` that holds their commitment. */
export type StoryEvent = {
  readonly recordedAt: string;
  readonly type: string;
  readonly member: string;
  readonly object: { readonly type: string; readonly id: string };
  readonly data: Readonly<Record<string, unknown>>;
  readonly names: Readonly<Record<string, string>>;
};

export type Files = Map<string, Uint8Array>;

export const ORIGIN = "wardbook.example/c/8f3a2c/1";
export const POLICY_FILE = "02-policies/ai-use-v3.pdf";
export const ATTESTED = [12, 30];

const POLICY_BYTES = Buffer.from("%PDF-1.7 a policy on the use of AI tools\n");

export function newSigningKeys(): SigningKeys {
  return {
    log: generateKeyPairSync("ed25519").privateKey,
    ssh: generateKeyPairSync("ed25519").privateKey,
    p256: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey,
  };
}

/** The three fingerprints of a host's keys, as people compare them. */
export function fingerprints(keys: SigningKeys) {
  return fingerprintsOf(packKeysOf({ origin: ORIGIN, principal: "evidence@wardbook.example", ...keys }));
}

/** Fifty events in the life of a small clinic, one every ten minutes. */
export function clinicStory(): StoryEvent[] {
  return Array.from({ length: 50 }, (_, seq) => storyEvent(seq));
}

/** The story as a ledger records it. */
export function recordStory(story: readonly StoryEvent[]): { log: LoggedEvent[]; disclosures: Disclosure[] } {
  const log: LoggedEvent[] = [];
  const disclosures: Disclosure[] = [];
  let previous = ZERO_LEAF;
  for (const [seq, event] of story.entries()) {
    const openings: string[] = [];
    const body = bodyText({
      v: 1,
      actor: { kind: "member", id: event.member },
      object: event.object,
      correlation: `00000000-0000-4000-8000-${String(seq).padStart(12, "0")}`,
      data: { ...event.data, ...commitNames(event, seq, openings) },
    });
    const { recordedAt, type } = event;
    const envelope = { origin: ORIGIN, seq, recordedAt, type, previous, bodySha256: bodySha256(body) };
    const leaf = leafHash(envelope);
    log.push({ seq, recordedAt, type, previous, bodySha256: envelope.bodySha256, leaf, body });
    disclosures.push(...openings.map((opening) => ({ seq, opening })));
    previous = leaf;
  }
  return { log, disclosures };
}

/** The pack of a story as an honest host makes it; `listed` says which events the pack's period lists. */
export function packOf(
  story: readonly StoryEvent[],
  keys: SigningKeys,
  listed: (seq: number) => boolean = () => true,
): Files {
  const { log, disclosures } = recordStory(story);
  const shown = log.filter(({ seq }) => listed(seq));
  const index = {
    columns: ["item", "title", "files", "events"],
    rows: [
      ["1", "Policies on AI", POLICY_FILE, ["0", "7", "12"].filter((seq) => Number(seq) < log.length).join(" ")],
      ["2", "Incidents", "", ""],
    ],
  };
  const tools = {
    columns: ["name", "status", "hops", "covered", "note"],
    rows: [
      ["=Scribe", "approved_for_phi", 2, true, null],
      ["Chat, free", "not_for_phi", 1, false, 'no "PHI"\r\never'],
    ],
  };
  const payload = new Map<string, Uint8Array>([
    [POLICY_FILE, POLICY_BYTES],
    ["03-training/roster.txt", Buffer.from("everyone\n")],
    ["index.csv", Buffer.from(tableCsv(index))],
    ["index.json", Buffer.from(tableJson(index))],
    ["tables/tools.csv", Buffer.from(tableCsv(tools))],
    ["tables/tools.json", Buffer.from(tableJson(tools))],
    ["log/envelopes.csv", Buffer.from(envelopesCsv(log))],
    ["log/events.jsonl", Buffer.from(eventsJsonl(shown))],
    [
      "log/events.csv",
      Buffer.from(eventsCsv(shown.map((event) => ({ ...event, sentence: `-${event.type}, event ${event.seq}` })))),
    ],
    ["log/disclosures.jsonl", Buffer.from(disclosuresJsonl(disclosures.filter(({ seq }) => listed(seq))))],
    ["log/checkpoint.txt", Buffer.from(checkpointAt(log, log.length, keys))],
    ...ATTESTED.filter((seq) => seq < log.length).map((seq) => receiptEntry(log, seq, keys)),
    ...keyFilesUnderData(keys),
  ]);
  return sealPack(payload, keys, log.length);
}

/** The signed checkpoint over the first `size` events. */
export function checkpointAt(log: readonly LoggedEvent[], size: number, keys: SigningKeys): string {
  return signCheckpoint({ origin: ORIGIN, size, root: rootAt(treeOf(log), size) }, keys.log);
}

/** The receipt for one event, under the checkpoint over the first `size` events. */
export function receiptFor(log: readonly LoggedEvent[], seq: number, keys: SigningKeys, size = log.length): string {
  return tlogProofText(seq, inclusionProof(treeOf(log), seq, size), checkpointAt(log, size, keys));
}

/** Signs what lies under data/ in the files, as someone who holds these pack keys would, whatever the log says. */
export function resealed(files: Files, keys: SigningKeys): Files {
  const payload = new Map(
    [...files].filter(([path]) => path.startsWith("data/")).map(([path, bytes]) => [path.slice(5), bytes]),
  );
  const size = Number(/^([0-9]+)$/m.exec(textOf(files, "data/log/checkpoint.txt"))?.[1] ?? 0);
  return sealPack(payload, keys, size);
}

/** The files with one of them changed by its text. */
export function edited(files: Files, path: string, edit: (text: string) => string): Files {
  const text = textOf(files, path);
  const changed = edit(text);
  if (changed === text) throw new Error(`the edit of ${path} changes nothing`);
  return new Map(files).set(path, Buffer.from(changed, "utf8"));
}

export function textOf(files: ReadonlyMap<string, Uint8Array>, path: string): string {
  return Buffer.from(files.get(path) ?? []).toString("utf8");
}

function sealPack(payload: Files, keys: SigningKeys, size: number): Files {
  const { files } = assemblePack({
    folderName: "evidence-clinic-20261122-8f3a",
    tagFiles: new Map([["START-HERE.pdf", Buffer.from("%PDF-1.7 start here\n")]]),
    payload,
    externalIdentifier: `${ORIGIN}@${size}`,
    baggingDate: "2026-11-22",
    sign: (tagManifest) => ({ ssh: signSsh(tagManifest, keys.ssh), p256: signP256(tagManifest, keys.p256) }),
  });
  return new Map(files);
}

function storyEvent(seq: number): StoryEvent {
  const minute = seq * 10;
  const clock = `${String(8 + Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  const types = ["member.joined", "tool.requested", "tool.approved", "policy.published", "training.completed"];
  const type = seq === 0 ? "clinic.opened" : (types[seq % types.length] ?? "member.joined");
  const binding = { file: POLICY_FILE, sha256: sha256Hex(POLICY_BYTES), size: POLICY_BYTES.length };
  return {
    recordedAt: `2026-11-20T${clock}:00.${String(seq).padStart(6, "0")}Z`,
    type,
    member: `m-${seq % 7}`,
    object: { type: type.split(".")[0] ?? "", id: `o-${seq}` },
    data: seq === 7 ? { version: 3, document: binding } : { version: seq, reason: null },
    names: seq % 3 === 0 ? { name: `Dana Li ${seq}` } : {},
  };
}

function commitNames(event: StoryEvent, seq: number, openings: string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(event.names).map(([name, value]) => {
      const salt = createHash("sha256").update(`salt ${seq} ${name}`).digest();
      const { opening, commitment } = commit(salt, `data.${name}`, value);
      openings.push(opening);
      return [name, commitment];
    }),
  );
}

function receiptEntry(log: readonly LoggedEvent[], seq: number, keys: SigningKeys): [string, Uint8Array] {
  return [`log/proofs/${seq}.tlog-proof`, Buffer.from(receiptFor(log, seq, keys))];
}

function keyFilesUnderData(keys: SigningKeys): Array<[string, Uint8Array]> {
  const files = packKeyFiles(packKeysOf({ origin: ORIGIN, principal: "evidence@wardbook.example", ...keys }));
  return [...files].map(([path, bytes]) => [path.slice("data/".length), bytes]);
}

function treeOf(log: readonly LoggedEvent[]) {
  return merkleTree(log.map(({ leaf }) => hashFromHex(leaf)));
}
