import { describe, expect, test } from "vitest";
import type { ClinicContext } from "#lib/domain/context.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { listCatalogue } from "#lib/domain/tools/store.ts";
import { answerCatalogueUpdate } from "#lib/domain/tools/updates/commands/answer-catalogue-update.ts";
import { getUpdatePage, getUpdatesPage, getUpdatesRows } from "#lib/domain/tools/updates/queries.ts";
import { countUpdates } from "#lib/domain/tools/updates/store.ts";
import { Forbidden, InvalidInput } from "#lib/kernel/errors.ts";
import { readClinic } from "#lib/platform/db/with-clinic.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { asApp, asSuperuser } from "#tests/support/sql.ts";
import { toolNow, typedTool } from "#tests/support/tools.ts";

const KEY = "openai-chatgpt-enterprise";
const OLDER = "0".repeat(64);
const entry = listCatalogue().find(({ key }) => key === KEY) ?? expect.fail();

/** A clinic that adopted the entry when it said otherwise in these facts, and had these addresses. */
async function adoptedEarlier(facts: object = {}, hostnames?: string[]) {
  const clinic = await mintClinic(["owner", "privacy_officer", "manager", "staff"]);
  const { toolIds } = await adoptTools(clinic.as.owner, { keys: [KEY] });
  const [toolId = ""] = toolIds;
  await asOlder(clinic, toolId, facts, hostnames);
  return { ...clinic, toolId };
}

async function asOlder({ clinicId }: TestClinic, toolId: string, facts: object, hostnames?: string[]) {
  await asApp(clinicId, async (sql) => {
    await sql("UPDATE tool SET facts = facts || $1::jsonb, catalogue_hash = $2 WHERE id = $3", [
      ...[JSON.stringify({ asOf: "2026-01-05", confidence: "low", ...facts }), OLDER, toolId],
    ]);
    if (hostnames === undefined) return;
    await sql("UPDATE tool_hostname SET removed_at = now() WHERE tool_id = $1", [toolId]);
    for (const name of hostnames) {
      await sql("INSERT INTO tool_hostname (tool_id, name, verified) VALUES ($1, $2, false)", [toolId, name]);
    }
  });
}

async function looking(as: ClinicContext, toolId: string) {
  const { tool, update } = await getUpdatePage(as, { toolId });
  return { toolId, version: tool.version, entrySha256: update?.entry.sha256 ?? OLDER };
}

const count = ({ clinicId }: TestClinic) => readClinic({ clinicId }, {}, (tx) => countUpdates(tx));
const refusal = (promise: Promise<unknown>) => promise.then(() => "done").catch((error) => error.code);

test("an entry that is newer than what the clinic took over is listed with the fields that differ", async () => {
  const clinic = await adoptedEarlier({ baa: "none", notes: "" });
  await adoptTools(clinic.as.owner, { keys: ["openai-chatgpt-consumer"] });
  await registerTool(clinic.as.owner, typedTool("Northwind Chat"));
  const { rows, total } = await getUpdatesPage(clinic.as.manager, {});
  expect({ total, rows }).toMatchObject({
    total: 1,
    rows: [
      {
        ...{ toolId: clinic.toolId, product: "ChatGPT", status: "needs_review", fields: ["baa", "notes"] },
        ...{ deepseekNow: null, checkedOn: "2026-01-05", newlyCheckedOn: entry.asOf },
      },
    ],
  });
  expect(await count(clinic)).toBe(1);
  expect((await getUpdatesRows(clinic.as.manager, { q: "chatgpt" })).total).toBe(1);
  expect((await getUpdatesRows(clinic.as.manager, { q: "claude" })).total).toBe(0);
  expect((await getUpdatesRows(clinic.as.manager, { q: "%" })).total).toBe(0);
  await expect(getUpdatesPage(clinic.as.staff, {})).rejects.toBeInstanceOf(Forbidden);
});

test("what the clinic adopted and nobody changed since has no update, nor has what was typed or retired", async () => {
  const clinic = await mintClinic(["owner", "privacy_officer"]);
  const { toolIds } = await adoptTools(clinic.as.owner, { keys: [KEY, "openai-chatgpt-consumer"] });
  const { toolId: typed } = await registerTool(clinic.as.owner, typedTool("Northwind Chat"));
  expect(await count(clinic)).toBe(0);
  const [adopted = "", retired = ""] = toolIds;
  for (const toolId of [adopted, typed]) {
    expect((await getUpdatePage(clinic.as.owner, { toolId })).update).toBeNull();
  }
  const { version } = await toolNow(clinic.as.owner, retired);
  await decideTool(clinic.as.owner, { toolId: retired, version, status: "retired", reason: "Gone" });
  await asOlder(clinic, retired, { baa: "unknown" });
  expect(await count(clinic)).toBe(0);
});

