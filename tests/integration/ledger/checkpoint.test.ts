import { createPublicKey, verify } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { verifyLedger } from "#lib/domain/ledger/queries.ts";
import { ensureCheckpoint } from "#lib/domain/ledger/reactions.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { Forbidden } from "#lib/kernel/errors.ts";
import { keys } from "#lib/platform/keys.ts";
import { SignerRefused } from "#lib/platform/signer.ts";
import { checkpointSignedBy, parseCheckpoint } from "#lib/proof/checkpoint.ts";
import { merkleRoot } from "#lib/proof/merkle.ts";
import { noteKeyOf } from "#lib/proof/note.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { asApp } from "#tests/support/sql.ts";
import { EDIT_BODY, rechain, rewind, tamper } from "#tests/support/tampering.ts";
import { typedTool } from "#tests/support/tools.ts";

const stateFile = (clinicId: string) => path.join(keys().signerState, `${clinicId}.json`);
const stateOf = (clinicId: string) => JSON.parse(readFileSync(stateFile(clinicId), "utf8"));
const sizesKept = (clinicId: string) =>
  asApp(clinicId, async (sql) =>
    (await sql("SELECT size::int FROM ledger.checkpoint ORDER BY size")).map(({ size }) => size),
  );
const leavesOf = (clinicId: string, size: number) =>
  asApp(clinicId, async (sql) =>
    (await sql("SELECT leaf FROM ledger.event WHERE seq < $1 ORDER BY seq", [size])).map(({ leaf }) => leaf as Buffer),
  );

test("the whole ledger is signed; asked again while nothing happened, the same note is given", async () => {
  const { clinicId, system } = await mintClinic(["owner"]);
  const first = await ensureCheckpoint(system);
  expect(first.size).toBe(3);
  expect(await ensureCheckpoint(system)).toEqual(first);
  expect(await ensureCheckpoint(system, 3)).toEqual(first);
  expect(await sizesKept(clinicId)).toEqual([3]);
});

test("after more events a new note covers them all, and the older note stays", async () => {
  const { clinicId, as, system } = await mintClinic(["owner"]);
  const first = await ensureCheckpoint(system);
  await registerTool(as.owner, typedTool("Later"));
  const second = await ensureCheckpoint(system);
  expect(second.size).toBe(5);
  expect(second.note).not.toBe(first.note);
  expect(await ensureCheckpoint(system, 3)).toEqual(first);
  expect(await sizesKept(clinicId)).toEqual([3, 5]);
  expect(await verifyLedger(as.owner, {})).toMatchObject({ checkpoints: 2, firstBad: null });
});

test("more than the ledger holds is never signed: the note covers what is there", async () => {
  const { system } = await mintClinic(["owner"]);
  expect(await ensureCheckpoint(system, 1000)).toMatchObject({ size: 3 });
});

test("the note holds for lib/proof and for node:crypto alone, over the root of the leaves", async () => {
  const { clinicId, system } = await mintClinic(["owner", "privacy_officer"]);
  const { note, origin, size } = await ensureCheckpoint(system);
  const checkpoint = parseCheckpoint(note);
  expect(checkpointSignedBy(checkpoint, noteKeyOf(origin, keys().ledger))).toBe(true);
  expect(Buffer.from(checkpoint.root)).toEqual(Buffer.from(merkleRoot(await leavesOf(clinicId, size))));

  const [text, signatureLine] = note.split("\n\n");
  expect(text?.split("\n").slice(0, 2)).toEqual([origin, "5"]);
  const signature = Buffer.from(signatureLine?.trim().split(" ")[2] ?? "", "base64").subarray(4);
  const publicKey = createPublicKey(keys().ledger);
  expect(verify(null, Buffer.from(`${text}\n`), publicKey, signature)).toBe(true);
  expect(verify(null, Buffer.from(`${text?.replace("\n5\n", "\n6\n")}\n`), publicKey, signature)).toBe(false);
});

