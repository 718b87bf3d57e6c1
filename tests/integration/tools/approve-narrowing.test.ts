import { expect, test } from "vitest";
import { getToday } from "#lib/domain/calendar/queries.ts";
import { requireSecondApprover } from "#lib/domain/clinic/commands/require-second-approver.ts";
import type { Role } from "#lib/domain/context.ts";
import { getLedgerPage, getLedgerSize } from "#lib/domain/ledger/queries.ts";
import { approveNarrowing } from "#lib/domain/tools/commands/approve-narrowing.ts";
import { narrowDeepseek } from "#lib/domain/tools/commands/narrow-deepseek.ts";
import { restoreDeepseekProhibition } from "#lib/domain/tools/commands/restore-deepseek-prohibition.ts";
import { Forbidden, NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { asApp } from "#tests/support/sql.ts";
import { registerHosted, toolNow } from "#tests/support/tools.ts";

/** A clinic that asks for a second approver, and the privacy officer's proposal in it. */
async function proposed(...others: Role[]) {
  const clinic = await mintClinic(["owner", "privacy_officer", ...others]);
  const { as } = clinic;
  await requireSecondApprover(as.owner, { required: "yes" });
  const { toolId } = await registerHosted(as.owner);
  const rationale = "Our own cloud account runs it.";
  const { narrowingId } = await narrowDeepseek(as.privacy_officer, { toolId, version: 1, rationale });
  return { ...clinic, toolId, narrowingId, rationale };
}

test("a second person's word puts the narrowing in force: both are named, and the tool goes under review", async () => {
  const { as, toolId, narrowingId, rationale } = await proposed();
  expect(await approveNarrowing(as.owner, { narrowingId })).toEqual({ toolId });
  expect(await toolNow(as.owner, toolId)).toMatchObject({
    ...{ status: "needs_review", deepseekNarrowed: true, version: 2 },
    narrowing: { status: "in_force", proposedByName: "Dana Whitfield", approvedByName: "Grace Okafor" },
    decisions: [{ number: 2, basis: "deepseek_narrowed", reason: rationale, decidedBy: "Grace Okafor" }, { number: 1 }],
  });
  const { events } = await getLedgerPage(as.owner, {});
  expect(events.slice(0, 2).reverse()).toMatchObject([
    { type: "deepseek_narrowing.approved", object: { id: narrowingId }, data: { toolId, product: "R1 on Northwind" } },
    { type: "tool.put_under_review", object: { id: toolId } },
  ]);
});

test("the one who proposed it can't be the second person, and the refusal leaves nothing", async () => {
  const { as, system, toolId, narrowingId } = await proposed();
  const { size } = await getLedgerSize(system, {});
  const alone = approveNarrowing(as.privacy_officer, { narrowingId });
  await expect(alone).rejects.toMatchObject({ code: "deepseek_narrowing.needs_another_person" });
  expect(await toolNow(as.owner, toolId)).toMatchObject({ status: "prohibited", narrowing: { status: "proposed" } });
  expect(await getLedgerSize(system, {})).toMatchObject({ size });
});

test("once the clinic has stopped asking for a second person, the proposer puts it in force alone, and nobody is named beside", async () => {
  const { as, toolId, narrowingId } = await proposed();
  const waits = async () => (await getToday(as.privacy_officer, {})).waiting?.narrowings.shown;
  expect(await waits()).toMatchObject([{ own: "needs_another" }]);
  await requireSecondApprover(as.owner, { required: "no" });
  expect(await waits()).toMatchObject([{ own: "enough" }]);
  await approveNarrowing(as.privacy_officer, { narrowingId });
  expect(await toolNow(as.owner, toolId)).toMatchObject({
    ...{ status: "needs_review", deepseekNarrowed: true },
    narrowing: { status: "in_force", proposedByName: "Dana Whitfield", approvedByName: null },
    decisions: [{ number: 2, basis: "deepseek_narrowed", decidedBy: "Dana Whitfield" }, { number: 1 }],
  });
});

test("the database itself refuses one person in both places", async () => {
  const { clinicId, narrowingId } = await proposed();
  const attempt = asApp(clinicId, (sql) =>
    sql("UPDATE deepseek_narrowing SET status = 'in_force', approved_by = proposed_by WHERE id = $1", [narrowingId]),
  );
  await expect(attempt).rejects.toMatchObject({ code: "23514", constraint: "deepseek_narrowing_two_people" });
});

test("a proposal is approved once: approved again, or after it was withdrawn, there is nothing to approve", async () => {
  const { as, toolId, narrowingId } = await proposed();
  await approveNarrowing(as.owner, { narrowingId });
  await expect(approveNarrowing(as.owner, { narrowingId })).rejects.toMatchObject({
    code: "deepseek_narrowing.not_open",
  });
  await restoreDeepseekProhibition(as.privacy_officer, { toolId, reason: "Contract ended" });
  await expect(approveNarrowing(as.owner, { narrowingId })).rejects.toMatchObject({
    code: "deepseek_narrowing.not_open",
  });
  expect(await toolNow(as.owner, toolId)).toMatchObject({ status: "prohibited", deepseekNarrowed: false });
});

test("two approvals at the same moment make one decision", async () => {
  const { as, toolId, narrowingId } = await proposed();
  const results = await Promise.allSettled([1, 2, 3].map(() => approveNarrowing(as.owner, { narrowingId })));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect((await toolNow(as.owner, toolId)).decisions).toHaveLength(2);
});

test("another clinic's proposal and an unknown one are not found", async () => {
  const { as, toolId, narrowingId } = await proposed();
  const stranger = await mintClinic(["owner"]);
  for (const id of [narrowingId, newId()]) {
    const foreign = approveNarrowing(stranger.as.owner, { narrowingId: id });
    await expect(foreign).rejects.toBeInstanceOf(NotFound);
  }
  expect(await toolNow(as.owner, toolId)).toMatchObject({ narrowing: { status: "proposed" } });
});

test.each(["manager", "staff", "auditor"] as const)("a %s approves nothing", async (role) => {
  const { as, toolId, narrowingId } = await proposed(role);
  await expect(approveNarrowing(as[role], { narrowingId })).rejects.toBeInstanceOf(Forbidden);
  expect(await toolNow(as.owner, toolId)).toMatchObject({ narrowing: { status: "proposed" } });
});
