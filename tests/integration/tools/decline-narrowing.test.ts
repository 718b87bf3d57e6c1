import { expect, test } from "vitest";
import { requireSecondApprover } from "#lib/domain/clinic/commands/require-second-approver.ts";
import type { Role } from "#lib/domain/context.ts";
import { getLedgerPage, getLedgerSize } from "#lib/domain/ledger/queries.ts";
import { approveNarrowing } from "#lib/domain/tools/commands/approve-narrowing.ts";
import { declineNarrowing } from "#lib/domain/tools/commands/decline-narrowing.ts";
import { narrowDeepseek } from "#lib/domain/tools/commands/narrow-deepseek.ts";
import { Forbidden, InvalidInput, NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { asApp } from "#tests/support/sql.ts";
import { registerHosted, toolNow } from "#tests/support/tools.ts";

const rationale = "Our own cloud account runs it.";
const reason = "Nobody has shown us where the logs go.";

/** A clinic that asks for a second approver, and the privacy officer's proposal in it. */
async function proposed(...others: Role[]) {
  const clinic = await mintClinic(["owner", "privacy_officer", ...others]);
  await requireSecondApprover(clinic.as.owner, { required: "yes" });
  const { toolId } = await registerHosted(clinic.as.owner);
  const { narrowingId } = await narrowDeepseek(clinic.as.privacy_officer, { toolId, version: 1, rationale });
  return { ...clinic, toolId, narrowingId };
}

test("a second person's no ends the proposal with a reason, changes nothing about the tool, and leaves it open to another", async () => {
  const { as, clinicId, toolId, narrowingId } = await proposed();
  expect(await declineNarrowing(as.owner, { narrowingId, reason })).toEqual({ toolId });
  expect(await toolNow(as.owner, toolId)).toMatchObject({
    ...{ status: "prohibited", version: 1, deepseekNarrowed: false, narrowing: null, decisions: [{ number: 1 }] },
  });
  const [row] = await asApp(clinicId, (sql) =>
    sql("SELECT status, withdrawn_by, withdrawn_reason, approved_by FROM deepseek_narrowing WHERE id = $1", [
      narrowingId,
    ]),
  );
  const grace = as.owner.actor.kind === "member" ? as.owner.actor.memberId : "";
  expect(row).toEqual({ status: "withdrawn", withdrawn_by: grace, withdrawn_reason: reason, approved_by: null });
  expect((await getLedgerPage(as.owner, {})).events[0]).toMatchObject({
    type: "deepseek_narrowing.declined",
    object: { id: narrowingId },
    data: { toolId, vendor: "Northwind Labs", product: "R1 on Northwind", surface: "Team plan", reason },
  });
  expect(await narrowDeepseek(as.privacy_officer, { toolId, version: 1, rationale })).toMatchObject({
    status: "proposed",
  });
});

test("the proposer takes a proposal back and does not decline it, and the refusal leaves nothing", async () => {
  const { as, system, toolId, narrowingId } = await proposed();
  const { size } = await getLedgerSize(system, {});
  const own = declineNarrowing(as.privacy_officer, { narrowingId, reason });
  await expect(own).rejects.toMatchObject({ code: "deepseek_narrowing.decline_own" });
  expect(await toolNow(as.owner, toolId)).toMatchObject({ narrowing: { status: "proposed" } });
  expect(await getLedgerSize(system, {})).toMatchObject({ size });
});

test("what was declined or approved already is no longer there to decline", async () => {
  const { as, toolId, narrowingId } = await proposed();
  await declineNarrowing(as.owner, { narrowingId, reason });
  const again = declineNarrowing(as.owner, { narrowingId, reason });
  await expect(again).rejects.toMatchObject({ code: "deepseek_narrowing.not_open" });
  const late = approveNarrowing(as.owner, { narrowingId });
  await expect(late).rejects.toMatchObject({ code: "deepseek_narrowing.not_open" });
  const other = await narrowDeepseek(as.privacy_officer, { toolId, version: 1, rationale });
  await approveNarrowing(as.owner, { narrowingId: other.narrowingId });
  const inForce = declineNarrowing(as.owner, { narrowingId: other.narrowingId, reason });
  await expect(inForce).rejects.toMatchObject({ code: "deepseek_narrowing.not_open" });
  expect(await toolNow(as.owner, toolId)).toMatchObject({ deepseekNarrowed: true });
});

test("a yes and a no at the same moment: one counts, the other is told", async () => {
  const { as, toolId, narrowingId } = await proposed();
  const results = await Promise.allSettled([
    approveNarrowing(as.owner, { narrowingId }),
    declineNarrowing(as.owner, { narrowingId, reason }),
  ]);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const { deepseekNarrowed, narrowing } = await toolNow(as.owner, toolId);
  expect(deepseekNarrowed).toBe(narrowing !== null);
});

test("a reason is needed", async () => {
  const { as, narrowingId } = await proposed();
  const bare = declineNarrowing(as.owner, { narrowingId, reason: " \n" });
  await expect(bare).rejects.toBeInstanceOf(InvalidInput);
});

test("another clinic's proposal and an unknown one are not found", async () => {
  const { as, toolId, narrowingId } = await proposed();
  const stranger = await mintClinic(["owner"]);
  for (const id of [narrowingId, newId()]) {
    const foreign = declineNarrowing(stranger.as.owner, { narrowingId: id, reason });
    await expect(foreign).rejects.toBeInstanceOf(NotFound);
  }
  expect(await toolNow(as.owner, toolId)).toMatchObject({ narrowing: { status: "proposed" } });
});

test.each(["manager", "staff", "auditor"] as const)("a %s declines nothing", async (role) => {
  const { as, toolId, narrowingId } = await proposed(role);
  await expect(declineNarrowing(as[role], { narrowingId, reason })).rejects.toBeInstanceOf(Forbidden);
  expect(await toolNow(as.owner, toolId)).toMatchObject({ narrowing: { status: "proposed" } });
});