test("a smaller size of what it signed is signed too, and does not make the signer forget the larger", async () => {
  const { clinicId, system } = await mintClinic(["owner", "privacy_officer"]);
  await ensureCheckpoint(system);
  const { note, size } = await ensureCheckpoint(system, 2);
  expect(size).toBe(2);
  expect(Buffer.from(parseCheckpoint(note).root)).toEqual(Buffer.from(merkleRoot(await leavesOf(clinicId, 2))));
  expect(stateOf(clinicId)).toMatchObject({ size: 5 });
});

test("a ledger restored from an older state is refused, also once it has grown again past what was signed", async () => {
  const { clinicId, as, system } = await mintClinic(["owner", "privacy_officer"]);
  await ensureCheckpoint(system);
  const signed = stateOf(clinicId);
  await tamper((sql) => rewind(sql, clinicId, 3));
  await refused(ensureCheckpoint(system), "smaller_than_signed");
  await registerTool(as.owner, typedTool("Other history"));
  await refused(ensureCheckpoint(system), "same_size_other_root");
  await registerTool(as.owner, typedTool("And more of it"));
  await refused(ensureCheckpoint(system), "does_not_extend");
  await refused(ensureCheckpoint(system, 2), "same_size_other_root");
  expect(stateOf(clinicId)).toEqual(signed);
  expect(await sizesKept(clinicId)).toEqual([]);
});

test("a ledger rewritten and rechained is refused, though its checkpoints were removed and it verifies by itself", async () => {
  const { clinicId, as, system } = await mintClinic(["owner", "privacy_officer"]);
  await ensureCheckpoint(system);
  await tamper(async (sql) => {
    await sql(EDIT_BODY, [clinicId, 1]);
    await rechain(sql, clinicId);
    await sql("DELETE FROM ledger.checkpoint WHERE clinic_id = $1", [clinicId]);
  });
  expect(await verifyLedger(as.owner, {})).toMatchObject({ firstBad: null });
  await refused(ensureCheckpoint(system), "same_size_other_root");
});

test("NOT caught by a signer that has lost its memory: it signs a rewritten ledger, which the older note then contradicts", async () => {
  const { clinicId, as, system } = await mintClinic(["owner"]);
  const mailed = await ensureCheckpoint(system);
  await tamper(async (sql) => {
    await sql(EDIT_BODY, [clinicId, 1]);
    await rechain(sql, clinicId);
    await sql("DELETE FROM ledger.checkpoint WHERE clinic_id = $1", [clinicId]);
  });
  rmSync(stateFile(clinicId));
  const forged = await ensureCheckpoint(system);
  expect(await verifyLedger(as.owner, {})).toMatchObject({ firstBad: null, checkpoints: 1 });
  expect(parseCheckpoint(forged.note).size).toBe(parseCheckpoint(mailed.note).size);
  expect(parseCheckpoint(forged.note).root).not.toEqual(parseCheckpoint(mailed.note).root);
});

test("a memory that cannot be read stops the signer; it is not taken for none", async () => {
  const { clinicId, as, system } = await mintClinic(["owner"]);
  await ensureCheckpoint(system);
  writeFileSync(stateFile(clinicId), '{"origin":"wardbook.test/c/1/1","size":3');
  await registerTool(as.owner, typedTool("Later"));
  await expect(ensureCheckpoint(system)).rejects.toThrow(SyntaxError);
  expect(await sizesKept(clinicId)).toEqual([3]);
});

test("people have no button that signs: checkpoints are the system's", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  await expect(ensureCheckpoint(as.owner)).rejects.toBeInstanceOf(Forbidden);
  await expect(ensureCheckpoint(as.privacy_officer)).rejects.toBeInstanceOf(Forbidden);
});

async function refused(signing: Promise<unknown>, reason: string): Promise<void> {
  const error = await signing.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SignerRefused);
  expect(error).toMatchObject({ reason });
}
