import { expect, test } from "vitest";
import type { ClinicContext } from "#lib/domain/context.ts";
import { getLedgerSize } from "#lib/domain/ledger/queries.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { getRegisterPage, getToolPage } from "#lib/domain/tools/queries.ts";
import { standingsOf } from "#lib/domain/tools/store.ts";
import { addDays, calendarDateIn, startOfDayIn } from "#lib/kernel/dates.ts";
import { readClinic } from "#lib/platform/db/with-clinic.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { coverTool, today } from "#tests/support/coverage.ts";
import { typedTool } from "#tests/support/tools.ts";

const ZONE = "America/New_York";
const APPROVAL = {
  status: "approved_for_phi",
  reason: "Visit notes.",
  conditions: "Only from clinic accounts",
  reviewOn: "",
} as const;

/** The same person, at another moment. */
const at = (ctx: ClinicContext, occurredAt: Date): ClinicContext => ({ ...ctx, occurredAt });

test("an approval made in the last minute of a BAA's last day is allowed, and refused a minute later", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const lastDay = addDays(today, -1);
  const midnight = startOfDayIn(ZONE, today).getTime();
  const [before, after] = [new Date(midnight - 1), new Date(midnight)];
  for (const [moment, outcome] of [
    [before, "approved_for_phi"],
    [after, "tool.approval_lacks.baa_expired"],
  ] as const) {
    const { toolId } = await registerTool(as.owner, typedTool(`Scribe ${moment.getTime()}`));
    await coverTool(as.owner, toolId, { reference: `BAA ${moment.getTime()}`, ends: "on", expiresOn: lastDay });
    const decision = decideTool(at(as.privacy_officer, moment), { toolId, version: 1, ...APPROVAL });
    const answer = await decision.then(
      ({ status }) => status,
      (error) => error.code,
    );
    expect(answer).toBe(outcome);
  }
});

test("a standing changes at midnight in the clinic's zone with no job having run and nothing written", async () => {
  const { as, clinicId, system } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerTool(as.owner, typedTool("Northwind Scribe"));
  await coverTool(as.owner, toolId, { ends: "on", expiresOn: today });
  await decideTool(as.privacy_officer, { toolId, version: 1, ...APPROVAL });
  const { size } = await getLedgerSize(system, {});
  const midnight = startOfDayIn(ZONE, addDays(today, 1)).getTime();
  const standingAt = async (moment: Date) => {
    const { tool } = await getToolPage(as.owner, { toolId });
    const standings = await readClinic({ clinicId }, {}, (tx) => standingsOf(tx, [tool], calendarDateIn(ZONE, moment)));
    return standings.get(toolId);
  };
  expect(await standingAt(new Date(midnight - 60_000))).toEqual({
    ...{ standing: "may_use_with_phi", reasons: ["approved_with_phi"] },
  });
  expect(await standingAt(new Date(midnight))).toEqual({
    // The hop is covered by the same BAA.
    ...{ standing: "ask", reasons: ["baa_expired", "hop_uncovered"] },
  });
  expect(await getLedgerSize(system, {})).toMatchObject({ size });
});

test("every screen says so at the same moment: where it is the last day still, and where it is past", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerTool(as.owner, typedTool("Northwind Scribe"));
  // 26 hours lie between these two zones, so at every moment they write different days.
  const [west, east] = ["Etc/GMT+12", "Pacific/Kiritimati"];
  const lastDay = calendarDateIn(west, new Date());
  await coverTool(as.owner, toolId, { ends: "on", expiresOn: lastDay });
  await decideTool({ ...as.privacy_officer, timeZone: west }, { toolId, version: 1, ...APPROVAL });
  const screens = async (timeZone: string) => {
    const reader = { ...as.owner, timeZone };
    const page = await getToolPage(reader, { toolId });
    const { rows } = await getRegisterPage(reader, {});
    return { page: page.standing.standing, register: rows[0]?.standing.standing, hop: page.path?.hops[0]?.state };
  };
  expect(await screens(west)).toEqual({ page: "may_use_with_phi", register: "may_use_with_phi", hop: "our_baa" });
  expect(await screens(east)).toEqual({ page: "ask", register: "ask", hop: "baa_expired" });
});
