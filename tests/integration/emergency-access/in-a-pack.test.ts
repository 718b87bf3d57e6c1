import { expect, test } from "vitest";
import { endEmergencyAccess } from "#lib/domain/clinic/emergency-access/commands/end-emergency-access.ts";
import { endEmergencyPerson } from "#lib/domain/clinic/emergency-access/commands/end-emergency-person.ts";
import { reviewEmergencyAccess } from "#lib/domain/clinic/emergency-access/commands/review-emergency-access.ts";
import { setEmergencyRule } from "#lib/domain/clinic/emergency-access/commands/set-emergency-rule.ts";
import { emergencyPeopleTable, emergencyUsesTable } from "#lib/domain/clinic/emergency-access/evidence.ts";
import type { PackMoment, PackTable } from "#lib/domain/clinic/evidence.ts";
import { getEvidencePage } from "#lib/domain/evidence/queries.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { nameFor, openAs } from "#tests/support/emergency.ts";
import { eventTypes, inPack, ledgerSize, madePack, tableOf, textOf } from "#tests/support/packs.ts";

const found = {
  justified: "yes",
  done: "The vendor was told no 深.",
  followUp: "",
  typedName: "Grace Okafor",
} as const;

async function rowsOf(
  clinic: TestClinic,
  table: (tx: ClinicTx, moment: PackMoment) => Promise<PackTable>,
  size: number,
) {
  const { table: made } = await inPack(clinic, { size }, table);
  return made.rows.map((cells) => Object.fromEntries(made.columns.map((column, index) => [column, cells[index]])));
}

test("a pack has who may, the rule, and each use and test with its review; and says what it does not show", async () => {
  const clinic = await mintClinic();
  const { owner, manager } = clinic.as;
  await setEmergencyRule(owner, { number: 0, minutesMax: 30, reviewDays: 2 });
  const { personId } = await nameFor(owner, manager);
  const drill = await openAs(manager, { kind: "drill", minutes: 15 });
  await endEmergencyAccess(owner, drill);
  await reviewEmergencyAccess(owner, { ...found, useId: drill.useId });
  await endEmergencyPerson(owner, { personId, reason: "Moves away." });
  const { bag } = await madePack(clinic);
  expect(tableOf(bag, "emergency_rules")).toMatchObject([{ number: 1, minutes_max: 30, review_days: 2 }]);
  expect(tableOf(bag, "emergency_people")).toMatchObject([{ member: "Luis Ortega", end_reason: "Moves away." }]);
  expect(tableOf(bag, "emergency_access")).toMatchObject([
    { kind: "drill", member: "Luis Ortega", ended_by: "Grace Okafor", justified: true, reviewed_by: "Grace Okafor" },
  ]);
  expect(eventTypes(bag)).toContain("emergency_access.reviewed");
  const index = textOf(bag, "data/index.csv");
  for (const table of ["emergency_people", "emergency_access", "emergency_rules"]) {
    expect(index).toContain(`tables/${table}.csv`);
  }
  const item = (await getEvidencePage(owner, {})).index.find((row) => row.item === 29);
  expect(item).toMatchObject({ status: "partly" });
  expect(item?.missing.join(" ")).toContain("not the emergency access policy itself");
});

test("a clinic that has arranged nothing answers nothing to the item on access in an emergency", async () => {
  const clinic = await mintClinic(["owner"]);
  const item = (await getEvidencePage(clinic.as.owner, {})).index.find((row) => row.item === 29);
  expect(item).toMatchObject({ status: "none", files: [] });
});

test("a pack over an earlier ledger knows neither the end nor the review of later", async () => {
  const clinic = await mintClinic();
  const { owner, manager } = clinic.as;
  const { personId } = await nameFor(owner, manager);
  const { useId } = await openAs(manager);
  const size = await ledgerSize(clinic);
  await endEmergencyPerson(owner, { personId, reason: "Moves away." });
  await reviewEmergencyAccess(owner, { ...found, useId });
  const [then] = await rowsOf(clinic, emergencyUsesTable, size);
  expect(then).toMatchObject({ over_at: null, ended_by: "", justified: null, reviewed_by: "", review_by: null });
  const [now] = await rowsOf(clinic, emergencyUsesTable, await ledgerSize(clinic));
  expect(now).toMatchObject({ ended_by: "Grace Okafor", justified: true });
  expect(await rowsOf(clinic, emergencyPeopleTable, size)).toMatchObject([{ ended_at: null, end_reason: "" }]);
});
