import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { getLedgerPage, getLedgerSize, verifyLedger } from "#lib/domain/ledger/queries.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { newId } from "#lib/kernel/ids.ts";
import { bodySha256 } from "#lib/proof/body.ts";
import { leafHash } from "#lib/proof/envelope.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { asApp, asSuperuser, type Sql } from "#tests/support/sql.ts";
import { typedTool } from "#tests/support/tools.ts";

const EVENTS = "SELECT *, recorded_at::text AS recorded_at_text FROM ledger.event ORDER BY seq";

function anEvent(fields: { type?: string; correlation?: string } = {}) {
  const { type = "clinic.second_approver_required", correlation = newId() } = fields;
  const body = { v: 1, actor: { kind: "system", job: "test" }, object: { type: "clinic", id: newId() }, correlation };
  return { id: newId(), type, body: JSON.stringify(body), openings: [] };
}

function append(sql: Sql, events: readonly object[]) {
  return sql("SELECT ledger.append($1::jsonb)", [JSON.stringify(events)]);
}

test("sixteen that write at once, some of them rolled back, leave no gap, no broken link and no step back in time", async () => {
  const { clinicId, as, system } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerTool(as.owner, typedTool("Contended"));
  const before = await getLedgerSize(system, {});
  const writers = Array.from({ length: 16 }, async (_, index) => {
    if (index % 4 === 0) return registerTool(as.privacy_officer, typedTool(`Tool ${index}`));
    // Of these four one finds the version it looked at; the others are rolled back after their update.
    if (index % 4 === 1) {
      return decideTool(as.owner, { toolId, version: 1, status: "prohibited", reason: `decision ${index}` });
    }
    return asApp(clinicId, async (sql) => {
      await append(sql, [anEvent(), anEvent()]);
      if (index % 4 === 2) throw new Error("rolled back after its append");
    });
  });
  const results = await Promise.allSettled(writers);
  const reasons = results.flatMap((result) => (result.status === "rejected" ? [String(result.reason.message)] : []));
  expect(reasons.sort()).toEqual([
    ...Array.from({ length: 4 }, () => "rolled back after its append"),
    ...Array.from({ length: 3 }, () => "tool.decided_meanwhile"),
  ]);

  const events = await asApp(clinicId, (sql) => sql(EVENTS));
  expect(events.map((event) => Number(event.seq))).toEqual(events.map((_, index) => index));
  expect(events).toHaveLength(before.size + 4 + 1 + 8);
  for (const [index, event] of events.entries()) {
    if (index === 0) continue;
    expect(event.prev_leaf).toEqual(events[index - 1].leaf);
    expect(event.stamp >= events[index - 1].stamp).toBe(true);
  }
  expect(await verifyLedger(as.owner, {})).toMatchObject({ size: events.length, firstBad: null });
});

test("each leaf is what lib/proof says it is, and what printf and sha256sum say", async () => {
  const { clinicId } = await mintClinic(["owner"]);
  const [{ origin }] = await asApp(clinicId, (sql) => sql("SELECT origin FROM ledger.head"));
  const events = await asApp(clinicId, (sql) => sql(EVENTS));
  expect(events).toHaveLength(3);
  for (const { seq, stamp, type, body, prev_leaf, leaf } of events) {
    const previous = prev_leaf.toString("hex");
    const envelope = { origin, seq: Number(seq), recordedAt: stamp, type, previous, bodySha256: bodySha256(body) };
    expect(leaf.toString("hex")).toBe(leafHash(envelope));
    const script = [
      `BH=$(printf %s "$BODY" | sha256sum | cut -d' ' -f1)`,
      `printf '\\000wardbook-ledger/v1\\n%s\\n%s\\n%s\\n%s\\n%s\\n%s\\n' "$ORIGIN" "$SEQ" "$AT" "$TYPE" "$PREV" "$BH" | sha256sum`,
    ].join("\n");
    const facts = { BODY: body, ORIGIN: origin, SEQ: seq, AT: stamp, TYPE: type, PREV: previous };
    const printed = execFileSync("sh", ["-c", script], { env: { ...process.env, ...facts }, encoding: "utf8" });
    expect(leaf.toString("hex")).toBe(printed.slice(0, 64));
  }
});

