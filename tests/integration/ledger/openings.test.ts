import { expect, test } from "vitest";
import { getLedgerPage } from "#lib/domain/ledger/queries.ts";
import { listOpenings } from "#lib/domain/ledger/store.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { newId } from "#lib/kernel/ids.ts";
import { readClinic } from "#lib/platform/db/with-clinic.ts";
import { keys } from "#lib/platform/keys.ts";
import { commitmentsIn, opens, parseOpening } from "#lib/proof/commitment.ts";
import { unwrapKey } from "#lib/proof/opening-cipher.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { asApp, asSuperuser, type Sql } from "#tests/support/sql.ts";
import { typedTool } from "#tests/support/tools.ts";

const KEPT_TABLES = `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY ($1)`;

/** Tables of these schemas in which a text stands in the clear, as text or as bytes. */
async function tablesWith(schemas: string[], text: string): Promise<string[]> {
  return asSuperuser(async (sql: Sql) => {
    const found: string[] = [];
    for (const { name } of await sql(KEPT_TABLES, [schemas])) {
      const [{ hits }] = await sql(
        `SELECT count(*)::int AS hits FROM ${name} t WHERE position(lower($1) IN lower(t::text)) > 0 OR position($2 IN t::text) > 0
           OR position($3 IN t::text) > 0`,
        [text, Buffer.from(text).toString("hex"), Buffer.from(text).toString("base64").replace(/=+$/, "").slice(0, -1)],
      );
      if (hits > 0) found.push(name);
    }
    return found.sort();
  });
}

test("what people typed stands nowhere in the ledger or its job queue in the clear", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const tag = `Quokka-${newId()}`;
  const typed = { vendor: `V${tag}`, product: `P${tag}`, surface: `S${tag}` };
  const { toolId } = await registerTool(as.owner, { ...typedTool("any"), ...typed });
  const decision = { status: "not_for_phi" as const, reason: `R${tag}`, conditions: [`C${tag}`] };
  await decideTool(as.owner, { toolId, version: 1, ...decision });
  expect(await tablesWith(["ledger", "pgboss"], tag)).toEqual([]);
  // The search does find what is there: the register itself shows names and reasons.
  expect(await tablesWith(["public"], tag)).toEqual(expect.arrayContaining(["public.tool", "public.tool_decision"]));
  expect(await tablesWith(["ledger"], toolId)).toEqual(["ledger.event"]);
});

test("neither do the names and emails of the people who join", async () => {
  const { clinicId } = await mintClinic();
  const bodies = await asApp(clinicId, (sql) => sql("SELECT string_agg(body, ' ') AS text FROM ledger.event"));
  expect(bodies[0].text).toContain("member");
  for (const personal of ["Grace", "Okafor", "Santos", "@clinic.test", `Clinic ${clinicId.slice(0, 4)}`, "New_York"]) {
    expect(bodies[0].text).not.toContain(personal);
  }
});