describe("an answer", () => {
  test("takes what was accepted, leaves what was kept, and is the tool's next revision", async () => {
    const clinic = await adoptedEarlier({ baa: "none", notes: "Ours", retention: "Ours too" });
    const { as, toolId, clinicId } = clinic;
    const before = await toolNow(as.owner, toolId);
    const answers = { baa: "accept", notes: "keep", retention: "accept" } as const;
    const done = await answerCatalogueUpdate(as.privacy_officer, { ...(await looking(as.owner, toolId)), answers });
    expect(done).toEqual({
      ...{ toolId, number: 2, accepted: ["baa", "retention"], kept: ["notes"], recommendationChanged: false },
    });
    const now = await toolNow(as.owner, toolId);
    expect(now.facts).toEqual({
      ...{ ...before.facts, baa: entry.baa, retention: entry.retention, notes: "Ours" },
      ...{ asOf: "2026-01-05", confidence: "low" },
    });
    expect(now).toMatchObject({ catalogueHash: entry.sha256, version: before.version + 1, status: before.status });
    expect(await count(clinic)).toBe(0);
    const [, revision] = await asApp(clinicId, (sql) =>
      sql("SELECT * FROM tool_revision WHERE tool_id = $1 ORDER BY number", [toolId]),
    );
    expect(revision).toMatchObject({
      ...{ number: 2, basis: "catalogue_update", kept: ["notes"], catalogue_hash: entry.sha256 },
      ...{ facts: now.facts, category: now.category, model_family: now.modelFamily },
    });
    const [event] = await eventsOf(clinicId, "tool.update_answered");
    expect(event?.body).toMatchObject({
      object: { type: "tool", id: toolId },
      data: { number: 2, catalogueSha256: entry.sha256, accepted: ["baa", "retention"], kept: ["notes"] },
    });
  });

  test("accepting all makes the tool as the catalogue has it, of the catalogue's day", async () => {
    const { as, toolId } = await adoptedEarlier({ baa: "none", why: { en: "Old", es: "Viejo" }, conditions: [] });
    await answerCatalogueUpdate(as.owner, { ...(await looking(as.owner, toolId)), answers: "accept_all" });
    expect((await toolNow(as.owner, toolId)).facts).toMatchObject({
      ...{ baa: entry.baa, why: entry.why, conditions: entry.conditions, asOf: entry.asOf },
      confidence: entry.confidence,
    });
  });

  test("to facts that were only checked again takes over their day", async () => {
    const clinic = await adoptedEarlier();
    const { as, toolId } = clinic;
    expect((await getUpdatePage(as.owner, { toolId })).update?.fields).toEqual([]);
    await answerCatalogueUpdate(as.owner, { ...(await looking(as.owner, toolId)), answers: {} });
    expect((await toolNow(as.owner, toolId)).facts.asOf).toBe(entry.asOf);
    expect(await count(clinic)).toBe(0);
  });

  test("leaves the status as it was decided, whatever the catalogue recommends now", async () => {
    const { as, toolId, clinicId } = await adoptedEarlier({ recommendation: "prohibited" });
    const { version } = await toolNow(as.owner, toolId);
    const conditions = "Nothing about patients goes in";
    await decideTool(as.owner, { toolId, version, status: "not_for_phi", reason: "Letters", conditions });
    const done = await answerCatalogueUpdate(as.privacy_officer, {
      ...(await looking(as.owner, toolId)),
      answers: { recommendation: "accept" },
    });
    expect(done.recommendationChanged).toBe(true);
    const now = await toolNow(as.owner, toolId);
    expect(now).toMatchObject({ status: "not_for_phi", facts: { recommendation: "approved_for_phi" } });
    expect(now.decisions).toHaveLength(1);
    expect(await eventsOf(clinicId, "tool.approved_for_phi")).toEqual([]);
  });

  test("changes the addresses: new ones come, old ones go, and one that went before comes back", async () => {
    const { as, toolId, clinicId } = await adoptedEarlier({}, ["old.example"]);
    const names = entry.hostnames.map(({ name }) => name);
    await answerCatalogueUpdate(as.owner, { ...(await looking(as.owner, toolId)), answers: "accept_all" });
    expect((await toolNow(as.owner, toolId)).hostnames.map(({ name }) => name)).toEqual(names);
    const rows = await asApp(clinicId, (sql) =>
      sql("SELECT name, removed_at IS NULL AS there FROM tool_hostname WHERE tool_id = $1 ORDER BY name", [toolId]),
    );
    expect(rows).toEqual(
      [...names.map((name) => ({ name, there: true })), { name: "old.example", there: false }].sort((a, b) =>
        a.name < b.name ? -1 : 1,
      ),
    );
  });

  test("that keeps the addresses leaves them, and the model family and the kind of tool follow theirs", async () => {
    const { as, toolId, clinicId } = await adoptedEarlier({}, ["old.example"]);
    await asOtherKind(clinicId, toolId);
    const { update } = await getUpdatePage(as.owner, { toolId });
    expect(update?.fields).toEqual(["modelFamily", "category", "hostnames"]);
    const answers = { modelFamily: "accept", category: "keep", hostnames: "keep" } as const;
    await answerCatalogueUpdate(as.owner, { ...(await looking(as.owner, toolId)), answers });
    expect(await toolNow(as.owner, toolId)).toMatchObject({
      ...{ modelFamily: entry.modelFamily, category: "image", hostnames: [{ name: "old.example" }] },
    });
  });

  test("missing for a field is asked for beside it, and nothing is kept of the others", async () => {
    const { as, toolId, clinicId } = await adoptedEarlier({ baa: "none", notes: "" });
    const before = await contentsOf(clinicId);
    const error = await answerCatalogueUpdate(as.owner, {
      ...(await looking(as.owner, toolId)),
      answers: { baa: "accept" },
    }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidInput);
    expect((error as InvalidInput).issues.map(({ path }) => path)).toEqual(["notes"]);
    expect(await contentsOf(clinicId)).toEqual(before);
  });
});

