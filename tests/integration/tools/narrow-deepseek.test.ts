import { expect, test } from "vitest";
import { requireSecondApprover } from "#lib/domain/clinic/commands/require-second-approver.ts";
import { getLedgerPage, getLedgerSize } from "#lib/domain/ledger/queries.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { narrowDeepseek } from "#lib/domain/tools/commands/narrow-deepseek.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { Forbidden, InvalidInput, NotFound, Refusal } from "#lib/kernel/errors.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { registerHosted, toolNow, typedTool } from "#tests/support/tools.ts";

const rationale = "Runs on our own cloud account.\nNothing is sent to DeepSeek.";

test("narrowing takes one surface out of the blanket and puts it under review, with the rationale in the ledger", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const [{ toolId }, beside] = [await registerHosted(as.owner), await registerHosted(as.owner, "V3 on Northwind")];
  const { narrowingId, status } = await narrowDeepseek(as.privacy_officer, { toolId, version: 1, rationale });
  expect(status).toBe("in_force");
  expect(await toolNow(as.owner, toolId)).toMatchObject({
    ...{ status: "needs_review", deepseekNarrowed: true, version: 2, standing: { standing: "ask" } },
    narrowing: { id: narrowingId, status: "in_force", rationale, proposedByName: "Dana Whitfield" },
    decisions: [
      { number: 2, status: "needs_review", basis: "deepseek_narrowed", reason: rationale },
      { number: 1, status: "prohibited", basis: "deepseek_rule" },
    ],
  });
  expect(await toolNow(as.owner, beside.toolId)).toMatchObject({ status: "prohibited", deepseekNarrowed: false });
  const { events } = await getLedgerPage(as.owner, {});
  expect(events.slice(0, 2).reverse()).toMatchObject([
    {
      type: "deepseek_narrowing.put_in_force",
      object: { id: narrowingId },
      data: { toolId, product: "R1 on Northwind", rationale },
    },
    { type: "tool.put_under_review", object: { id: toolId }, data: { basis: "deepseek_narrowed", reason: rationale } },
  ]);
});

test("once narrowed, the host is judged as any other: without patient data it may be approved, with patient data not yet", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerHosted(as.owner);
  await narrowDeepseek(as.privacy_officer, { toolId, version: 1, rationale });
  const approval = { toolId, version: 2, reason: "Judged", conditions: "Nothing about patients" } as const;
  const withPhi = decideTool(as.owner, { ...approval, status: "approved_for_phi" });
  await expect(withPhi).rejects.toMatchObject({ code: "tool.approval_lacks.no_baa_on_record" });
  await decideTool(as.owner, { ...approval, status: "not_for_phi" });
  expect(await toolNow(as.owner, toolId)).toMatchObject({
    ...{ status: "not_for_phi", deepseekNarrowed: true, standing: { standing: "may_use_without_phi" } },
  });
});

test("where the clinic asks for a second approver it is only proposed: the tool stays prohibited", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  await requireSecondApprover(as.owner, { required: true });
  const { toolId } = await registerHosted(as.owner);
  const { status } = await narrowDeepseek(as.privacy_officer, { toolId, version: 1, rationale });
  expect(status).toBe("proposed");
  expect(await toolNow(as.owner, toolId)).toMatchObject({
    ...{ status: "prohibited", deepseekNarrowed: false, version: 1, narrowing: { status: "proposed" } },
    decisions: [{ number: 1 }],
  });
  const { events } = await getLedgerPage(as.owner, {});
  expect(events[0]).toMatchObject({ type: "deepseek_narrowing.proposed", data: { toolId, rationale } });
});

test("DeepSeek's own surface can't be narrowed, nor what is not DeepSeek, and the refusal leaves nothing", async () => {
  const { as, system } = await mintClinic(["owner", "privacy_officer"]);
  const { toolIds } = await adoptTools(as.owner, { keys: ["deepseek-api"] });
  const { toolId } = await registerTool(as.owner, typedTool("Northwind Chat"));
  const { size } = await getLedgerSize(system, {});
  const own = narrowDeepseek(as.privacy_officer, { toolId: toolIds[0] ?? "", version: 1, rationale });
  await expect(own).rejects.toMatchObject({ code: "deepseek_narrowing.own_surface" });
  const none = narrowDeepseek(as.privacy_officer, { toolId, version: 1, rationale });
  await expect(none).rejects.toMatchObject({ code: "deepseek_narrowing.not_deepseek" });
  expect(await getLedgerSize(system, {})).toMatchObject({ size });
});

test("a second narrowing of the same tool is refused, whether the first is in force or waits", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const inForce = await registerHosted(as.owner);
  await narrowDeepseek(as.privacy_officer, { toolId: inForce.toolId, version: 1, rationale });
  await requireSecondApprover(as.owner, { required: true });
  const waiting = await registerHosted(as.owner, "V3 on Northwind");
  await narrowDeepseek(as.privacy_officer, { toolId: waiting.toolId, version: 1, rationale });
  for (const [{ toolId }, version] of [
    [inForce, 2],
    [waiting, 1],
  ] as const) {
    const again = narrowDeepseek(as.privacy_officer, { toolId, version, rationale });
    await expect(again).rejects.toMatchObject({ code: "deepseek_narrowing.already_open" });
  }
});

test("two narrowings at the same moment make one", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerHosted(as.owner);
  const results = await Promise.allSettled(
    [1, 2, 3].map(() => narrowDeepseek(as.privacy_officer, { toolId, version: 1, rationale })),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect((await toolNow(as.owner, toolId)).decisions).toHaveLength(2);
});

test("who narrows on an old page is told that somebody has decided", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerHosted(as.owner);
  await decideTool(as.owner, { toolId, version: 1, status: "retired", reason: "Switched off" });
  const stale = narrowDeepseek(as.privacy_officer, { toolId, version: 1, rationale });
  await expect(stale).rejects.toMatchObject({ code: "tool.decided_meanwhile" });
  expect(await toolNow(as.owner, toolId)).toMatchObject({ status: "retired", narrowing: null });
});

test("without a written rationale there is no narrowing", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerHosted(as.owner);
  const bare = narrowDeepseek(as.privacy_officer, { toolId, version: 1, rationale: " \u200b\n" });
  await expect(bare).rejects.toBeInstanceOf(InvalidInput);
  await expect(bare).rejects.toMatchObject({ issues: [{ path: "rationale", code: "required" }] });
});

test("another clinic's tool is not found, and stays prohibited", async () => {
  const [one, other] = [await mintClinic(["owner", "privacy_officer"]), await mintClinic(["owner", "privacy_officer"])];
  const { toolId } = await registerHosted(other.as.owner);
  const foreign = narrowDeepseek(one.as.privacy_officer, { toolId, version: 1, rationale });
  await expect(foreign).rejects.toBeInstanceOf(NotFound);
  expect(await toolNow(other.as.owner, toolId)).toMatchObject({ status: "prohibited", narrowing: null });
});

test.each(["owner", "manager", "staff", "auditor"] as const)(
  "a %s narrows nothing: it is the privacy officer's",
  async (role) => {
    const { as } = await mintClinic(
      role === "owner" ? ["owner", "privacy_officer"] : ["owner", "privacy_officer", role],
    );
    const { toolId } = await registerHosted(as.owner);
    const attempt = narrowDeepseek(as[role], { toolId, version: 1, rationale });
    await expect(attempt).rejects.toBeInstanceOf(Forbidden);
    await expect(attempt).rejects.not.toBeInstanceOf(Refusal);
    expect(await toolNow(as.owner, toolId)).toMatchObject({ status: "prohibited", narrowing: null });
  },
);
