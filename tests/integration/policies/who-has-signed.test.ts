import { expect, test } from "vitest";
import type { ClinicContext } from "#lib/domain/context.ts";
import {
  getPoliciesPage,
  getPolicyPage,
  getPolicySignatureRows,
  getPolicySignatures,
} from "#lib/domain/policies/queries.ts";
import { addDays, calendarDateIn } from "#lib/kernel/dates.ts";
import { Forbidden, NotFound } from "#lib/kernel/errors.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import {
  directiveShown,
  issueDirective,
  issuedDaysAgo,
  newColleague,
  setDates,
  signDirective,
} from "#tests/support/policies.ts";

const today = calendarDateIn("America/New_York", new Date());
const daysAgo = (days: number) => addDays(today, -days);
const at = (days: number) => new Date(Date.now() - days * 86_400_000);
const FIRST = { code: "P02", number: 1 } as const;

async function roll(as: ClinicContext, asked: object = {}) {
  const { rows } = await getPolicySignatures(as, { ...FIRST, ...asked });
  return rows.map(({ name, state }) => `${name}: ${state}`);
}

test("everybody who serves and may sign is on the roll, the auditor is not, and each who signed has name, time and language", async () => {
  const { as } = await mintClinic();
  await issueDirective(as.privacy_officer);
  await signDirective(as.staff, "es");
  expect(await roll(as.manager)).toEqual([
    ...["Dana Whitfield: unsigned", "Grace Okafor: unsigned", "Luis Ortega: unsigned", "Maria Santos: signed"],
  ]);
  const { rows, counts, counted, total } = await getPolicySignatures(as.auditor, { ...FIRST, state: ["signed"] });
  const spanish = await directiveShown(as.owner, "es");
  expect(rows).toMatchObject([
    { name: "Maria Santos", typedName: "Maria Santos", locale: "es", textSha256: spanish.sha256, role: "staff" },
  ]);
  expect([total, counted, counts]).toEqual([
    ...[1, { of: 4, signed: 1, overdue: 0 }, { signed: 1, unsigned: 3, overdue: 0, left: 0 }],
  ]);
  expect((await getPoliciesPage(as.owner, {})).rows).toMatchObject([
    { code: "P02", number: 1, owed: { dueOn: addDays(today, 3) }, counts: { of: 4, signed: 1, overdue: 0 } },
  ]);
});

test("who joins later owes it too, from their own first day; a first day in the past does not make a newcomer late", async () => {
  const clinic = await mintClinic(["owner", "privacy_officer"]);
  for (const who of [clinic.as.owner, clinic.as.privacy_officer]) {
    await setDates(clinic.clinicId, who, { startedOn: daysAgo(100), joinedAt: at(100) });
  }
  await issuedDaysAgo(clinic.as.owner, 30);
  const newcomer = await newColleague(clinic, "Ines Duarte");
  await setDates(clinic.clinicId, newcomer, { startedOn: daysAgo(60) });
  const { rows } = await getPolicySignatures(clinic.as.owner, { ...FIRST, sort: "due", direction: "desc" });
  expect(rows.map(({ name, state, dueOn }) => [name, state, dueOn])).toEqual([
    ["Ines Duarte", "unsigned", addDays(today, 3)],
    ["Dana Whitfield", "overdue", daysAgo(27)],
    ["Grace Okafor", "overdue", daysAgo(27)],
  ]);
  expect((await getPolicyPage(newcomer, { code: "P02" })).shown).toMatchObject({ dueOn: addDays(today, 3) });
});

test("it is late on the day after it is due, and not on that day", async () => {
  const { clinicId, as } = await mintClinic(["owner", "staff"]);
  for (const who of [as.owner, as.staff]) await setDates(clinicId, who, { startedOn: daysAgo(100), joinedAt: at(100) });
  await issuedDaysAgo(as.owner, 3, { privacyOfficer: "Grace Okafor", dueDays: 3 });
  expect(await roll(as.owner)).toEqual(["Grace Okafor: unsigned", "Maria Santos: unsigned"]);
  await issuedDaysAgo(as.owner, 3, { privacyOfficer: "Grace Okafor", dueDays: 2 });
  expect(await roll(as.owner, { number: 2 })).toEqual(["Grace Okafor: overdue", "Maria Santos: overdue"]);
});

