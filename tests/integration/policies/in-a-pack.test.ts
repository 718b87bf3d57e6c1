import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import {
  attestationsTable,
  policiesTable,
  policyReadings,
  signatureRollsTable,
} from "#lib/domain/policies/evidence.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { type Table, tableCsv, tableJson } from "#lib/proof/tables.ts";
import { verifyWithBoth } from "#tests/support/both-verifiers.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { eventTypes, inPack, ledgerSize, madePack, tableOf, textOf } from "#tests/support/packs.ts";
import { issueDirective, issuedDaysAgo, newColleague, setDates, signDirective } from "#tests/support/policies.ts";

const DAY = 86_400_000;

function rowsOf({ columns, rows }: Table): Record<string, unknown>[] {
  return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
}

test("a pack has every version with its exact texts byte for byte, and every signature with the text it is over", async () => {
  const clinic = await mintClinic();
  const { as } = clinic;
  await issueDirective(as.privacy_officer, { reason: "Two lines\nof =reason()" });
  await signDirective(as.staff, "es");
  await issueDirective(as.privacy_officer, { reportMinutes: 30 });
  await signDirective(as.manager);
  const { policies, attestations } = await inPack(clinic, {}, async (tx, moment) => ({
    policies: policiesTable(await policyReadings(tx, moment), moment),
    attestations: await attestationsTable(tx, moment),
  }));
  expect(policies.files.map(({ path }) => path)).toEqual([
    ...["policies/P02-v1.en.md", "policies/P02-v1.es.md", "policies/P02-v2.en.md", "policies/P02-v2.es.md"],
  ]);
  const hashOf = new Map(
    policies.files.map(({ path, bytes }) => [path, createHash("sha256").update(bytes).digest("hex")] as const),
  );
  const versions = rowsOf(policies.table);
  expect(versions).toMatchObject([
    { code: "P02", number: 1, reason: "Two lines\nof =reason()", issued_by: "Dana Whitfield", recorded_later: false },
    { code: "P02", number: 2 },
  ]);
  for (const version of versions) {
    expect(hashOf.get(version.text_en as string)).toBe(version.text_sha256_en);
    expect(hashOf.get(version.text_es as string)).toBe(version.text_sha256_es);
    expect(JSON.parse(version.variables as string)).toMatchObject({ given: { dueDays: 3 }, en: { ackDueDays: "3" } });
  }
  expect(rowsOf(attestations.table)).toMatchObject([
    { member: "Maria Santos", code: "P02", version: 1, locale: "es", text_sha256: versions[0]?.text_sha256_es },
    { member: "Luis Ortega", code: "P02", version: 2, locale: "en", text_sha256: versions[1]?.text_sha256_en },
  ]);
  // Both forms of a table can be written, and each row names the event that recorded it.
  for (const { table, events } of [policies, attestations]) {
    expect([tableCsv(table), tableJson(table)].every((text) => text.includes("P02"))).toBe(true);
    expect(rowsOf(table).map((row) => row.event_seq)).toEqual(events);
    expect(new Set(events).size).toBe(2);
  }
});

test("the roll names the gaps as well: who had signed the newest version at the moment, who had not, who was late", async () => {
  const clinic = await mintClinic();
  const { clinicId, as } = clinic;
  const long = { startedOn: calendarDateIn("America/New_York", new Date(Date.now() - 100 * DAY)) };
  for (const who of [as.owner, as.privacy_officer, as.manager, as.staff]) {
    await setDates(clinicId, who, { ...long, joinedAt: new Date(Date.now() - 100 * DAY) });
  }
  await issuedDaysAgo(as.owner, 30);
  const then = new Date(Date.now() - 29 * DAY);
  await signDirective({ ...as.staff, occurredAt: then });
  await newColleague(clinic, "Ines Duarte");
  const statesAt = (asOf: Date) =>
    inPack(clinic, { asOf }, async (tx, moment) => {
      const { table } = signatureRollsTable(await policyReadings(tx, moment));
      return Object.fromEntries(rowsOf(table).map(({ member, state }) => [member, state]));
    });
  const late = { "Dana Whitfield": "overdue", "Grace Okafor": "overdue", "Luis Ortega": "overdue" };
  expect(await statesAt(new Date())).toEqual({ ...late, "Maria Santos": "signed", "Ines Duarte": "unsigned" });
  const inTime = { "Dana Whitfield": "unsigned", "Grace Okafor": "unsigned", "Luis Ortega": "unsigned" };
  expect(await statesAt(new Date(then.getTime() + 60_000))).toEqual({ ...inTime, "Maria Santos": "signed" });
  expect(await statesAt(new Date(then.getTime() - 60_000))).toEqual({ ...inTime, "Maria Santos": "unsigned" });
  expect(await statesAt(new Date(Date.now() - 31 * DAY))).toEqual({});
});

