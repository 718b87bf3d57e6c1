import { expect, test } from "vitest";
import { getToday } from "#lib/domain/calendar/queries.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { getLedgerPage } from "#lib/domain/ledger/queries.ts";
import { dismissNotice } from "#lib/domain/notifications/commands/dismiss-notice.ts";
import { giveNotice } from "#lib/domain/notifications/commands/give-notice.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { addBaaVersion } from "#lib/domain/vendors/baas/commands/add-baa-version.ts";
import { terminateBaa } from "#lib/domain/vendors/baas/commands/terminate-baa.ts";
import { noteLapsedBaas } from "#lib/domain/vendors/commands/note-lapsed-baas.ts";
import { addDays } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { baaNaming, coverTool, hop, recordPath, today } from "#tests/support/coverage.ts";
import { toolNow, typedTool } from "#tests/support/tools.ts";

const daysAgo = (as: ClinicContext, days: number): ClinicContext => ({
  ...as,
  occurredAt: new Date(Date.now() - days * 86_400_000),
});

async function approve(clinic: TestClinic, toolId: string): Promise<void> {
  const { version } = await toolNow(clinic.as.owner, toolId);
  await decideTool(daysAgo(clinic.as.owner, 15), {
    ...{ toolId, version, status: "approved_for_phi", reason: "Covered." },
    conditions: ["Clinic accounts only"],
  });
}

/** A tool that was approved for patient data while its BAA, which ended yesterday, was in force. */
async function lapsed(clinic: TestClinic) {
  const officer = daysAgo(clinic.as.owner, 20);
  const { toolId } = await registerTool(officer, typedTool("Northwind Scribe"));
  const { baaId } = await coverTool(officer, toolId, { ends: "on", expiresOn: addDays(today, -1) });
  await approve(clinic, toolId);
  return { toolId, baaId };
}

async function noticesOf(as: ClinicContext) {
  return (await getToday(as, {})).notices;
}

test("staff are told to ask on the day after the last, before any job has run", async () => {
  const clinic = await mintClinic();
  const { toolId } = await lapsed(clinic);
  const { standing } = await toolNow(clinic.as.manager, toolId);
  expect(standing).toEqual({ standing: "ask", reasons: ["baa_expired", "hop_uncovered"] });
});

test("a BAA that ran out is noted once, with an entry in the ledger", async () => {
  const clinic = await mintClinic();
  const { baaId } = await lapsed(clinic);
  expect(await noteLapsedBaas(clinic.system, {})).toEqual({ lapsed: 1 });
  expect(await noteLapsedBaas(clinic.system, {})).toEqual({ lapsed: 0 });
  const { events } = await getLedgerPage(clinic.as.owner, {});
  expect(events[0]).toMatchObject({ type: "baa.lapsed", data: { lastDay: addDays(today, -1) } });
  expect(events.filter(({ type }) => type === "baa.lapsed")).toHaveLength(1);
  expect(baaId).not.toBe("");
});

test("where a tool is left without cover everybody who looks tools up is told, once", async () => {
  const clinic = await mintClinic();
  const { toolId, baaId } = await lapsed(clinic);
  await noteLapsedBaas(clinic.system, {});
  const told = { kind: "baa_lapsed", subjectId: baaId } as const;
  expect(await giveNotice(clinic.system, told)).toEqual({ told: 4 });
  expect(await giveNotice(clinic.system, told)).toEqual({ told: 0 });
  for (const role of ["owner", "privacy_officer", "manager", "staff"] as const) {
    expect(await noticesOf(clinic.as[role])).toMatchObject([{ kind: "baa_lapsed", tools: [{ id: toolId }] }]);
  }
  expect(await noticesOf(clinic.as.auditor)).toEqual([]);
});