async function asOtherKind(clinicId: string, toolId: string) {
  await asApp(clinicId, (sql) =>
    sql("UPDATE tool SET model_family = 'not-disclosed', category = 'image' WHERE id = $1", [toolId]),
  );
}

describe("refused is an answer", () => {
  test("to an entry that is not the present one", async () => {
    const { as, toolId } = await adoptedEarlier({ baa: "none" });
    const asked = { ...(await looking(as.owner, toolId)), entrySha256: "f".repeat(64), answers: "accept_all" } as const;
    expect(await refusal(answerCatalogueUpdate(as.owner, asked))).toBe("catalogue.changed_meanwhile");
  });

  test("to a tool that somebody decided on meanwhile", async () => {
    const { as, toolId } = await adoptedEarlier({ baa: "none" });
    const asked = { ...(await looking(as.owner, toolId)), answers: "accept_all" } as const;
    await decideTool(as.owner, { toolId, version: asked.version, status: "prohibited", reason: "No BAA" });
    expect(await refusal(answerCatalogueUpdate(as.owner, asked))).toBe("tool.changed_meanwhile");
  });

  test("by the second of two officers at once, and the first one's stands", async () => {
    const { as, toolId, clinicId } = await adoptedEarlier({ baa: "none" });
    const asked = await looking(as.owner, toolId);
    const both = await Promise.all([
      refusal(answerCatalogueUpdate(as.owner, { ...asked, answers: "accept_all" })),
      refusal(answerCatalogueUpdate(as.privacy_officer, { ...asked, answers: { baa: "keep" } })),
    ]);
    expect(both.filter((answer) => answer === "done")).toHaveLength(1);
    expect(["tool.changed_meanwhile", "catalogue.answered_already"]).toContain(
      both.find((answer) => answer !== "done"),
    );
    expect(await eventsOf(clinicId, "tool.update_answered")).toHaveLength(1);
  });

  test("twice, and where there is nothing to answer", async () => {
    const { as, toolId } = await adoptedEarlier({ baa: "none" });
    const asked = { ...(await looking(as.owner, toolId)), answers: "accept_all" } as const;
    await answerCatalogueUpdate(as.owner, asked);
    expect(await refusal(answerCatalogueUpdate(as.owner, asked))).toBe("catalogue.answered_already");
    const { toolId: typed } = await registerTool(as.owner, typedTool("Northwind Chat"));
    expect(await refusal(answerCatalogueUpdate(as.owner, { ...asked, toolId: typed }))).toBe(
      "catalogue.answered_already",
    );
  });

  test("that would turn a tool into DeepSeek: it stays listed, and is said to be judged so now", async () => {
    const clinic = await mintClinic(["owner", "privacy_officer"]);
    const { as } = clinic;
    const { toolId } = await registerTool(as.owner, typedTool("Innocent Chat"));
    // As if the clinic had adopted it before the catalogue knew better, under the name that it had then.
    await asSuperuser((sql) =>
      sql("UPDATE tool SET catalogue_key = 'deepseek-web-chat', catalogue_hash = $1 WHERE id = $2", [OLDER, toolId]),
    );
    expect((await getUpdatesPage(as.owner, {})).rows).toMatchObject([{ toolId, deepseekNow: "own" }]);
    expect((await getUpdatePage(as.owner, { toolId })).renamed).toMatchObject({ product: "DeepSeek Chat" });
    const before = await contentsOf(clinic.clinicId);
    const asked = { ...(await looking(as.owner, toolId)), answers: "accept_all" } as const;
    expect(await refusal(answerCatalogueUpdate(as.owner, asked))).toBe("catalogue.deepseek_changed");
    expect(await contentsOf(clinic.clinicId)).toEqual(before);
    const { version } = asked;
    await decideTool(as.owner, { toolId, version, status: "retired", reason: "It is DeepSeek" });
    expect(await count(clinic)).toBe(0);
    // Brought back into use, it is listed again.
    await decideTool(as.owner, { toolId, version: version + 1, status: "prohibited", reason: "It is DeepSeek" });
    expect(await count(clinic)).toBe(1);
  });

  test.each(["manager", "staff"] as const)("to a %s", async (role) => {
    const { as, toolId } = await adoptedEarlier({ baa: "none" });
    const asked = { ...(await looking(as.owner, toolId)), answers: "accept_all" } as const;
    await expect(answerCatalogueUpdate(as[role], asked)).rejects.toBeInstanceOf(Forbidden);
  });
});
