import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { downloadEvidencePack } from "#lib/domain/evidence/commands/download-evidence-pack.ts";
import { requestEvidencePack } from "#lib/domain/evidence/commands/request-evidence-pack.ts";
import { getEvidencePack, getEvidencePackChunk, getEvidencePage } from "#lib/domain/evidence/queries.ts";
import { makeEvidencePack } from "#lib/domain/evidence/reactions.ts";
import { getLedgerPage, verifyLedger } from "#lib/domain/ledger/queries.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { Forbidden, NotFound, type Refusal } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { withClinic } from "#lib/platform/db/with-clinic.ts";
import { sha256Hex } from "#lib/proof/hash.ts";
import { verifyWithBoth } from "#tests/support/both-verifiers.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { bagOf, madePack, textOf as text } from "#tests/support/packs.ts";
import { issueDirective } from "#tests/support/policies.ts";

const folder = mkdtempSync(path.join(tmpdir(), "wardbook-evidence-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a pack of a clinic's records", () => {
  let clinic: TestClinic;
  let packId: string;
  let bag: Map<string, Uint8Array>;
  beforeAll(async () => {
    clinic = await mintClinic();
    await adoptTools(clinic.as.privacy_officer, {
      keys: ["deepseek-api", "openai-chatgpt-consumer", "anthropic-claude-team"],
    });
    await issueDirective(clinic.as.privacy_officer);
    ({ packId, bag } = await madePack(clinic));
  });

  it("is valid to both verifiers once the fingerprints of the clinic's page are given", async () => {
    const { fingerprints } = await getEvidencePage(clinic.as.auditor, {});
    const trust = { keys: [fingerprints.ssh, fingerprints.p256, fingerprints.log] };
    expect((await verifyWithBoth(bag, trust)).verdict).toBe("valid");
    expect((await verifyWithBoth(bag)).verdict).toBe("consistent_signer_unknown");
  });

  it("is invalid with one byte changed, and where another key is the trusted one", async () => {
    const changed = new Map(bag).set(
      "data/tables/tools.csv",
      Buffer.concat([bag.get("data/tables/tools.csv") ?? Buffer.of(), Buffer.from("x")]),
    );
    expect((await verifyWithBoth(changed)).verdict).toBe("invalid");
    expect((await verifyWithBoth(bag, { keys: [`p256:${"0".repeat(64)}`] })).verdict).toBe("invalid");
  });

  it.skipIf(!has("ssh-keygen") || !has("openssl") || !has("sha256sum"))(
    "is good to the tools on a laptop",
    async () => {
      const place = unpack(bag, "laptop");
      const { principal } = await getEvidencePage(clinic.as.auditor, {});
      const run = (command: string) =>
        execFileSync("sh", ["-c", command], { cwd: place, encoding: "utf8", stdio: "pipe" });
      expect(run("sha256sum -c --quiet manifest-sha256.txt && sha256sum -c --quiet tagmanifest-sha256.txt")).toBe("");
      const signature = "-n evidence-pack -s signatures/tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt";
      expect(run(`ssh-keygen -Y verify -f data/keys/allowed_signers -I ${principal} ${signature}`)).toContain(
        'Good "evidence-pack" signature',
      );
      const p256 = "-signature signatures/tagmanifest-sha256.txt.p256.sig tagmanifest-sha256.txt";
      expect(run(`openssl dgst -sha256 -verify data/keys/pack-p256.pem ${p256}`)).toBe("Verified OK\n");
    },
  );

  it("says every event as a sentence and holds every event it counts", async () => {
    const { ledgerSize } = await getEvidencePack(clinic.as.owner, { packId });
    const events = text(bag, "data/log/events.csv").trim().split("\r\n");
    expect(events.length).toBe(ledgerSize + 1);
    expect(events.join("\n")).toContain(
      "Dana Whitfield took ChatGPT, Free, Go, Plus and Pro, by OpenAI into the register",
    );
    expect(events.join("\n")).not.toMatch(/undefined|sentences\.|\{/);
  });

  it("made again of the same four is the same but for the signatures and the time it was made", async () => {
    const again = await repeat(clinic, packId);
    await makeEvidencePack(clinic.system, again);
    const second = await bagOf(clinic, again);
    expect([...second.keys()]).toEqual([...bag.keys()]);
    const different = [...bag.keys()].filter(
      (file) => sha256Hex(bag.get(file) ?? Buffer.of()) !== sha256Hex(second.get(file) ?? Buffer.of()),
    );
    // bag-info.txt differs only when midnight (UTC) lies between the two.
    expect(different.filter((file) => !MAY_DIFFER.includes(file))).toEqual([]);
    const lines = (files: Map<string, Uint8Array>) => text(files, "bag-info.txt").replace(/Bagging-Date: .*/, "");
    expect(lines(second)).toBe(lines(bag));
    expect((await verifyWithBoth(second)).verdict).toBe("consistent_signer_unknown");
  });

  it.skipIf(!has("pdftotext"))("made again has a cover that differs in the line of its making only", async () => {
    const again = await repeat(clinic, packId);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await makeEvidencePack(clinic.system, again);
    const [first, second] = [bag, await bagOf(clinic, again)].map((files) => coverText(files).split("\n"));
    const different = first?.filter((line, index) => line !== second?.[index]) ?? [];
    expect(different).toEqual([expect.stringMatching(/^Pack made/)]);
    expect(second?.length).toBe(first?.length);
  });

  it("made twice by a job that was repeated is kept once", async () => {
    const before = await getEvidencePack(clinic.system, { packId });
    const { size } = await getLedgerPage(clinic.system, {});
    await makeEvidencePack(clinic.system, packId);
    expect(await getEvidencePack(clinic.system, { packId })).toEqual(before);
    expect((await getLedgerPage(clinic.system, {})).size).toBe(size);
  });

  it("handed out leaves an entry that says who took it, and comes in pieces that are the whole ZIP", async () => {
    const { sha256, sizeBytes } = await downloadEvidencePack(clinic.as.auditor, { packId });
    const pieces: Uint8Array[] = [];
    for (let number = 0; ; number += 1) {
      const piece = await getEvidencePackChunk(clinic.as.auditor, { packId, number });
      if (piece === null) break;
      pieces.push(piece);
    }
    const zip = Buffer.concat(pieces);
    expect([zip.byteLength, sha256Hex(zip)]).toEqual([sizeBytes, sha256]);
    const [last] = (await getLedgerPage(clinic.as.auditor, {})).events;
    expect(last).toMatchObject({
      type: "evidence.downloaded",
      object: { id: packId },
      data: { sha256 },
      actor: { kind: "member" },
    });
    expect((await verifyLedger(clinic.as.auditor, {})).firstBad).toBeNull();
  });

  it("is neither shown nor given to another clinic", async () => {
    const other = await mintClinic(["owner", "auditor"]);
    await expect(getEvidencePack(other.as.owner, { packId })).rejects.toBeInstanceOf(NotFound);
    await expect(downloadEvidencePack(other.as.owner, { packId })).rejects.toBeInstanceOf(NotFound);
    await expect(getEvidencePackChunk(other.as.auditor, { packId, number: 0 })).rejects.toBeInstanceOf(NotFound);
  });

  it("can be taken by the auditor, who can't ask for one", async () => {
    await expect(requestEvidencePack(clinic.as.auditor, {})).rejects.toBeInstanceOf(Forbidden);
    await expect(getEvidencePage(clinic.as.staff, {})).rejects.toBeInstanceOf(Forbidden);
    await expect(downloadEvidencePack(clinic.as.manager, { packId })).rejects.toBeInstanceOf(Forbidden);
  });
});

describe("a pack of a period", () => {
  it("lists the events of those days in full and hides none of the others", async () => {
    const clinic = await mintClinic(["owner", "privacy_officer"]);
    const { today } = await getEvidencePage(clinic.as.owner, {});
    const { packId, ledgerSize } = await requestEvidencePack(clinic.as.privacy_officer, {
      asOf: today,
      from: "2026-01-01",
      to: "2026-01-31",
    });
    await makeEvidencePack(clinic.system, packId);
    const bag = await bagOf(clinic, packId);
    expect(text(bag, "data/log/events.jsonl")).toBe("");
    expect(text(bag, "data/log/envelopes.csv").trim().split("\r\n").length).toBe(ledgerSize + 1);
    expect((await verifyWithBoth(bag)).verdict).toBe("consistent_signer_unknown");
  });

  it("or a day that can't be is refused, and nothing is asked for", async () => {
    const clinic = await mintClinic(["owner"]);
    const asking = (dates: Parameters<typeof requestEvidencePack>[1]) =>
      requestEvidencePack(clinic.as.owner, dates).catch((error: Refusal) => error);
    expect(await asking({ asOf: "2999-01-01" })).toMatchObject({ code: "evidence.as_of_in_future", field: "asOf" });
    expect(await asking({ from: "2026-01-01" })).toMatchObject({ code: "evidence.period_incomplete", field: "to" });
    expect(await asking({ from: "2026-02-01", to: "2026-01-01" })).toMatchObject({
      code: "evidence.period_reversed",
      field: "to",
    });
    expect((await getEvidencePage(clinic.as.owner, {})).packs).toEqual([]);
  });
});

const MAY_DIFFER = [
  "START-HERE.pdf",
  "bag-info.txt",
  "tagmanifest-sha256.txt",
  "signatures/tagmanifest-sha256.txt.sig",
  "signatures/tagmanifest-sha256.txt.p256.sig",
];

/** Another request with the same moment, period and ledger size, which no command makes: the ledger has grown since. */
async function repeat(clinic: TestClinic, packId: string): Promise<string> {
  const id = newId();
  await withClinic(clinic.system, {}, async (tx) => {
    const { clinicId: _, ...pack } = await tx.evidencePack.findFirstOrThrow({ where: { id: packId } });
    const unmade = { status: "requested", fileName: null, sizeBytes: null, sha256: null, finishedAt: null };
    await tx.evidencePack.create({ data: { ...pack, ...unmade, id } });
    return { value: undefined, events: [], reactingEventIds: [] };
  });
  return id;
}

function unpack(bag: ReadonlyMap<string, Uint8Array>, name: string): string {
  const place = path.join(folder, name);
  for (const [file, bytes] of bag) {
    mkdirSync(path.dirname(path.join(place, file)), { recursive: true });
    writeFileSync(path.join(place, file), bytes);
  }
  return place;
}

function coverText(bag: ReadonlyMap<string, Uint8Array>): string {
  return execFileSync("pdftotext", ["-layout", "-", "-"], {
    input: Buffer.from(bag.get("START-HERE.pdf") ?? []),
    encoding: "utf8",
  });
}

function has(tool: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${tool}`]).status === 0;
}