test("a BAA that covered a step of another vendor's tool leaves that tool named", async () => {
  const clinic = await mintClinic();
  const officer = daysAgo(clinic.as.owner, 20);
  const { toolId: cloud } = await registerTool(officer, typedTool("Cloud", { vendor: "Cloudhaven" }));
  const { toolId } = await registerTool(officer, typedTool("Northwind Scribe"));
  const ending = { ends: "on", expiresOn: addDays(today, -1), reference: "Cloud BAA" } as const;
  const hostBaa = await baaNaming(officer, cloud, ending);
  const ownBaa = await baaNaming(officer, toolId);
  await recordPath(officer, toolId, [
    hop({ coverage: "our_baa", baaId: ownBaa }),
    hop({ processor: "Cloudhaven", role: "cloud_host", coverage: "our_baa", baaId: hostBaa }),
  ]);
  await approve(clinic, toolId);
  await noteLapsedBaas(clinic.system, {});
  await giveNotice(clinic.system, { kind: "baa_lapsed", subjectId: hostBaa });
  expect(await noticesOf(clinic.as.staff)).toMatchObject([{ vendor: "Cloudhaven", tools: [{ id: toolId }] }]);
});

test("where no tool loses its cover only officers are told", async () => {
  const clinic = await mintClinic();
  const officer = daysAgo(clinic.as.owner, 20);
  const { toolId } = await registerTool(officer, typedTool("Northwind Scribe"));
  const baaId = await baaNaming(officer, toolId, { ends: "on", expiresOn: addDays(today, -1) });
  await noteLapsedBaas(clinic.system, {});
  expect(await giveNotice(clinic.system, { kind: "baa_lapsed", subjectId: baaId })).toEqual({ told: 2 });
  expect(await noticesOf(clinic.as.staff)).toEqual([]);
});

test("an agreement that was over when it was entered is history, and nobody is told", async () => {
  const clinic = await mintClinic();
  const { toolId } = await registerTool(clinic.as.owner, typedTool("Northwind Scribe"));
  await baaNaming(clinic.as.owner, toolId, { ends: "on", expiresOn: addDays(today, -1) });
  expect(await noteLapsedBaas(clinic.system, {})).toEqual({ lapsed: 0 });
});

test("one that was over when it was entered and is renewed since is noted when the renewal runs out", async () => {
  const clinic = await mintClinic();
  const officer = daysAgo(clinic.as.owner, 20);
  const { toolId } = await registerTool(officer, typedTool("Northwind Scribe"));
  const begins = { agreedOn: addDays(today, -400), effectiveOn: addDays(today, -400) };
  const baaId = await baaNaming(officer, toolId, { ...begins, ends: "on", expiresOn: addDays(today, -40) });
  await addBaaVersion(daysAgo(clinic.as.owner, 19), {
    ...{ baaId, version: 1, kind: "renewal", ourParty: "The clinic", theirParty: "Northwind Labs" },
    ...{ agreedOn: addDays(today, -39), effectiveOn: addDays(today, -39), ends: "on", expiresOn: addDays(today, -1) },
    ...{ services: [], surfaces: [toolId], signature: "both" },
  });
  expect(await noteLapsedBaas(clinic.system, {})).toEqual({ lapsed: 1 });
  expect(await noteLapsedBaas(clinic.system, {})).toEqual({ lapsed: 0 });
});

test("an agreement that somebody ended early is noted after its last day", async () => {
  const clinic = await mintClinic();
  const officer = daysAgo(clinic.as.owner, 20);
  const { toolId } = await registerTool(officer, typedTool("Northwind Scribe"));
  const { baaId } = await coverTool(officer, toolId);
  expect(await noteLapsedBaas(clinic.system, {})).toEqual({ lapsed: 0 });
  await terminateBaa(clinic.as.owner, { baaId, version: 1, lastDay: addDays(today, -1), reason: "They closed." });
  expect(await noteLapsedBaas(clinic.system, {})).toEqual({ lapsed: 1 });
});

test("a notice is put away by its reader and by nobody else", async () => {
  const clinic = await mintClinic();
  const { baaId } = await lapsed(clinic);
  await noteLapsedBaas(clinic.system, {});
  await giveNotice(clinic.system, { kind: "baa_lapsed", subjectId: baaId });
  const [notice] = await noticesOf(clinic.as.staff);
  const noticeId = notice?.id ?? "";
  await expect(dismissNotice(clinic.as.manager, { noticeId })).rejects.toThrow(NotFound);
  await dismissNotice(clinic.as.staff, { noticeId });
  await dismissNotice(clinic.as.staff, { noticeId });
  expect(await noticesOf(clinic.as.staff)).toEqual([]);
  expect(await noticesOf(clinic.as.manager)).toHaveLength(1);
});
