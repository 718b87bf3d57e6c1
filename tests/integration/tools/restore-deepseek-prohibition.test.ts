import { expect, test } from "vitest";
import { requireSecondApprover } from "#lib/domain/clinic/commands/require-second-approver.ts";
import { getLedgerPage, getLedgerSize } from "#lib/domain/ledger/queries.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { narrowDeepseek } from "#lib/domain/tools/commands/narrow-deepseek.ts";
import { restoreDeepseekProhibition } from "#lib/domain/tools/commands/restore-deepseek-prohibition.ts";
import { Forbidden, InvalidInput, NotFound } from "#lib/kernel/errors.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { registerHosted, toolNow } from "#tests/support/tools.ts";

const rationale = "Runs on our own cloud account.";
const reason = "The contract with the host has ended.";

test("prohibited, narrowed, approved without patient data, prohibited again: each step is kept, and it can begin anew", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerHosted(as.owner);
  await narrowDeepseek(as.privacy_officer, { toolId, version: 1, rationale });
  const approval = { status: "not_for_phi", reason: "Judged", conditions: "Nothing about patients" } as const;
  await decideTool(as.owner, { toolId, version: 2, ...approval });
  await restoreDeepseekProhibition(as.privacy_officer, { toolId, reason });
  expect(await toolNow(as.owner, toolId)).toMatchObject({
    ...{ status: "prohibited", deepseekNarrowed: false, conditions: [], reviewOn: null, narrowing: null },
    standing: { standing: "may_not_use", reasons: ["deepseek_blanket"] },
    decisions: [
      { number: 4, status: "prohibited", basis: "deepseek_restored", reason },
      { number: 3, status: "not_for_phi", basis: "officer" },
      { number: 2, status: "needs_review", basis: "deepseek_narrowed" },
      { number: 1, status: "prohibited", basis: "deepseek_rule" },
    ],
  });
  const again = decideTool(as.owner, { toolId, version: 4, ...approval });
  await expect(again).rejects.toMatchObject({ code: "tool.deepseek_not_narrowed" });
  const { events } = await getLedgerPage(as.owner, {});
  expect(events.slice(0, 2).reverse()).toMatchObject([
    { type: "deepseek_narrowing.withdrawn", data: { toolId, reason } },
    { type: "tool.prohibited", object: { id: toolId }, data: { basis: "deepseek_restored", reason } },
  ]);
  expect(await narrowDeepseek(as.privacy_officer, { toolId, version: 4, rationale })).toMatchObject({
    status: "in_force",
  });
});

test("withdrawing a mere proposal makes no new decision: the tool was prohibited all along", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  await requireSecondApprover(as.owner, { required: true });
  const { toolId } = await registerHosted(as.owner);
  await narrowDeepseek(as.privacy_officer, { toolId, version: 1, rationale });
  expect(await restoreDeepseekProhibition(as.privacy_officer, { toolId, reason })).toMatchObject({
    ended: "taken_back",
  });
  expect(await toolNow(as.owner, toolId)).toMatchObject({
    ...{ status: "prohibited", version: 1, narrowing: null, decisions: [{ number: 1 }] },
  });
  expect((await getLedgerPage(as.owner, {})).events[0]).toMatchObject({
    type: "deepseek_narrowing.taken_back",
    data: { toolId, product: "R1 on Northwind", reason },
  });
});

test("where nothing is narrowed there is nothing to end, and the refusal leaves nothing", async () => {
  const { as, system } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerHosted(as.owner);
  const { size } = await getLedgerSize(system, {});
  const attempt = restoreDeepseekProhibition(as.privacy_officer, { toolId, reason });
  await expect(attempt).rejects.toMatchObject({ code: "deepseek_narrowing.not_open" });
  expect(await getLedgerSize(system, {})).toMatchObject({ size });
});

test("ended twice at the same moment it ends once", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerHosted(as.owner);
  await narrowDeepseek(as.privacy_officer, { toolId, version: 1, rationale });
  const results = await Promise.allSettled(
    [1, 2, 3].map(() => restoreDeepseekProhibition(as.privacy_officer, { toolId, reason })),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect((await toolNow(as.owner, toolId)).decisions).toHaveLength(3);
});

test("a reason is needed", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerHosted(as.owner);
  const bare = restoreDeepseekProhibition(as.privacy_officer, { toolId, reason: "" });
  await expect(bare).rejects.toBeInstanceOf(InvalidInput);
});

test("another clinic's narrowing is not found, and stays in force", async () => {
  const [one, other] = [await mintClinic(["owner", "privacy_officer"]), await mintClinic(["owner", "privacy_officer"])];
  const { toolId } = await registerHosted(other.as.owner);
  await narrowDeepseek(other.as.privacy_officer, { toolId, version: 1, rationale });
  const foreign = restoreDeepseekProhibition(one.as.privacy_officer, { toolId, reason });
  await expect(foreign).rejects.toBeInstanceOf(NotFound);
  expect(await toolNow(other.as.owner, toolId)).toMatchObject({ narrowing: { status: "in_force" } });
});

test.each(["owner", "manager", "staff", "auditor"] as const)("a %s ends nothing", async (role) => {
  const { as } = await mintClinic(role === "owner" ? ["owner", "privacy_officer"] : ["owner", "privacy_officer", role]);
  const { toolId } = await registerHosted(as.owner);
  await narrowDeepseek(as.privacy_officer, { toolId, version: 1, rationale });
  await expect(restoreDeepseekProhibition(as[role], { toolId, reason })).rejects.toBeInstanceOf(Forbidden);
  expect(await toolNow(as.owner, toolId)).toMatchObject({ narrowing: { status: "in_force" } });
});
