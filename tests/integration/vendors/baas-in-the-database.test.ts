import { expect, test } from "vitest";
import { checkBaaTerms } from "#lib/domain/vendors/baas/commands/check-baa-terms.ts";
import { recordBaa } from "#lib/domain/vendors/baas/commands/record-baa.ts";
import { terminateBaa } from "#lib/domain/vendors/baas/commands/terminate-baa.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { allMet, baaNow, pdf, toolWithVendor, typedBaa } from "#tests/support/baas.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf } from "#tests/support/contents.ts";
import { asApp } from "#tests/support/sql.ts";

const today = calendarDateIn("America/New_York", new Date());
const NOT_ALLOWED = "42501";
const CHECK = "23514";
const FOREIGN_KEY = "23503";
const UNIQUE = "23505";

/** An agreement with a paper, a check and an end. */
async function withEverything() {
  const clinic = await mintClinic(["owner"]);
  const { owner } = clinic.as;
  const { toolId, vendorId } = await toolWithVendor(owner);
  const file = { name: "baa.pdf", bytes: pdf() };
  const recorded = await recordBaa(owner, typedBaa(vendorId, { surfaces: [toolId], file }));
  await checkBaaTerms(owner, { versionId: recorded.versionId, newest: 0, answers: allMet() });
  await terminateBaa(owner, { baaId: recorded.baaId, version: 1, lastDay: today, reason: "Unused." });
  return { ...clinic, ...recorded, toolId };
}

test("past every rule of ours, what was recorded is neither changed nor taken away", async () => {
  const { clinicId } = await withEverything();
  const before = await contentsOf(clinicId);
  const tables = [
    "vendor",
    "baa",
    "baa_version",
    "baa_surface",
    "baa_document",
    "baa_termination",
    "baa_check",
    "file",
  ];
  const attempts = [
    ...tables.flatMap((table) => [`DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`]),
    ...["baa_version", "baa_surface", "baa_document", "baa_check", "file"].map((table) =>
      `UPDATE ${table} SET recorded_at = now()`.replace(
        "baa_surface SET recorded_at = now()",
        "baa_surface SET tool_id = gen_random_uuid()",
      ),
    ),
    "UPDATE baa_version SET signature = 'both'",
    "UPDATE baa_version SET expires_on = NULL",
    "UPDATE baa_check SET answers = '{}'",
    "UPDATE file SET bytes = 'x'",
    "UPDATE file SET name = 'other.pdf'",
    "UPDATE baa SET reference = 'Other'",
    "UPDATE baa SET vendor_id = gen_random_uuid()",
    "UPDATE baa_termination SET last_day = last_day + 1",
    "UPDATE baa_termination SET reason = 'Other'",
    "UPDATE vendor SET added_by = gen_random_uuid()",
    "UPDATE vendor SET added_at = now()",
  ];
  for (const text of attempts) {
    const attempt = asApp(clinicId, (sql) => sql(text));
    await expect(attempt, text).rejects.toMatchObject({ code: NOT_ALLOWED });
  }
  expect(await contentsOf(clinicId)).toEqual(before);
});

const VERSION = `INSERT INTO baa_version (baa_id, vendor_id, number, kind, corrects, our_party, their_party, agreed_on, effective_on, expires_on, services, signature, note, entered_by, entered_at)
  SELECT baa_id, vendor_id, NUMBER, KIND, CORRECTS, our_party, their_party, agreed_on, effective_on, EXPIRES, services, SIGNATURE, note, entered_by, entered_at FROM baa_version`;
const version = (fields: Partial<Record<"NUMBER" | "KIND" | "CORRECTS" | "EXPIRES" | "SIGNATURE", string>>) =>
  Object.entries({
    NUMBER: "2",
    KIND: "'amendment'",
    CORRECTS: "NULL",
    EXPIRES: "NULL",
    SIGNATURE: "'both'",
    ...fields,
  }).reduce((text, [name, value]) => text.replace(name, value), VERSION);

test.each([
  ["of a kind that there isn't", version({ KIND: "'draft'" }), CHECK],
  ["signed by nobody we know", version({ SIGNATURE: "'yes'" }), CHECK],
  ["that ends before it begins", version({ EXPIRES: "effective_on - 1" }), CHECK],
  ["that corrects without being a correction", version({ CORRECTS: "1" }), CHECK],
  ["that is a correction of nothing", version({ KIND: "'correction'" }), CHECK],
  ["that corrects itself", version({ KIND: "'correction'", CORRECTS: "2" }), CHECK],
  ["with the number of another", version({ NUMBER: "1" }), UNIQUE],
])("the database refuses a version %s", async (_, text, code) => {
  const { clinicId } = await withEverything();
  await expect(asApp(clinicId, (sql) => sql(text))).rejects.toMatchObject({ code });
});

test("the database refuses an agreement that names another vendor's tool, and another clinic's", async () => {
  const { clinicId, as, versionId, vendorId } = await withEverything();
  const { toolId: ofAnotherVendor, vendorId: another } = await toolWithVendor(as.owner, "Tidewater Notes", "Tidewater");
  const other = await mintClinic(["owner"]);
  const foreign = await toolWithVendor(other.as.owner);
  const pairs = [
    [ofAnotherVendor, vendorId],
    [ofAnotherVendor, another],
    [foreign.toolId, vendorId],
    [foreign.toolId, foreign.vendorId],
  ];
  for (const [toolId, ofVendor] of pairs) {
    const attempt = asApp(clinicId, (sql) =>
      sql("INSERT INTO baa_surface (baa_version_id, vendor_id, tool_id) VALUES ($1, $2, $3)", [
        versionId,
        ofVendor,
        toolId,
      ]),
    );
    await expect(attempt).rejects.toMatchObject({ code: FOREIGN_KEY });
  }
});

test("the database keeps one end at a time, and takes back without a trace nothing", async () => {
  const { clinicId, as, vendorId, baaId } = await withEverything();
  const copy = `INSERT INTO baa_termination (baa_id, last_day, reason, entered_by, entered_at)
    SELECT baa_id, last_day, reason, entered_by, entered_at FROM baa_termination`;
  await expect(asApp(clinicId, (sql) => sql(copy))).rejects.toMatchObject({ code: UNIQUE });
  expect((await baaNow(as.owner, { vendorId, baaId })).terminations).toHaveLength(1);
});

test.each([
  ["of another hash", "sha256 = repeat('0', 64)"],
  ["of another size", "size_bytes = size_bytes + 1"],
])("the database refuses a file %s than its bytes are", async (_, change) => {
  const { clinicId } = await withEverything();
  const [column, value] = change.split(" = ");
  const columns = ["name", "media_type", "size_bytes", "sha256", "bytes", "kept_by", "kept_at"];
  const values = columns.map((name) => (name === column ? value : name));
  const text = `INSERT INTO file (${columns}) SELECT ${values} FROM file`;
  await expect(asApp(clinicId, (sql) => sql(text))).rejects.toMatchObject({ code: CHECK });
});
