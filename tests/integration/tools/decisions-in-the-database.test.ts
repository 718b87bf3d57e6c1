import { expect, test } from "vitest";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { asApp } from "#tests/support/sql.ts";
import { registerHosted, toolNow } from "#tests/support/tools.ts";

const NOT_ALLOWED = "42501";

/** A clinic with DeepSeek's own web chat and its weights on another host, both prohibited. */
async function withDeepseek() {
  const clinic = await mintClinic(["owner", "privacy_officer"]);
  const { toolIds } = await adoptTools(clinic.as.owner, { keys: ["deepseek-web-chat"] });
  const { toolId: hosted } = await registerHosted(clinic.as.owner);
  return { ...clinic, own: toolIds[0] ?? "", hosted };
}

const COPY_DECISION = `INSERT INTO tool_decision (tool_id, deepseek, narrowed, number, status, basis, conditions, reason, sole_decider, decided_by, decided_at, snapshot, snapshot_hash)
  SELECT tool_id, DEEPSEEK, NARROWED, number + 1, STATUS, 'officer', conditions, reason, sole_decider, decided_by, decided_at, snapshot, snapshot_hash FROM tool_decision`;
const decision = (deepseek: string, narrowed: boolean, status: string) =>
  COPY_DECISION.replace("DEEPSEEK", deepseek).replace("NARROWED", String(narrowed)).replace("STATUS", `'${status}'`);

test.each(["approved_for_phi", "not_for_phi", "needs_review", "retired"])(
  "past every rule of ours, the database refuses %s for DeepSeek's own surface, as status and as decision",
  async (status) => {
    const { clinicId, own } = await withDeepseek();
    const update = asApp(clinicId, (sql) => sql("UPDATE tool SET status = $2 WHERE id = $1", [own, status]));
    await expect(update).rejects.toMatchObject({ code: "23514", constraint: "tool_deepseek_own_is_prohibited" });
    const insert = asApp(clinicId, (sql) => sql(`${decision("deepseek", true, status)} WHERE tool_id = $1`, [own]));
    await expect(insert).rejects.toMatchObject({
      code: "23514",
      constraint: "tool_decision_deepseek_own_is_prohibited",
    });
  },
);

test("the database refuses to narrow DeepSeek's own surface", async () => {
  const { clinicId, own } = await withDeepseek();
  const attempt = asApp(clinicId, (sql) => sql("UPDATE tool SET deepseek_narrowed = true WHERE id = $1", [own]));
  await expect(attempt).rejects.toMatchObject({ code: "23514", constraint: "tool_only_hosted_is_narrowed" });
});

test.each(["approved_for_phi", "not_for_phi", "needs_review"])(
  "the database refuses %s for DeepSeek's weights on another host until they are narrowed",
  async (status) => {
    const { clinicId, hosted } = await withDeepseek();
    const constraint = "deepseek_hosted_is_prohibited_until_narrowed";
    const update = asApp(clinicId, (sql) => sql("UPDATE tool SET status = $2 WHERE id = $1", [hosted, status]));
    await expect(update).rejects.toMatchObject({ code: "23514", constraint: `tool_${constraint}` });
    const insert = asApp(clinicId, (sql) => sql(`${decision("deepseek", false, status)} WHERE tool_id = $1`, [hosted]));
    await expect(insert).rejects.toMatchObject({ code: "23514", constraint: `tool_decision_${constraint}` });
  },
);

test("a decision can't say that DeepSeek's own surface were another's", async () => {
  const { clinicId, own } = await withDeepseek();
  const lie = asApp(clinicId, (sql) => sql(`${decision("'none'", false, "not_for_phi")} WHERE tool_id = $1`, [own]));
  await expect(lie).rejects.toMatchObject({ code: "23503" });
});

test("nor can a tool be turned into another's: what it is to DeepSeek, and which vendor it belongs to, stay", async () => {
  const { clinicId, as, own } = await withDeepseek();
  for (const change of [
    "deepseek = 'none', status = 'not_for_phi'",
    "deepseek = 'hosted', deepseek_narrowed = true",
    "catalogue_key = 'another-entry'",
    "vendor_id = gen_random_uuid()",
    "product = 'Another'",
    "added_at = now() - interval '1 year'",
  ]) {
    const attempt = asApp(clinicId, (sql) => sql(`UPDATE tool SET ${change} WHERE id = $1`, [own]));
    await expect(attempt).rejects.toMatchObject({ code: NOT_ALLOWED });
  }
  expect(await toolNow(as.owner, own)).toMatchObject({ deepseek: "own", status: "prohibited" });
});

test.each([
  ["changed", "UPDATE tool_decision SET reason = 'Another reason'"],
  ["moved in time", "UPDATE tool_decision SET decided_at = now() - interval '1 year'"],
  ["deleted", "DELETE FROM tool_decision"],
  ["cleared away", "TRUNCATE tool_decision"],
])("a decision is never %s by the app", async (_, statement) => {
  const { clinicId } = await withDeepseek();
  await expect(asApp(clinicId, (sql) => sql(statement))).rejects.toMatchObject({ code: NOT_ALLOWED });
});

test("a tool and its narrowings are never deleted by the app", async () => {
  const { clinicId } = await withDeepseek();
  for (const table of ["tool", "tool_hostname", "deepseek_narrowing"]) {
    await expect(asApp(clinicId, (sql) => sql(`DELETE FROM ${table}`))).rejects.toMatchObject({ code: NOT_ALLOWED });
  }
});

test("a tool of another clinic is out of reach, with its id known", async () => {
  const [{ own }, other] = [await withDeepseek(), await mintClinic(["owner"])];
  const rows = await asApp(other.clinicId, (sql) =>
    sql("UPDATE tool SET version = 99 WHERE id = $1 RETURNING id", [own]),
  );
  expect(rows).toEqual([]);
});
