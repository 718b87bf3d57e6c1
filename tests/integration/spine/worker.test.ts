import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { addLocation } from "#lib/domain/clinic/settings/commands/add-location.ts";
import { requestEvidencePack } from "#lib/domain/evidence/commands/request-evidence-pack.ts";
import { getEventForReaction } from "#lib/domain/ledger/queries.ts";
import { REACTING_EVENTS } from "#lib/domain/reacting-events.ts";
import { REACTIONS } from "#lib/domain/reactions.ts";
import { newId } from "#lib/kernel/ids.ts";
import { beatHeart, secondsSinceHeartbeat } from "#lib/platform/db/identity.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { jobsOf } from "#tests/support/contents.ts";
import { asApp, asOwner } from "#tests/support/sql.ts";

test("a heartbeat is one row, which each beat renews by the database's clock", async () => {
  const id = `worker ${newId()}`;
  expect(await secondsSinceHeartbeat(id)).toBeNull();
  await beatHeart(id, "1");
  await asOwner((sql) =>
    sql("UPDATE worker_heartbeat SET beat_at = now() - interval '90 seconds' WHERE id = $1", [id]),
  );
  expect(await secondsSinceHeartbeat(id)).toBeGreaterThanOrEqual(90);
  await beatHeart(id, "2");
  expect(await secondsSinceHeartbeat(id)).toBeLessThan(60);
  const rows = await asOwner((sql) => sql("SELECT detail FROM worker_heartbeat WHERE id = $1", [id]));
  expect(rows).toEqual([{ detail: "2" }]);
});

test("the app's role can't pretend that the worker lives", async () => {
  const { clinicId } = await mintClinic(["owner"]);
  const beating = "INSERT INTO worker_heartbeat (id, beat_at) VALUES ('pretended', now())";
  await expect(asApp(clinicId, (sql) => sql(beating))).rejects.toThrow("permission denied for table worker_heartbeat");
});

test("every event that enqueues a job has a reaction, and every reaction its event", () => {
  expect([...REACTING_EVENTS].sort()).toEqual(Object.keys(REACTIONS).sort());
});

test("an event that something follows from enqueues one job, which names the event and says nothing of it", async () => {
  const { clinicId, as, system } = await mintClinic(["owner"]);
  const { packId } = await requestEvidencePack(as.owner, {});
  const [event] = await asApp(clinicId, (sql) =>
    sql("SELECT event_id FROM ledger.event WHERE type = 'evidence.requested'"),
  );
  expect(await jobsOf(clinicId)).toEqual([{ clinicId, eventId: event.event_id }]);
  const found = await getEventForReaction(system, { eventId: event.event_id });
  expect(found).toMatchObject({ type: "evidence.requested", objectId: packId });
});

test("an event that nothing follows from enqueues none", async () => {
  const { clinicId, as } = await mintClinic(["owner"]);
  await addLocation(as.owner, { name: "Mill Road", address: "" });
  expect(await jobsOf(clinicId)).toEqual([]);
});

test("a change that is not kept enqueues nothing: its job was part of the same transaction", async () => {
  const { clinicId, as } = await mintClinic(["owner"]);
  // The ledger, last in the transaction, can't index this.
  const requestId = randomBytes(20_000).toString("hex");
  await expect(requestEvidencePack({ ...as.owner, requestId }, {})).rejects.toThrow("index row");
  expect(await jobsOf(clinicId)).toEqual([]);
});
