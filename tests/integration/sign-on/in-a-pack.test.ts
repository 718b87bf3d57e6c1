import { afterAll, beforeAll, expect, test } from "vitest";
import { setSignInRules } from "#lib/domain/clinic/access/commands/set-sign-in-rules.ts";
import { signInSettingsTable } from "#lib/domain/clinic/access/evidence.ts";
import { endDomain } from "#lib/domain/clinic/domains/commands/end-domain.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { eventsOf } from "#tests/support/contents.ts";
import { copySignInsInTurn } from "#tests/support/jobs.ts";
import { type NameServer, openNameServer } from "#tests/support/name-server.ts";
import { eventTypes, inPack, ledgerSize, madePack, tableOf, textOf } from "#tests/support/packs.ts";
import { addVerified, clinicWithDomain, domainOf, enterAs, vouchedFor } from "#tests/support/sign-on.ts";

let names: NameServer;
beforeAll(async () => {
  names = await openNameServer();
  process.env.WARDBOOK_DNS = names.address;
});
afterAll(() => names.close());

async function settingsOf(clinic: TestClinic, setting: string, options: { size?: number; asOf?: Date } = {}) {
  const { table } = await inPack(clinic, options, signInSettingsTable);
  const rows = table.rows.map((cells) =>
    Object.fromEntries(table.columns.map((column, index) => [column, cells[index]])),
  );
  return rows.filter((row) => row.setting === setting);
}

test("what the clinic never set stands as Wardbook's own, without a date", async () => {
  const clinic = await mintClinic(["owner"]);
  expect(await settingsOf(clinic, "session_idle_end")).toMatchObject([
    { value: "15", unit: "minutes", since: null, event_seq: null },
  ]);
  expect(await settingsOf(clinic, "second_factor")).toMatchObject([{ value: "roles", since: null }]);
  expect(await settingsOf(clinic, "session_lifetime")).toMatchObject([{ value: "12", unit: "hours" }]);
  expect((await settingsOf(clinic, "sign_in_way")).map(({ value }) => value)).toEqual(["password", "passkey"]);
});

test("what the clinic set stands with since when and on which entry it rests, each value it ever had", async () => {
  const clinic = await mintClinic(["owner"]);
  const { owner } = clinic.as;
  await setSignInRules(owner, { idleMinutes: 10, secondFactorForAll: "no" });
  const size = await ledgerSize(clinic);
  await setSignInRules(owner, { idleMinutes: 10, secondFactorForAll: "yes" });
  await setSignInRules(owner, { idleMinutes: 5, secondFactorForAll: "yes" });
  const idle = await settingsOf(clinic, "session_idle_end");
  expect(idle.map(({ value }) => value)).toEqual(["15", "10", "5"]);
  expect(idle.map(({ since, until }) => [since === null, until === null])).toEqual([
    [true, false],
    [false, false],
    [false, true],
  ]);
  expect(idle[0]?.until).toBe(idle[1]?.since);
  const all = await eventsOf(clinic.clinicId);
  expect(all[Number(idle[2]?.event_seq)]?.type).toBe("clinic.sign_in_rules_set");
  expect((await settingsOf(clinic, "second_factor")).map(({ value }) => value)).toEqual(["roles", "everybody"]);
  expect((await settingsOf(clinic, "session_idle_end", { size })).map(({ value }) => value)).toEqual(["15", "10"]);
  const yesterday = { asOf: new Date(Date.now() - 86_400_000) };
  expect((await settingsOf(clinic, "session_idle_end", yesterday)).map(({ value }) => value)).toEqual(["15"]);
});

test("a domain stands there once it is proved, with whether people join by it and until when it held", async () => {
  const { clinic, domain } = await clinicWithDomain(names);
  const size = await ledgerSize(clinic);
  const [proved] = await settingsOf(clinic, "domain");
  expect(proved).toMatchObject({ subject: domain, value: "google", joins: true, until: null });
  const { id: domainId, version } = await domainOf(clinic, domain);
  await endDomain(clinic.as.owner, { domainId, version });
  expect(await settingsOf(clinic, "domain", { size })).toEqual([proved]);
  const [ended] = await settingsOf(clinic, "domain");
  expect(ended).toMatchObject({ subject: domain, joins: false, until: expect.any(String) });
  expect((await eventsOf(clinic.clinicId))[Number(ended?.ended_event_seq)]?.type).toBe("domain.ended");
  expect(await settingsOf(clinic, "domain", { asOf: new Date(Date.now() - 86_400_000) })).toEqual([]);
});

test("signing in through a provider stands there once a session of the clinic was opened by it, with that entry", async () => {
  const { clinic, domain } = await clinicWithDomain(names);
  const ways = async (options = {}) =>
    (await settingsOf(clinic, "sign_in_way", options)).map(({ value, event_seq }) => [value, event_seq]);
  const own = [
    ["password", null],
    ["passkey", null],
  ];
  const size = await ledgerSize(clinic);
  await enterAs({ ...vouchedFor(`maria@${domain}`), name: "Maria Santos", hostedDomain: domain }, clinic);
  await copySignInsInTurn(new Date());
  const seq = (await eventsOf(clinic.clinicId)).findIndex(({ type }) => type === "session.opened");
  expect(await ways()).toEqual([...own, ["google", seq]]);
  expect(await ways({ size })).toEqual(own);
  expect(await ways({ asOf: new Date(Date.now() - 86_400_000) })).toEqual(own);
});

test("a pack answers the items on log-off and on who signs in with this table", async () => {
  const clinic = await mintClinic(["owner", "privacy_officer"]);
  await addVerified(names, clinic, { provider: "generic", joins: false, domain: `clinic-${clinic.clinicId}.example` });
  const { bag } = await madePack(clinic);
  expect(tableOf(bag, "sign_in_settings")).toHaveLength(7);
  expect(eventTypes(bag)).toContain("domain.verified");
  const index = textOf(bag, "data/index.csv").split("\n");
  for (const citation of ["164.312(a)(2)(iii)", "164.312(d)"]) {
    expect(index.find((line) => line.includes(citation))).toContain("tables/sign_in_settings.csv");
  }
});
