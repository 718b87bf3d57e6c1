import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { requireSecondApprover } from "#lib/domain/clinic/commands/require-second-approver.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { requestEvidencePack } from "#lib/domain/evidence/commands/request-evidence-pack.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { getToolPage } from "#lib/domain/tools/queries.ts";
import { InvalidInput, NotFound, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf, jobsOf } from "#tests/support/contents.ts";

const NEWCOMER = { email: "ines@clinic.test", name: "Ines Duarte", role: "staff" } as const;
const Nothing = z.object({});
const Anything = z.object({ id: z.string() });

/** What every event of this context says of its request is more than an event may hold. */
function withTooLongAnEvent(ctx: ClinicContext): ClinicContext {
  return { ...ctx, requestId: "r".repeat(70_000) };
}

/** Only the ledger itself finds that it can't index this; by then all else has been written. */
function withEventTheLedgerRefuses(ctx: ClinicContext): ClinicContext {
  return { ...ctx, requestId: randomBytes(20_000).toString("hex") };
}

describe("a change and its event", () => {
  test("are kept together", async () => {
    const { clinicId, as } = await mintClinic(["owner"]);
    const before = await contentsOf(clinicId);
    const { invitationId } = await inviteMember(as.owner, NEWCOMER);
    const after = await contentsOf(clinicId);
    expect(after["public.invitation"]).not.toBe(before["public.invitation"]);
    const told = (await eventsOf(clinicId, "member.invited")).map(({ body }) => body.object);
    expect(told).toContainEqual({ type: "invitation", id: invitationId });
  });

  test("a change whose event is too long, or is refused by the ledger itself, is not kept", async () => {
    const { clinicId, as } = await mintClinic(["owner"]);
    const before = await contentsOf(clinicId);
    await expect(inviteMember(withTooLongAnEvent(as.owner), NEWCOMER)).rejects.toThrow("larger than 64 KiB");
    await expect(inviteMember(withEventTheLedgerRefuses(as.owner), NEWCOMER)).rejects.toThrow("index row");
    expect(await contentsOf(clinicId)).toEqual(before);
  });

  test("a change whose event is not what its type says is not kept", async () => {
    const { clinicId, as } = await mintClinic(["owner"]);
    const before = await contentsOf(clinicId);
    await expect(inviteWithWrongEvent(as.owner, {})).rejects.toThrow("Invalid option");
    expect(await contentsOf(clinicId)).toEqual(before);
  });

  test("a change that fails after its job was enqueued leaves neither job nor rows", async () => {
    const { clinicId, as } = await mintClinic(["owner"]);
    const before = await contentsOf(clinicId);
    await expect(requestEvidencePack(withEventTheLedgerRefuses(as.owner), {})).rejects.toThrow("index row");
    expect(await jobsOf(clinicId)).toEqual([]);
    expect(await contentsOf(clinicId)).toEqual(before);
    await requestEvidencePack(as.owner, {});
    expect(await jobsOf(clinicId)).toHaveLength(1);
  });

  test("a change that turns out to be none writes no event", async () => {
    const { clinicId, as } = await mintClinic(["owner"]);
    await requireSecondApprover(as.owner, { required: true });
    const before = await contentsOf(clinicId);
    expect(await requireSecondApprover(as.owner, { required: true })).toEqual({ required: true });
    expect(await contentsOf(clinicId)).toEqual(before);
  });
});

const inviteWithWrongEvent = defineCommand("test-wrong-event", "member.invite", Nothing, async ({ tx }) => {
  const invitation = { id: newId(), ...NEWCOMER, expiresAt: new Date("2026-12-01") };
  await tx.invitation.create({ data: { ...invitation, tokenHash: new TextEncoder().encode(invitation.id) } });
  const role = "janitor" as "staff";
  const facts = { jobTitle: "", workforceType: "employee", locationId: null, tracks: [], startsOn: null } as const;
  const event = { ...invitation, ...facts, tracks: [], endsOn: null, expiresAt: invitation.expiresAt.toISOString() };
  return done({}, { type: "member.invited", ...event, role });
});

test("a rule that refuses after something was written leaves nothing of it", async () => {
  const { clinicId, as } = await mintClinic(["owner"]);
  const before = await contentsOf(clinicId);
  await expect(writeThenRefuse(as.owner, {})).rejects.toMatchObject({ code: "test.refused" });
  expect(await contentsOf(clinicId)).toEqual(before);
});

