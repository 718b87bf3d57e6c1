import { expect, test } from "vitest";
import { mintClinic } from "#tests/support/clinic.ts";
import { issueDirective, signDirective } from "#tests/support/policies.ts";
import { asApp } from "#tests/support/sql.ts";

const TABLES = ["exact_text", "attestation", "policy_version", "policy_text", "policy_signature"];

test.each(TABLES)("a row of %s is neither changed nor taken away, not even with SQL of one's own", async (table) => {
  const { clinicId, as } = await mintClinic(["owner", "privacy_officer", "staff"]);
  await issueDirective(as.privacy_officer);
  await signDirective(as.staff);
  const columns: Array<{ name: string }> = await asApp(clinicId, (sql) =>
    sql("SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped", [
      table,
    ]),
  );
  expect(columns.length).toBeGreaterThan(3);
  for (const { name } of columns) {
    const change = asApp(clinicId, (sql) => sql(`UPDATE ${table} SET ${name} = ${name}`));
    await expect(change, `${table}.${name}`).rejects.toThrow("permission denied");
  }
  await expect(asApp(clinicId, (sql) => sql(`DELETE FROM ${table}`))).rejects.toThrow("permission denied");
  await expect(asApp(clinicId, (sql) => sql(`TRUNCATE ${table} CASCADE`))).rejects.toThrow("permission denied");
});

test("the database takes no text under another hash, no second signature, and no signature for somebody else", async () => {
  const { clinicId, as } = await mintClinic(["owner", "privacy_officer", "staff"]);
  await issueDirective(as.privacy_officer);
  await signDirective(as.staff);
  const wrongHash = asApp(clinicId, (sql) =>
    sql("INSERT INTO exact_text (sha256, locale, text) VALUES (repeat('0', 64), 'en', 'Another text')"),
  );
  await expect(wrongHash).rejects.toThrow("exact_text_sha256");
  const again = asApp(clinicId, (sql) =>
    sql(`WITH signed AS (INSERT INTO attestation (member_id, text_sha256, statement, locale, typed_name, signed_at)
           SELECT member_id, text_sha256, statement, locale, typed_name, signed_at FROM attestation RETURNING id, member_id)
         SELECT * FROM signed`).then(([signed]) =>
      sql(
        `INSERT INTO policy_signature (policy_version_id, member_id, attestation_id)
           SELECT policy_version_id, member_id, $1 FROM policy_signature`,
        [signed.id],
      ),
    ),
  );
  await expect(again).rejects.toThrow("policy_signature_pkey");
  const forSomebodyElse = asApp(clinicId, (sql) =>
    sql(`INSERT INTO policy_signature (policy_version_id, member_id, attestation_id)
           SELECT s.policy_version_id, m.id, s.attestation_id FROM policy_signature s, member m WHERE m.role = 'owner'`),
  );
  await expect(forSomebodyElse).rejects.toThrow(/foreign key|unique/);
});
