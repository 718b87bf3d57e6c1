import { expect, test } from "vitest";
import { deactivateMember } from "#lib/domain/clinic/people/commands/deactivate-member.ts";
import { getPeoplePage, getPeopleRows } from "#lib/domain/clinic/people/queries.ts";
import { Forbidden } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { newColleague } from "#tests/support/policies.ts";
import { dayFromNow, seenNow } from "#tests/support/roster.ts";
import { asApp, asOwner } from "#tests/support/sql.ts";

type Asked = Parameters<typeof getPeoplePage>[1];

test("people are listed with where they stand today, and narrowed by it, by role and by words", async () => {
  const clinic = await mintClinic(["owner", "staff"]);
  const { owner, staff } = clinic.as;
  const leaver = await newColleague(clinic, "Ünïcödé Çelik 深 🙂", "manager");
  await deactivateMember(owner, {
    ...{ ...(await seenNow(owner, staff)), lastDay: dayFromNow(owner, 0), reason: "Gone.", accounts: [] },
  });
  await deactivateMember(owner, {
    ...{ ...(await seenNow(owner, leaver)), lastDay: dayFromNow(owner, 9), reason: "Moves.", accounts: [] },
  });
  const page = await getPeoplePage(owner, {});
  expect(page.counts).toEqual({ active: 1, not_started: 0, leaving: 1, left: 1 });
  const names = async (asked: Asked) => (await getPeoplePage(owner, asked)).rows.map(({ name }) => name);
  expect(await names({})).toEqual(["Grace Okafor", "Maria Santos", "Ünïcödé Çelik 深 🙂"]);
  expect(await names({ state: ["left"] })).toEqual(["Maria Santos"]);
  expect(await names({ state: ["active", "leaving"] })).toEqual(["Grace Okafor", "Ünïcödé Çelik 深 🙂"]);
  expect(await names({ role: ["manager"] })).toEqual(["Ünïcödé Çelik 深 🙂"]);
  expect(await names({ q: "unicode celik" })).toEqual(["Ünïcödé Çelik 深 🙂"]);
  expect(await names({ q: "100% _" })).toEqual([]);
  expect(await names({ q: "🙂" })).toEqual([]);
  expect(await names({ type: ["contractor"] })).toEqual([]);
  expect(await names({ sort: "ended", direction: "asc" })).toEqual([
    ...["Maria Santos", "Ünïcödé Çelik 深 🙂", "Grace Okafor"],
  ]);
});

test("of five thousand a page holds 25, and neither repeats nor loses anybody; the file holds all", async () => {
  const { as, clinicId } = await mintClinic(["owner"]);
  const accounts = Array.from({ length: 5000 }, () => newId());
  await asOwner((sql) =>
    sql("INSERT INTO account (id, email) SELECT id, id || '@many.test' FROM unnest($1::uuid[]) AS id", [accounts]),
  );
  await asApp(clinicId, (sql) =>
    sql(
      `INSERT INTO member (account_id, name, search_key, role, started_on)
         SELECT id, 'Person ' || n, 'person ' || n, 'staff', '2026-01-05' FROM unnest($1::uuid[]) WITH ORDINALITY AS a (id, n)`,
      [accounts],
    ),
  );
  for (const sort of ["name", "role", "type", "started", "ended"] as const) {
    const [first, second] = [
      await getPeoplePage(as.owner, { sort, page: 1 }),
      await getPeoplePage(as.owner, { sort, page: 2 }),
    ];
    expect([first.rows.length, second.rows.length, first.total]).toEqual([25, 25, 5001]);
    expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(50);
  }
  expect((await getPeoplePage(as.owner, { page: 201 })).rows).toHaveLength(1);
  expect((await getPeopleRows(as.owner, {})).rows).toHaveLength(5001);
});

test.each(["manager", "staff"] as const)("a %s has no list of people", async (role) => {
  const { as } = await mintClinic(["owner", role]);
  await expect(getPeoplePage(as[role], {})).rejects.toBeInstanceOf(Forbidden);
});