test("what was recorded after the pack's ledger is not in it, whatever day it is said to be of", async () => {
  const clinic = await mintClinic();
  const { as } = clinic;
  await issueDirective(as.privacy_officer);
  const size = await ledgerSize(clinic);
  await signDirective(as.staff);
  await issuedDaysAgo(as.owner, 2);
  const read = await inPack(clinic, { size }, async (tx, moment) => {
    const readings = await policyReadings(tx, moment);
    return {
      versions: rowsOf(policiesTable(readings, moment).table).map(({ number }) => number),
      signatures: (await attestationsTable(tx, moment)).table.rows.length,
      states: rowsOf(signatureRollsTable(readings).table).map(({ state }) => state),
    };
  });
  expect(read).toEqual({
    ...{ versions: [1], signatures: 0, states: ["unsigned", "unsigned", "unsigned", "unsigned"] },
  });
});

test("a whole pack has the roll and documents for reading, names them under the items they answer, and verifies", async () => {
  const clinic = await mintClinic();
  const { as } = clinic;
  await issueDirective(as.privacy_officer);
  await issueDirective(as.privacy_officer, { reportMinutes: 30 });
  await signDirective(as.staff, "es");
  const { bag } = await madePack(clinic);
  expect((await verifyWithBoth(bag)).verdict).toBe("consistent_signer_unknown");

  const documents = [...bag.keys()].filter((file) => /^data\/policies\/.*pdf$/.test(file));
  expect(documents).toEqual([
    ...["data/policies/P02-v1.pdf", "data/policies/P02-v2-signatures.pdf", "data/policies/P02-v2.pdf"],
  ]);
  expect(documents.filter((file) => !textOf(bag, file).startsWith("%PDF-"))).toEqual([]);
  const roll = tableOf(bag, "signature_rolls");
  expect(roll.map(({ member, version, state }) => [member, version, state])).toEqual([
    ...[
      ["Dana Whitfield", 2, "unsigned"],
      ["Grace Okafor", 2, "unsigned"],
    ],
    ...[
      ["Luis Ortega", 2, "unsigned"],
      ["Maria Santos", 2, "signed"],
    ],
  ]);
  const types = eventTypes(bag);
  const seqs = (column: string) => roll.map((row) => types[row[column] as number] ?? null);
  expect(seqs("event_seq")).toEqual(Array(4).fill("policy.issued"));
  expect(seqs("signed_event_seq")).toEqual([null, null, null, "attestation.signed"]);

  const index: Array<{ item: number; status: string; files: string }> = JSON.parse(textOf(bag, "data/index.json"));
  const naming = (file: string) => index.filter(({ files }) => files.split(" ").includes(file)).map(({ item }) => item);
  expect(naming("policies/P02-v1.pdf")).toEqual([1, 17, 39]);
  expect(naming("policies/P02-v2-signatures.pdf")).toEqual([17, 39]);
  expect(naming("tables/signature_rolls.csv")).toEqual([17, 39]);
  expect(index.filter(({ item }) => [1, 17, 39].includes(item)).map(({ status }) => status)).toEqual(
    Array(3).fill("partly"),
  );
});