test("the columns for filtering say what the hashed body says, and the kept moment is the one in the envelope", async () => {
  const { clinicId, as } = await mintClinic(["owner", "privacy_officer"]);
  await adoptTools(as.privacy_officer, { keys: ["deepseek-web-chat"] });
  const events = await asApp(clinicId, (sql) => sql(EVENTS));
  expect(events).toHaveLength(8);
  for (const event of events) {
    const body = JSON.parse(event.body);
    expect({
      actor: event.actor_id,
      type: event.object_type,
      id: event.object_id,
      correlation: event.correlation_id,
    }).toEqual({
      actor: body.actor.id ?? null,
      type: body.object.type,
      id: body.object.id,
      correlation: body.correlation,
    });
    const [date, clock] = event.stamp.slice(0, -1).split("T");
    expect(event.recorded_at_text).toBe(`${date} ${clock.replace(/\.?0+$/, "")}+00`);
  }
});

test("the events of one request carry its id, and only they", async () => {
  const { clinicId, as } = await mintClinic(["owner", "privacy_officer"]);
  const requestId = newId();
  await adoptTools({ ...as.privacy_officer, requestId }, { keys: ["deepseek-web-chat", "openai-chatgpt-enterprise"] });
  await adoptTools({ ...as.privacy_officer, requestId: newId() }, { keys: ["deepseek-api"] });
  const joined = await asApp(clinicId, (sql) =>
    sql("SELECT type FROM ledger.event WHERE correlation_id = $1 ORDER BY seq", [requestId]),
  );
  expect(joined.map(({ type }) => type).sort()).toEqual([
    ...["tool.adopted", "tool.adopted", "tool.prohibited", "vendor.registered", "vendor.registered"],
  ]);
});

test("what people typed comes back as typed: accents, emoji, quotes, braces, several lines", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const typed = {
    vendor: 'Žluťoučký "kůň" & Söhne',
    product: "日本語 🧑‍⚕️ {count, plural}",
    surface: "C:\\temp\\'; DROP TABLE tool; --",
  };
  const { toolId } = await registerTool(as.owner, { ...typedTool("any"), ...typed });
  const reason = 'First line\n\n\t"second"\u2028line \u{10FFFD} 100 % <b>\\u0000</b>';
  const conditions = ["Nothing – about ‘patients’", "¿Sí? 👍🏽"];
  await decideTool(as.owner, { toolId, version: 1, status: "not_for_phi", reason, conditions });
  const { events } = await getLedgerPage(as.owner, {});
  const [decided, registered] = events;
  expect(registered).toMatchObject({ type: "tool.registered", data: typed });
  expect(decided).toMatchObject({ type: "tool.approved_without_phi", data: { ...typed, reason, conditions } });
});

test("a thing that happened earlier says so in its body, and the ledger's time stays the database's clock", async () => {
  const { clinicId, as } = await mintClinic(["owner", "privacy_officer"]);
  const occurredAt = new Date("2025-03-04T05:06:07Z");
  await registerTool({ ...as.owner, occurredAt }, typedTool("On paper"));
  const [last] = await asApp(clinicId, (sql) =>
    sql("SELECT body, recorded_at > now() - interval '1 hour' AS fresh FROM ledger.event ORDER BY seq DESC LIMIT 1"),
  );
  expect(JSON.parse(last.body).occurredAt).toBe("2025-03-04T05:06:07.000Z");
  expect(last.fresh).toBe(true);
});

function writesTo(sql: Sql) {
  return sql(
    `SELECT relname AS table, (n_tup_ins + n_tup_upd + n_tup_del)::int AS writes FROM pg_stat_xact_all_tables
      WHERE schemaname = 'ledger' AND relname IN ('head', 'event') ORDER BY relname`,
  );
}

test("appending many events at once writes the head once, so that its cost grows with their number and no faster", async () => {
  const { clinicId, system } = await mintClinic(["owner"]);
  const written = await asApp(clinicId, async (sql) => {
    // What the connection wrote before and has not reported yet stands there too.
    const before = await writesTo(sql);
    await append(
      sql,
      Array.from({ length: 20_000 }, () => anEvent()),
    );
    const after = await writesTo(sql);
    return Object.fromEntries(after.map((row, at) => [row.table, row.writes - before[at].writes]));
  });
  expect(written).toEqual({ event: 20_000, head: 1 });
  expect(await getLedgerSize(system, {})).toMatchObject({ size: 20_003 });
});

test("the ledger's time never goes back, even when the database's clock does", async () => {
  const { clinicId, as } = await mintClinic(["owner"]);
  await asSuperuser((sql) => sql("UPDATE ledger.head SET last_at = '2999-01-01Z' WHERE clinic_id = $1", [clinicId]));
  await registerTool(as.owner, typedTool("Afterwards"));
  const events = await asApp(clinicId, (sql) => sql("SELECT stamp FROM ledger.event ORDER BY seq DESC LIMIT 1"));
  expect(events[0].stamp).toBe("2999-01-01T00:00:00.000000Z");
  expect(await verifyLedger(as.owner, {})).toMatchObject({ firstBad: null });
});
