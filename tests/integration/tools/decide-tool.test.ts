import { describe, expect, test } from "vitest";
import { getLedgerPage, getLedgerSize } from "#lib/domain/ledger/queries.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { terminateBaa } from "#lib/domain/vendors/baas/commands/terminate-baa.ts";
import { addDays } from "#lib/kernel/dates.ts";
import { Forbidden, NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { bodySha256, bodyText } from "#lib/proof/body.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { baaNaming, coverTool, hop, recordPath, type TypedHop, today, verifiedTool } from "#tests/support/coverage.ts";
import { asApp } from "#tests/support/sql.ts";
import { registerHosted, toolNow, typedTool } from "#tests/support/tools.ts";

const APPROVAL = {
  status: "not_for_phi",
  reason: "The front desk needs it for letters.",
  conditions: "Nothing about patients goes in\nOnly from clinic accounts",
  reviewOn: addDays(today, 90),
} as const;

test("a decision is in force at once, kept with its facts, and told in the ledger", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerTool(as.owner, typedTool("Northwind Chat"));
  const { decisionId } = await decideTool(as.privacy_officer, { toolId, version: 1, ...APPROVAL });
  const conditions = ["Nothing about patients goes in", "Only from clinic accounts"];
  const told = { status: "not_for_phi", conditions, reviewOn: APPROVAL.reviewOn };
  expect(await toolNow(as.owner, toolId)).toMatchObject({
    ...{ ...told, version: 2, standing: { standing: "may_use_without_phi" } },
    decisions: [
      { ...told, id: decisionId, number: 1, basis: "officer", decidedBy: "Dana Whitfield", soleDecider: false },
    ],
  });
  const { events } = await getLedgerPage(as.owner, {});
  expect(events[0]).toMatchObject({
    type: "tool.approved_without_phi",
    object: { type: "tool", id: toolId },
    data: { ...told, decisionId, number: 1, reason: APPROVAL.reason, soleDecider: false },
  });
});

test.each([
  ["needs_review", "tool.put_under_review", "ask"],
  ["prohibited", "tool.prohibited", "may_not_use"],
  ["retired", "tool.retired", "may_not_use"],
] as const)("a decision for %s drops the conditions that the form offered", async (status, type, standing) => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerTool(as.owner, typedTool("Northwind Chat"));
  await decideTool(as.owner, { toolId, version: 1, ...APPROVAL });
  await decideTool(as.owner, { ...APPROVAL, toolId, version: 2, status });
  expect(await toolNow(as.owner, toolId)).toMatchObject({
    ...{ status, conditions: [], standing: { standing } },
    decisions: [
      { number: 2, status, conditions: [] },
      { number: 1, status: "not_for_phi" },
    ],
  });
  expect((await getLedgerPage(as.owner, {})).events[0]?.type).toBe(type);
});

test("the facts kept with a decision are those of that moment, under the hash of their canonical JSON", async () => {
  const { clinicId, as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolIds } = await adoptTools(as.owner, { keys: ["openai-chatgpt-enterprise"] });
  const toolId = toolIds[0] ?? "";
  await decideTool(as.privacy_officer, { toolId, version: 1, ...APPROVAL });
  const tool = await toolNow(as.owner, toolId);
  const [row] = await asApp(clinicId, (sql) => sql("SELECT snapshot, snapshot_hash FROM tool_decision"));
  expect(row.snapshot).toEqual({
    // So that the hash in the ledger can't be guessed back to what a person typed.
    salt: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    ...{ vendor: tool.vendor, product: tool.product, surface: tool.surface, modelFamily: tool.modelFamily },
    ...{
      category: tool.category,
      deepseek: "none",
      deepseekNarrowed: false,
      facts: JSON.parse(JSON.stringify(tool.facts)),
    },
    ...{ catalogueKey: "openai-chatgpt-enterprise", catalogueSha256: tool.catalogueHash, hostnames: tool.hostnames },
    // Nobody looks at what covers a tool into which nothing about patients goes, and there is no worksheet.
    ...{ coverage: null, dueDiligence: null },
  });
  expect(row.snapshot_hash).toBe(bodySha256(bodyText(row.snapshot)));
  const { events } = await getLedgerPage(as.owner, {});
  expect(events[0]?.data.snapshotSha256).toBe(row.snapshot_hash);
});

test.each([
  ["patient data without a BAA", { status: "approved_for_phi" }, "tool.approval_lacks.no_baa_on_record"],
  ["without a condition", { conditions: " \n " }, "tool.approval_needs_conditions"],
  ["with a review date of today", { reviewOn: today }, "tool.review_not_in_future"],
  ["with a review date in ten years", { reviewOn: addDays(today, 3650) }, "tool.review_too_far"],
] as const)("to approve %s is refused and leaves nothing", async (_, fields, code) => {
  const { as, system } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerTool(as.owner, typedTool("Northwind Chat"));
  const [before, { size }] = [await toolNow(as.owner, toolId), await getLedgerSize(system, {})];
  const decision = decideTool(as.owner, { toolId, version: 1, ...APPROVAL, ...fields });
  await expect(decision).rejects.toMatchObject({ code });
  expect(await toolNow(as.owner, toolId)).toEqual(before);
  expect(await getLedgerSize(system, {})).toMatchObject({ size });
});

