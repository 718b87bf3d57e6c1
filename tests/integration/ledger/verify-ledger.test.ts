import { expect, test } from "vitest";
import { verifyLedger } from "#lib/domain/ledger/queries.ts";
import { ensureCheckpoint } from "#lib/domain/ledger/reactions.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import type { Sql } from "#tests/support/sql.ts";
import { EDIT_BODY, rechain, renumber, rewind, tamper } from "#tests/support/tampering.ts";

// A superuser has disabled the triggers. A fresh clinic of one owner holds three events, 0 to 2; of an owner
// and a privacy officer five.

type Attack = (sql: Sql, clinicId: string) => Promise<unknown>;

const INSERT_COPY_OF_1 = `INSERT INTO ledger.event (clinic_id, seq, event_id, recorded_at, stamp, type, body, prev_leaf, leaf)
  SELECT clinic_id, $2, gen_random_uuid(), recorded_at, stamp, type, body, prev_leaf, leaf FROM ledger.event WHERE clinic_id = $1 AND seq = 1`;
const atSeq2 = (set: string): Attack => {
  return (sql, clinicId) => sql(`UPDATE ledger.event SET ${set} WHERE clinic_id = $1 AND seq = 2`, [clinicId]);
};

const caught: Array<[string, Attack, { seq: number; fault: string }]> = [
  ["an edited body", (sql, id) => sql(EDIT_BODY, [id, 2]), { seq: 2, fault: "body" }],
  ["a body edited and given its leaf", edited2WithLeaf, { seq: 3, fault: "chain" }],
  ["a time moved back", atSeq2("stamp = '2020' || substr(stamp, 5)"), { seq: 2, fault: "time" }],
  ["a time moved on", atSeq2("stamp = left(stamp, 20) || '999999Z'"), { seq: 2, fault: "body" }],
  ["a time out of form", atSeq2("stamp = left(stamp, 19) || 'Z'"), { seq: 2, fault: "time" }],
  ["a changed type", atSeq2("type = 'member.left'"), { seq: 2, fault: "body" }],
  ["two events swapped", swapped2And3, { seq: 2, fault: "chain" }],
  ["an event taken out", without2, { seq: 2, fault: "sequence" }],
  [
    "an event taken out and the rest moved up",
    async (sql, id) => {
      await without2(sql, id);
      await renumber(sql, id, 3, -1);
    },
    { seq: 2, fault: "chain" },
  ],
  [
    "an event put between",
    async (sql, id) => {
      await renumber(sql, id, 2, 1);
      await sql(INSERT_COPY_OF_1, [id, 2]);
    },
    { seq: 2, fault: "chain" },
  ],
  ["an event put before the first", (sql, id) => sql(INSERT_COPY_OF_1, [id, -1]), { seq: -1, fault: "sequence" }],
  ["an event put after the last", (sql, id) => sql(INSERT_COPY_OF_1, [id, 70]), { seq: 70, fault: "sequence" }],
  [
    "the tail cut and the head left",
    (sql, id) => sql("DELETE FROM ledger.event WHERE clinic_id = $1 AND seq = 4", [id]),
    { seq: 4, fault: "head" },
  ],
];

async function edited2WithLeaf(...[sql, clinicId]: Parameters<Attack>) {
  await sql(EDIT_BODY, [clinicId, 2]);
  const before = await sql("SELECT prev_leaf, leaf FROM ledger.event WHERE clinic_id = $1 AND seq = 3", [clinicId]);
  await rechain(sql, clinicId);
  const { prev_leaf, leaf } = before[0];
  await sql("UPDATE ledger.event SET prev_leaf = $2, leaf = $3 WHERE clinic_id = $1 AND seq = 3", [
    ...[clinicId, prev_leaf, leaf],
  ]);
}

async function swapped2And3(...[sql, clinicId]: Parameters<Attack>) {
  for (const [from, to] of [
    [2, 50],
    [3, 2],
    [50, 3],
  ]) {
    await sql("UPDATE ledger.event SET seq = $3 WHERE clinic_id = $1 AND seq = $2", [clinicId, from, to]);
  }
}

async function without2(...[sql, clinicId]: Parameters<Attack>) {
  await sql("DELETE FROM ledger.event WHERE clinic_id = $1 AND seq = 2", [clinicId]);
}

test.each(caught)(
  "a superuser can't hide it: verification names the first bad entry after %s",
  async (_, attack, bad) => {
    const { clinicId, as } = await mintClinic(["owner", "privacy_officer"]);
    expect(await verifyLedger(as.owner, {})).toMatchObject({ size: 5, firstBad: null });
    await tamper(async (sql) => void (await attack(sql, clinicId)));
    expect(await verifyLedger(as.owner, {})).toMatchObject({ firstBad: bad });
  },
);

test("a whole chain made anew over an edited body is caught by the checkpoint signed before", async () => {
  const { clinicId, as, system } = await mintClinic(["owner"]);
  await ensureCheckpoint(system);
  await tamper(async (sql) => {
    await sql(EDIT_BODY, [clinicId, 1]);
    await rechain(sql, clinicId);
  });
  expect(await verifyLedger(as.owner, {})).toMatchObject({ firstBad: { seq: 2, fault: "checkpoint" } });
});

test("a tail cut after a checkpoint, with the head rewound to fit, is caught by that checkpoint", async () => {
  const { clinicId, as, system } = await mintClinic(["owner", "privacy_officer"]);
  const { note } = await ensureCheckpoint(system);
  await tamper(async (sql) => {
    await rewind(sql, clinicId, 4);
    await sql("INSERT INTO ledger.checkpoint (clinic_id, size, root, note) VALUES ($1, 5, sha256('x'), $2)", [
      clinicId,
      note,
    ]);
  });
  expect(await verifyLedger(as.owner, {})).toMatchObject({ size: 4, firstBad: { seq: 3, fault: "checkpoint" } });
});

test("a checkpoint whose signature is not ours is caught", async () => {
  const { clinicId, as, system } = await mintClinic(["owner"]);
  await ensureCheckpoint(system);
  await tamper(async (sql) => {
    await sql(
      "UPDATE ledger.checkpoint SET note = regexp_replace(note, '.{9}\n$', E'AAAAAAAA=\n') WHERE clinic_id = $1",
      [clinicId],
    );
  });
  expect(await verifyLedger(as.owner, {})).toMatchObject({ firstBad: { fault: "checkpoint" } });
});

test("NOT caught: a tail cut, or a chain made anew, before any checkpoint was signed", async () => {
  const { clinicId, as } = await mintClinic(["owner", "privacy_officer"]);
  await tamper(async (sql) => {
    await rewind(sql, clinicId, 4);
    await sql(EDIT_BODY, [clinicId, 1]);
    await rechain(sql, clinicId);
  });
  expect(await verifyLedger(as.owner, {})).toMatchObject({ size: 4, firstBad: null });
});
