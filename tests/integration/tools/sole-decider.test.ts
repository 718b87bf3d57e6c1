import { expect, test } from "vitest";
import { getLedgerPage } from "#lib/domain/ledger/queries.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { serving } from "#tests/support/roster.ts";
import { toolNow, typedTool } from "#tests/support/tools.ts";

/** What a decision of the owner says about who else could have made it. */
async function soleDeciderOf({ as }: TestClinic): Promise<boolean | undefined> {
  const { toolId } = await registerTool(as.owner, typedTool("Northwind Chat"));
  await decideTool(as.owner, { toolId, version: 1, status: "prohibited", reason: "Not needed" });
  const { decisions } = await toolNow(as.owner, toolId);
  const { events } = await getLedgerPage(as.owner, {});
  expect(events[0]?.data.soleDecider).toBe(decisions[0]?.soleDecider);
  return decisions[0]?.soleDecider;
}

test("an owner alone decides as the sole decider", async () => {
  expect(await soleDeciderOf(await mintClinic(["owner"]))).toBe(true);
});

test("people who may not decide make nobody less alone", async () => {
  expect(await soleDeciderOf(await mintClinic(["owner", "manager", "staff", "auditor"]))).toBe(true);
});

test("with a privacy officer beside the owner nobody is the sole decider", async () => {
  expect(await soleDeciderOf(await mintClinic(["owner", "privacy_officer"]))).toBe(false);
});

test.each([
  ["has left yesterday", true, -30, -1],
  ["leaves today", false, -30, 0],
  ["begins tomorrow", true, 1, null],
  ["began today", false, 0, null],
] as const)("a privacy officer who %s: sole decider %s", async (_, sole, from, to) => {
  const clinic = await mintClinic(["owner", "privacy_officer"]);
  await serving(clinic, "privacy_officer", from, to);
  expect(await soleDeciderOf(clinic)).toBe(sole);
});
