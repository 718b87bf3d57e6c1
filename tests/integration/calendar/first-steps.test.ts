import { expect, test } from "vitest";
import { callStepsBack } from "#lib/domain/calendar/first-steps/commands/call-steps-back.ts";
import { putStepsAside } from "#lib/domain/calendar/first-steps/commands/put-steps-aside.ts";
import { FIRST_STEPS, type FirstStep } from "#lib/domain/calendar/first-steps/schema.ts";
import { getToday } from "#lib/domain/calendar/queries.ts";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { describeClinic } from "#lib/domain/clinic/settings/commands/describe-clinic.ts";
import { designateOfficer } from "#lib/domain/clinic/settings/commands/designate-officer.ts";
import { getClinicFacts } from "#lib/domain/clinic/settings/queries.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { completeEvidencePack } from "#lib/domain/evidence/commands/complete-evidence-pack.ts";
import { requestEvidencePack } from "#lib/domain/evidence/commands/request-evidence-pack.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { recordBaa } from "#lib/domain/vendors/baas/commands/record-baa.ts";
import { Forbidden } from "#lib/kernel/errors.ts";
import { typedBaa } from "#tests/support/baas.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { eventsOf } from "#tests/support/contents.ts";
import { issueDirective } from "#tests/support/policies.ts";
import { dayFromNow, memberIdOf } from "#tests/support/roster.ts";
import { toolNow } from "#tests/support/tools.ts";

const PACK = { fileName: "pack.zip", bytes: new TextEncoder().encode("a pack") };

async function stepsOf(as: ClinicContext) {
  const { firstSteps } = await getToday(as, {});
  if (firstSteps === null) return null;
  const done = firstSteps.steps.filter((step) => step.done).map(({ step }) => step);
  return { done, open: firstSteps.steps.filter((step) => !step.done).map(({ step }) => step), aside: firstSteps.aside };
}

test("each step is done once its record is there, and the list goes when all of them are", async () => {
  const { as, system } = await mintClinic(["owner"]);
  const { owner } = as;
  const doneIs = async (...done: FirstStep[]) => expect((await stepsOf(owner))?.done).toEqual(done);
  await doneIs();
  const { facts } = await getClinicFacts(owner, {});
  const described = { legalName: "Harbor Family PLLC", address: "1 Pier Road", states: "MA" };
  await describeClinic(owner, { ...facts, ...described });
  await doneIs("facts");
  for (const office of ["privacy_official", "security_official"] as const) {
    const duties = "Answers for it.";
    await designateOfficer(owner, { office, memberId: memberIdOf(owner), fromOn: dayFromNow(owner, 0), duties });
  }
  await doneIs("facts", "officials");
  const { toolIds } = await adoptTools(owner, { keys: ["openai-chatgpt-enterprise", "deepseek-web-chat"] });
  await doneIs("facts", "officials", "adopt");
  const toolId = toolIds[0] ?? "";
  const conditions = "Nothing about patients goes in.";
  await decideTool(owner, { toolId, version: 1, status: "not_for_phi", reason: "Letters.", conditions });
  await doneIs("facts", "officials", "adopt", "decide");
  await recordBaa(owner, typedBaa((await toolNow(owner, toolId)).vendorId));
  await doneIs("facts", "officials", "adopt", "decide", "baa");
  await issueDirective(owner, { privacyOfficer: "Grace Okafor" });
  await inviteMember(owner, { email: "noor@clinic.test", name: "Noor", role: "staff" });
  await doneIs("facts", "officials", "adopt", "decide", "baa", "directive", "invite");
  const { packId } = await requestEvidencePack(owner, {});
  await completeEvidencePack(system, { packId, ...PACK });
  expect(await stepsOf(owner)).toEqual({ done: [], open: [], aside: 0 });
});

test("one security official who is also the privacy official is enough; one office alone is not", async () => {
  const { as } = await mintClinic(["owner"]);
  const designate = (office: "privacy_official" | "security_official", fromOn: string) =>
    designateOfficer(as.owner, { office, memberId: memberIdOf(as.owner), fromOn, duties: "Answers for it." });
  await designate("privacy_official", dayFromNow(as.owner, 0));
  await designate("security_official", dayFromNow(as.owner, 1));
  // Whose term begins tomorrow holds nothing today.
  expect((await stepsOf(as.owner))?.done).toEqual([]);
});

test("a step put aside leaves one's own list and nobody else's, is kept, and can be called back", async () => {
  const { as, clinicId } = await mintClinic(["owner", "privacy_officer"]);
  await putStepsAside(as.owner, { steps: ["baa", "directive"] });
  await putStepsAside(as.owner, { steps: ["baa"] });
  const open = (await stepsOf(as.owner))?.open ?? [];
  expect(open).not.toContain("baa");
  expect((await stepsOf(as.owner))?.aside).toBe(2);
  expect((await stepsOf(as.privacy_officer))?.open).toContain("baa");
  await callStepsBack(as.owner, {});
  await callStepsBack(as.owner, {});
  expect((await stepsOf(as.owner))?.open).toContain("baa");
  const kept = await eventsOf(clinicId, "first_steps.put_aside", "first_steps.called_back");
  expect(kept.map(({ type }) => type)).toEqual(["first_steps.put_aside", "first_steps.called_back"]);
});

test("with every step put aside the list is gone, and only the way back is left", async () => {
  const { as } = await mintClinic(["owner"]);
  await putStepsAside(as.owner, { steps: [...FIRST_STEPS] });
  expect(await stepsOf(as.owner)).toEqual({ done: [], open: [], aside: FIRST_STEPS.length });
});

test("the officer is told which steps are an owner's", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { firstSteps } = await getToday(as.privacy_officer, {});
  const notTheirs = firstSteps?.steps.filter(({ mine }) => !mine).map(({ step }) => step);
  expect(notTheirs).toEqual(["facts", "officials"]);
});

test("managers, staff and auditors have no such list and can't put anything aside", async () => {
  const { as } = await mintClinic();
  for (const role of ["manager", "staff", "auditor"] as const) {
    expect(await stepsOf(as[role])).toBeNull();
    await expect(putStepsAside(as[role], { steps: ["baa"] })).rejects.toBeInstanceOf(Forbidden);
  }
});