const writeThenRefuse = defineCommand("test-write-then-refuse", "clinic.configure", Nothing, async ({ tx, ctx }) => {
  const { count } = await tx.clinic.updateMany({ where: { id: ctx.clinicId }, data: { name: "Renamed" } });
  throw refuse(count === 1 ? "test.refused" : "test.nothing_written");
});

test("of two decisions on the same page one holds, and the other is told that somebody decided meanwhile", async () => {
  const { clinicId, as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolIds } = await adoptTools(as.owner, { keys: ["openai-chatgpt-enterprise"] });
  const toolId = toolIds[0] ?? "";
  const decision = { toolId, version: 1, reason: "Two of us looked at it." };
  const results = await Promise.allSettled([
    decideTool(as.owner, { ...decision, status: "prohibited" }),
    decideTool(as.privacy_officer, { ...decision, status: "retired" }),
  ]);
  const [won, ...others] = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const told = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  expect(others).toEqual([]);
  expect(told).toMatchObject([{ code: "tool.decided_meanwhile" }]);
  const { tool, decisions } = await getToolPage(as.owner, { toolId });
  expect(tool).toMatchObject({ status: won?.status, version: 2 });
  expect(decisions.map(({ id }) => id)).toEqual([won?.decisionId]);
  expect(await eventsOf(clinicId, "tool.prohibited", "tool.retired")).toHaveLength(1);
});

test("a query can't write", async () => {
  const { clinicId, as } = await mintClinic(["owner"]);
  const before = await contentsOf(clinicId);
  await expect(writingQuery(as.owner, {})).rejects.toThrow("cannot execute UPDATE in a read-only transaction");
  expect(await contentsOf(clinicId)).toEqual(before);
});

const writingQuery = defineQuery("test-writing-query", "clinic.read", Nothing, ({ tx, ctx }) =>
  tx.clinic.updateMany({ where: { id: ctx.clinicId }, data: { name: "Renamed" } }),
);

describe("an id of elsewhere", () => {
  test("a row can't refer to another clinic's row: it is not found", async () => {
    const [here, there] = [await mintClinic(["owner"]), await mintClinic(["owner"])];
    const { toolIds } = await adoptTools(there.as.owner, { keys: ["openai-chatgpt-enterprise"] });
    const before = [await contentsOf(here.clinicId), await contentsOf(there.clinicId)];
    await expect(nameHostOf(here.as.owner, { id: toolIds[0] ?? "" })).rejects.toThrow(NotFound);
    expect([await contentsOf(here.clinicId), await contentsOf(there.clinicId)]).toEqual(before);
    expect(await nameHostOf(there.as.owner, { id: toolIds[0] ?? "" })).toEqual({});
  });

  test("a row can't be put into another clinic", async () => {
    const [here, there] = [await mintClinic(["owner"]), await mintClinic(["owner"])];
    const before = [await contentsOf(here.clinicId), await contentsOf(there.clinicId)];
    await expect(writeInto(here.as.owner, { id: there.clinicId })).rejects.toThrow("row-level security");
    expect([await contentsOf(here.clinicId), await contentsOf(there.clinicId)]).toEqual(before);
    expect(await writeInto(there.as.owner, { id: there.clinicId })).toEqual({});
  });

  test("what is no id at all is not found either, or not understood by the form", async () => {
    const { as } = await mintClinic(["owner"]);
    await expect(findTool(as.owner, { id: "tool-1" })).rejects.toThrow(NotFound);
    await expect(getToolPage(as.owner, { toolId: "tool-1" })).rejects.toThrow(InvalidInput);
  });
});

const nameHostOf = defineCommand("test-name-host", "tool.adopt", Anything, async ({ tx, ctx }, { id }) => {
  await tx.toolHostname.create({ data: { toolId: id, name: "elsewhere.example", verified: false } });
  return done({}, { type: "clinic.second_approver_required", id: ctx.clinicId });
});

const writeInto = defineCommand("test-write-into", "tool.adopt", Anything, async ({ tx, ctx }, { id }) => {
  await tx.jobProgress.create({ data: { clinicId: id, jobKey: "test", step: "zip", done: 0, total: 1 } });
  return done({}, { type: "clinic.second_approver_required", id: ctx.clinicId });
});

const findTool = defineQuery("test-find-tool", "tool.read", Anything, ({ tx }, { id }) =>
  tx.tool.findFirst({ where: { id } }),
);
