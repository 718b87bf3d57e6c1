import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { foundClinic } from "#lib/domain/clinic/commands/found-clinic.ts";
import { newId } from "#lib/kernel/ids.ts";
import { disconnectDatabase } from "#lib/platform/db/disconnect.ts";
import { hasAnyClinic } from "#lib/platform/db/identity.ts";
import { applyMigrations } from "#lib/platform/db/migrate.ts";

// A database of this file's own, named before anything has read the environment: only an empty one can be founded first.
const NAME = "wardbook_test_first_run";
const ownerUrl = elsewhere(inject("databaseOwnerUrl"));
process.env.DATABASE_URL = elsewhere(inject("databaseUrl"));
process.env.DATABASE_OWNER_URL = ownerUrl;

beforeAll(async () => {
  await drop();
  await ask(inject("databaseOwnerUrl"), `CREATE DATABASE ${NAME}`);
  await applyMigrations(ownerUrl);
});

afterAll(async () => {
  await disconnectDatabase();
  await drop();
});

function elsewhere(url: string): string {
  const address = new URL(url);
  address.pathname = NAME;
  return address.toString();
}

async function drop(): Promise<void> {
  await ask(inject("databaseOwnerUrl"), `DROP DATABASE IF EXISTS ${NAME} WITH (FORCE)`);
}

test("two people who send the first-run page at once found one clinic, and the other and who comes later are told", async () => {
  expect(await hasAnyClinic()).toBe(false);
  const results = await Promise.allSettled(["Grace Okafor", "Tom Abara"].map(found));
  const clinics = results.flatMap((result) => (result.status === "fulfilled" ? [result.value.clinicId] : []));
  const told = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  expect(clinics).toHaveLength(1);
  expect(told).toMatchObject([{ code: "clinic.already_founded" }]);
  await expect(found("Luis Ortega")).rejects.toMatchObject({ code: "clinic.already_founded" });
  expect(await kept()).toEqual({ clinics, accounts: 1, members: 1 });
});

function found(name: string) {
  const email = `${name.split(" ")[0]?.toLowerCase()}@harbor.test`;
  return foundClinic(
    {
      ...{ clinicName: `The clinic of ${name}`, timeZone: "America/New_York", onlyFirst: true },
      owner: { name, email, passwordHash: "$argon2id$not-a-hash" },
    },
    { actor: { kind: "system", job: "first-run" }, requestId: newId(), locale: "en" },
  );
}

async function kept(): Promise<{ clinics: string[]; accounts: number; members: number }> {
  const [row] = await ask(
    ownerUrl,
    `SELECT array(SELECT id::text FROM clinic) AS clinics, (SELECT count(*) FROM account)::int AS accounts,
            (SELECT count(*) FROM member)::int AS members`,
  );
  return row;
}

// One statement at a time and no transaction: databases are made and dropped outside of any.
async function ask(url: string, question: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(question)).rows;
  } finally {
    await client.end();
  }
}