test("each commitment in a body has one opening, which decrypts to the value and hashes to the commitment", async () => {
  const { clinicId, as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerTool(as.owner, typedTool("Opened"));
  const conditions = ["Nothing about patients", "Only from the clinic's own account"];
  await decideTool(as.owner, { toolId, version: 1, status: "not_for_phi", reason: "It was asked for", conditions });
  const [{ seq, body }] = await asApp(clinicId, (sql) =>
    sql("SELECT seq::int, body FROM ledger.event ORDER BY seq DESC LIMIT 1"),
  );
  const openings = await readClinic({ clinicId }, {}, (tx) =>
    listOpenings(tx, clinicId, { from: seq, below: seq + 1 }),
  );
  const told = Object.fromEntries(
    commitmentsIn(JSON.parse(body)).map(({ path, digest }) => {
      const opening = openings.find((candidate) => opens(candidate.opening, digest))?.opening ?? "";
      expect(parseOpening(opening).path).toBe(path);
      return [path, parseOpening(opening).value];
    }),
  );
  expect(told).toEqual({
    "data.vendor": "Northwind Labs",
    "data.product": "Opened",
    "data.surface": "Team plan",
    "data.reason": "It was asked for",
    "data.conditions.0": "Nothing about patients",
    "data.conditions.1": "Only from the clinic's own account",
  });
  expect(openings).toHaveLength(6);
});

test("the same value twice has two commitments that nobody can join, and no salt is used twice", async () => {
  const { clinicId, as } = await mintClinic(["owner", "privacy_officer"]);
  await registerTool(as.owner, typedTool("One"));
  await registerTool(as.owner, typedTool("Two"));
  const openings = await readClinic({ clinicId }, {}, (tx) => listOpenings(tx, clinicId, { from: 0, below: 100 }));
  const vendors = openings.filter(({ opening }) => parseOpening(opening).path === "data.vendor");
  expect(vendors.map(({ opening }) => parseOpening(opening).value)).toEqual(["Northwind Labs", "Northwind Labs"]);
  const salts = openings.map(({ opening }) => parseOpening(opening).salt);
  expect(new Set(salts).size).toBe(openings.length);
});

test("a ciphertext moved to another event, or another field of its event, does not open", async () => {
  const { clinicId, as } = await mintClinic(["owner", "privacy_officer"]);
  await registerTool(as.owner, typedTool("One"));
  const all = await asApp(clinicId, (sql) =>
    sql("SELECT event_id, digest, sealed FROM ledger.opening ORDER BY seq DESC"),
  );
  const [first, sibling] = all;
  const stranger = all.find((row) => row.event_id !== first.event_id);
  for (const other of [sibling, stranger]) {
    await put(clinicId, first, other.sealed);
    await expect(getLedgerPage(as.owner, {})).rejects.toThrow("unable to authenticate data");
  }
  await put(clinicId, first, first.sealed);
  expect((await getLedgerPage(as.owner, {})).events).toHaveLength(7);
  // With its digest, as a whole row.
  await asSuperuser((sql) =>
    sql("UPDATE ledger.opening SET event_id = $3 WHERE clinic_id = $1 AND digest = $2", [
      ...[clinicId, first.digest, stranger.event_id],
    ]),
  );
  await expect(getLedgerPage(as.owner, {})).rejects.toThrow("unable to authenticate data");
});

test("a ciphertext moved to another clinic does not open, nor does that clinic's key", async () => {
  const [one, other] = [await mintClinic(["owner"]), await mintClinic(["owner"])];
  const [{ wrapped_key: foreignKey }] = await asApp(other.clinicId, (sql) =>
    sql("SELECT wrapped_key FROM ledger.head"),
  );
  const [foreign] = await asApp(other.clinicId, (sql) => sql("SELECT sealed FROM ledger.opening LIMIT 1"));
  const [own] = await asApp(one.clinicId, (sql) => sql("SELECT event_id, digest, sealed FROM ledger.opening LIMIT 1"));
  await put(one.clinicId, own, foreign.sealed);
  await expect(getLedgerPage(one.as.owner, {})).rejects.toThrow("unable to authenticate data");
  await put(one.clinicId, own, own.sealed);
  await asSuperuser((sql) =>
    sql("UPDATE ledger.head SET wrapped_key = $2 WHERE clinic_id = $1", [one.clinicId, foreignKey]),
  );
  await expect(getLedgerPage(one.as.owner, {})).rejects.toThrow("unable to authenticate data");
  expect(() => unwrapKey(keys().openings, foreignKey, one.clinicId)).toThrow("unable to authenticate data");
  expect(unwrapKey(keys().openings, foreignKey, other.clinicId)).toHaveLength(32);
});

test("an opening that retention deleted leaves the proof whole and the sentence without the name", async () => {
  const { clinicId, as } = await mintClinic(["owner", "privacy_officer"]);
  await registerTool(as.owner, typedTool("Forgotten"));
  await asSuperuser((sql) => sql("DELETE FROM ledger.opening WHERE clinic_id = $1 AND seq = 6", [clinicId]));
  const { events } = await getLedgerPage(as.owner, {});
  expect(events[0]).toMatchObject({ type: "tool.registered", data: { product: "", deepseek: "none" } });
});

function put(clinicId: string, place: { event_id: string; digest: string }, sealed: Buffer) {
  return asSuperuser((sql) =>
    sql("UPDATE ledger.opening SET sealed = $4 WHERE clinic_id = $1 AND event_id = $2 AND digest = $3", [
      ...[clinicId, place.event_id, place.digest, sealed],
    ]),
  );
}