test("who has not begun, or has left without signing, owes nothing; who signed and left stays on the roll but not in the count", async () => {
  const clinic = await mintClinic();
  const { clinicId, as } = clinic;
  await issueDirective(as.privacy_officer);
  const [leaver, quitter, future] = [
    await newColleague(clinic, "Noor Haddad"),
    await newColleague(clinic, "Omar Reyes"),
    await newColleague(clinic, "Pia Lind"),
  ];
  await signDirective(leaver);
  for (const who of [leaver, quitter]) {
    await setDates(clinicId, who, { startedOn: daysAgo(9), endedOn: daysAgo(1) });
  }
  await setDates(clinicId, future, { startedOn: addDays(today, 1) });
  const { rows, counts, counted } = await getPolicySignatures(as.owner, FIRST);
  expect(rows.map(({ name }) => name)).toEqual([
    ...["Dana Whitfield", "Grace Okafor", "Luis Ortega", "Maria Santos", "Noor Haddad"],
  ]);
  expect(counts).toEqual({ signed: 0, unsigned: 4, overdue: 0, left: 1 });
  expect(counted).toEqual({ of: 4, signed: 0, overdue: 0 });
  // The last day counts, the first day counts.
  await setDates(clinicId, quitter, { startedOn: daysAgo(9), endedOn: today });
  await setDates(clinicId, future, { startedOn: today });
  expect((await getPolicySignatures(as.owner, FIRST)).counted).toEqual({ of: 6, signed: 0, overdue: 0 });
});

test("a replaced version has its signatures and no gaps, and the count is of the newest", async () => {
  const { as } = await mintClinic();
  await issueDirective(as.privacy_officer);
  await signDirective(as.staff);
  await signDirective(as.manager);
  await issueDirective(as.privacy_officer);
  await signDirective(as.manager);
  expect(await roll(as.owner)).toEqual(["Luis Ortega: signed", "Maria Santos: signed"]);
  expect(await getPolicySignatures(as.owner, { ...FIRST, number: 2 })).toMatchObject({
    ...{ newest: 2, counted: { of: 4, signed: 1, overdue: 0 } },
  });
  const shown = await directiveShown(as.owner);
  expect(shown.versions.map(({ officers }) => officers?.signatures)).toEqual([1, 2]);
  expect((await directiveShown(as.owner, undefined, 1)).counts).toBeNull();
});

test("the list is searched, filtered, sorted and paged, and its files have the same rows on all pages", async () => {
  const clinic = await mintClinic();
  const { as } = clinic;
  for (let number = 10; number < 40; number += 1) await newColleague(clinic, `Colleague ${number}`);
  await newColleague(clinic, "José Ñandú");
  await issueDirective(as.privacy_officer);
  await signDirective(as.manager);
  await signDirective(as.staff);
  expect(await roll(as.owner, { q: "jose nandu" })).toEqual(["José Ñandú: unsigned"]);
  expect(await roll(as.owner, { q: "🙂" })).toEqual([]);
  expect(await roll(as.owner, { q: "%_" })).toEqual([]);
  expect(await roll(as.owner, { state: ["signed", "overdue"], sort: "signed", direction: "desc" })).toEqual([
    ...["Maria Santos: signed", "Luis Ortega: signed"],
  ]);
  const pages = [
    await roll(as.owner, { page: 1 }),
    await roll(as.owner, { page: 2 }),
    await roll(as.owner, { page: 3 }),
  ];
  expect(pages.map((page) => page.length)).toEqual([25, 10, 0]);
  const { rows, total } = await getPolicySignatureRows(as.owner, FIRST);
  expect(rows.map(({ name, state }) => `${name}: ${state}`)).toEqual(pages.flat());
  expect(total).toBe(35);
}, 120_000);

test("staff see their own signature and nobody else's, nor why an officer issued it", async () => {
  const { as } = await mintClinic();
  await issueDirective(as.privacy_officer);
  await signDirective(as.manager);
  await expect(getPolicySignatures(as.staff, FIRST)).rejects.toBeInstanceOf(Forbidden);
  await expect(getPolicySignatureRows(as.staff, FIRST)).rejects.toBeInstanceOf(Forbidden);
  const shown = await directiveShown(as.staff);
  expect(shown).toMatchObject({ own: null, counts: null, versions: [{ officers: null }] });
  expect(JSON.stringify(shown)).not.toContain("front desk phone");
  expect((await getPoliciesPage(as.staff, {})).rows).toMatchObject([{ counts: null }]);
  // An auditor reads all of it, and owes nothing.
  expect(await directiveShown(as.auditor)).toMatchObject({ own: null, dueOn: null, counts: { of: 4, signed: 1 } });
});

test("a version that was never issued is not found, and another clinic's signatures count for nothing here", async () => {
  const [here, there] = [await mintClinic(), await mintClinic()];
  await issueDirective(there.as.privacy_officer);
  await signDirective(there.as.staff);
  await expect(getPolicySignatures(here.as.owner, FIRST)).rejects.toBeInstanceOf(NotFound);
  await expect(getPolicyPage(here.as.owner, { code: "P02", number: 1 })).rejects.toBeInstanceOf(NotFound);
  expect((await getPolicyPage(here.as.owner, { code: "P02" })).shown).toBeNull();
  expect((await getPoliciesPage(here.as.owner, {})).rows).toEqual([]);
  await issueDirective(here.as.privacy_officer);
  expect((await getPolicySignatures(here.as.owner, FIRST)).counted).toEqual({ of: 4, signed: 0, overdue: 0 });
});