describe("an approval for patient data", () => {
  const FOR_PHI = { ...APPROVAL, status: "approved_for_phi", conditions: "Only from clinic accounts" } as const;
  const yesterday = addDays(today, -1);
  test("rests on a BAA in force that names the tool and a covered path, and keeps both with the worksheet", async () => {
    const { clinicId, as } = await mintClinic(["owner", "privacy_officer"]);
    const { toolId } = await registerTool(as.owner, typedTool("Northwind Scribe"));
    const until = addDays(today, 60);
    const { baaId } = await coverTool(as.owner, toolId, { ends: "on", expiresOn: until });
    const { worksheetId } = await verifiedTool(as.owner, toolId);
    await decideTool(as.privacy_officer, { toolId, version: 1, ...FOR_PHI });
    expect(await toolNow(as.owner, toolId)).toMatchObject({
      ...{ status: "approved_for_phi", standing: { standing: "may_use_with_phi", reasons: ["approved_with_phi"] } },
      decisions: [{ number: 1, worksheet: { id: worksheetId, number: 1 } }],
    });
    const [row] = await asApp(clinicId, (sql) => sql("SELECT snapshot, due_diligence_id FROM tool_decision"));
    expect(row.due_diligence_id).toBe(worksheetId);
    expect(row.snapshot).toMatchObject({
      coverage: { gaps: [], baaId, baaVersionId: expect.any(String), baaUntil: until, uncovered: [] },
      dueDiligence: { id: worksheetId, number: 1, answersSha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  const ours = (baaId: string) => [hop({ coverage: "our_baa", baaId })];
  test.each<[string, Parameters<typeof baaNaming>[2] | null, ((baaId: string) => TypedHop[]) | null, string]>([
    ["no BAA on record", null, () => [hop()], "no_baa_on_record"],
    ["a BAA that one side signed", { signature: "one_side" }, ours, "baa_not_signed"],
    ["a BAA of which nobody knows who signed", { signature: "unknown" }, ours, "baa_not_signed"],
    ["a BAA that begins tomorrow", { effectiveOn: addDays(today, 1) }, ours, "baa_not_yet_effective"],
    ["a BAA that ran out yesterday", { ends: "on", expiresOn: yesterday }, ours, "baa_expired"],
    ["a BAA that names nothing", { surfaces: [] }, ours, "baa_names_other_surface"],
    ["no path on record", {}, null, "path_not_on_record"],
    ["a company in the path that nothing covers", {}, (baaId) => [...ours(baaId), hop()], "hop_uncovered"],
  ])("with %s is refused, and leaves nothing", async (_, agreement, path, gap) => {
    const { as, system } = await mintClinic(["owner", "privacy_officer"]);
    const { toolId } = await registerTool(as.owner, typedTool("Northwind Scribe"));
    const baaId = agreement === null ? "" : await baaNaming(as.owner, toolId, agreement);
    if (path !== null) await recordPath(as.owner, toolId, path(baaId));
    const [before, { size }] = [await toolNow(as.owner, toolId), await getLedgerSize(system, {})];
    const decision = decideTool(as.privacy_officer, { toolId, version: 1, ...FOR_PHI });
    await expect(decision).rejects.toMatchObject({ code: `tool.approval_lacks.${gap}`, field: "status" });
    expect(await toolNow(as.owner, toolId)).toEqual(before);
    expect(await getLedgerSize(system, {})).toMatchObject({ size });
  });

  test("with a BAA that has been ended is refused, and one made before falls back to asking", async () => {
    const { as } = await mintClinic(["owner", "privacy_officer"]);
    const { toolId } = await registerTool(as.owner, typedTool("Northwind Scribe"));
    const { baaId } = await coverTool(as.owner, toolId);
    await decideTool(as.privacy_officer, { toolId, version: 1, ...FOR_PHI });
    await terminateBaa(as.owner, { baaId, version: 1, lastDay: yesterday, reason: "They were sold." });
    expect((await toolNow(as.owner, toolId)).standing).toEqual({
      ...{ standing: "ask", reasons: ["baa_terminated", "hop_uncovered"] },
    });
    const again = decideTool(as.privacy_officer, { toolId, version: 2, ...FOR_PHI });
    await expect(again).rejects.toMatchObject({ code: "tool.approval_lacks.baa_terminated" });
  });

  test("needs no BAA where the clinic runs the tool itself: registered so, and every hop its own equipment", async () => {
    const { as } = await mintClinic(["owner", "privacy_officer"]);
    const ownHop = hop({ processor: "Our server", role: "own_equipment", coverage: "own" });
    const selfHosted = typedTool("Llama on our own server", { category: "self_hosted" });
    const { toolId } = await registerTool(as.owner, selfHosted);
    await recordPath(as.owner, toolId, [ownHop, hop()]);
    const decide = (id: string) => decideTool(as.privacy_officer, { toolId: id, version: 1, ...FOR_PHI });
    await expect(decide(toolId)).rejects.toMatchObject({ code: "tool.approval_lacks.no_baa_on_record" });
    await recordPath(as.owner, toolId, [ownHop]);
    await decide(toolId);
    expect((await toolNow(as.owner, toolId)).standing.standing).toBe("may_use_with_phi");
    const { toolId: service } = await registerTool(as.owner, typedTool("Northwind Scribe"));
    await recordPath(as.owner, service, [ownHop]);
    await expect(decide(service)).rejects.toMatchObject({ code: "tool.approval_lacks.no_baa_on_record" });
  });
});

test.each(["approved_for_phi", "not_for_phi", "needs_review", "prohibited", "retired"] as const)(
  "no decision for %s touches DeepSeek's own surface",
  async (status) => {
    const { as, system } = await mintClinic(["owner", "privacy_officer"]);
    const { toolIds } = await adoptTools(as.owner, { keys: ["deepseek-mobile-app"] });
    const { size } = await getLedgerSize(system, {});
    const decision = decideTool(as.privacy_officer, { toolId: toolIds[0] ?? "", version: 1, ...APPROVAL, status });
    await expect(decision).rejects.toMatchObject({ code: "tool.deepseek_own_stays_prohibited" });
    expect(await getLedgerSize(system, {})).toMatchObject({ size });
  },
);

test("DeepSeek weights on another host are under the blanket: only retiring or prohibiting them is a decision", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerHosted(as.owner);
  for (const status of ["not_for_phi", "needs_review", "approved_for_phi"] as const) {
    const decision = decideTool(as.privacy_officer, { toolId, version: 1, ...APPROVAL, status });
    await expect(decision).rejects.toMatchObject({ code: "tool.deepseek_not_narrowed" });
  }
  await decideTool(as.privacy_officer, { toolId, version: 1, ...APPROVAL, status: "retired" });
  expect(await toolNow(as.owner, toolId)).toMatchObject({ status: "retired", standing: { standing: "may_not_use" } });
});

test("who decides on an old page is told that somebody else has decided, and changes nothing", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerTool(as.owner, typedTool("Northwind Chat"));
  await decideTool(as.owner, { toolId, version: 1, ...APPROVAL });
  const stale = decideTool(as.privacy_officer, { ...APPROVAL, toolId, version: 1, status: "prohibited" });
  await expect(stale).rejects.toMatchObject({ code: "tool.decided_meanwhile", params: { product: "Northwind Chat" } });
  expect(await toolNow(as.owner, toolId)).toMatchObject({ status: "not_for_phi", decisions: [{ number: 1 }] });
});

test("of ten who decide at the same moment one decides and nine are told", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerTool(as.owner, typedTool("Northwind Chat"));
  const results = await Promise.allSettled(
    Array.from({ length: 10 }, (_, index) =>
      decideTool(index % 2 === 0 ? as.owner : as.privacy_officer, { toolId, version: 1, ...APPROVAL }),
    ),
  );
  const told = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
  expect(told).toEqual(Array.from({ length: 9 }, () => "tool.decided_meanwhile"));
  expect((await toolNow(as.owner, toolId)).decisions).toHaveLength(1);
});

test("another clinic's tool, an unknown one and what is no id are not found, and the other clinic's stays as it is", async () => {
  const [one, other] = [await mintClinic(["owner"]), await mintClinic(["owner"])];
  const { toolId } = await registerTool(other.as.owner, typedTool("Northwind Chat"));
  for (const id of [toolId, newId()]) {
    await expect(decideTool(one.as.owner, { toolId: id, version: 1, ...APPROVAL })).rejects.toBeInstanceOf(NotFound);
    await expect(toolNow(one.as.owner, id)).rejects.toBeInstanceOf(NotFound);
  }
  expect(await toolNow(other.as.owner, toolId)).toMatchObject({ status: "needs_review", decisions: [] });
});

test.each(["manager", "staff", "auditor"] as const)("a %s decides nothing", async (role) => {
  const { as, system } = await mintClinic(["owner", role]);
  const { toolId } = await registerTool(as.owner, typedTool("Northwind Chat"));
  const decision = { toolId, version: 1, ...APPROVAL };
  await expect(decideTool(as[role], decision)).rejects.toBeInstanceOf(Forbidden);
  await expect(decideTool(system, decision)).rejects.toBeInstanceOf(Forbidden);
  expect(await toolNow(as.owner, toolId)).toMatchObject({ version: 1, decisions: [] });
});
