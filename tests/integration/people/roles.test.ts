import { describe, expect, test } from "vitest";
import { changeRole } from "#lib/domain/clinic/people/commands/change-role.ts";
import { deactivateMember } from "#lib/domain/clinic/people/commands/deactivate-member.ts";
import { describeMember } from "#lib/domain/clinic/people/commands/describe-member.ts";
import { getMemberPage } from "#lib/domain/clinic/people/queries.ts";
import type { ClinicContext, Role } from "#lib/domain/context.ts";
import { Forbidden, InvalidInput } from "#lib/kernel/errors.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { newColleague } from "#tests/support/policies.ts";
import { dayFromNow, memberIdOf, seenNow } from "#tests/support/roster.ts";
import { asApp } from "#tests/support/sql.ts";

const REASON = "Takes over the front desk.";

async function change(by: ClinicContext, who: ClinicContext, role: Role, reader = by) {
  return changeRole(by, { ...(await seenNow(reader, who)), role, reason: REASON });
}

describe("a role", () => {
  test("is changed with a reason, and every role somebody had stays with who gave it", async () => {
    const { as, clinicId } = await mintClinic(["owner", "privacy_officer", "staff"]);
    await change(as.privacy_officer, as.staff, "manager");
    await change(as.owner, as.staff, "auditor");
    const { member, grants } = await getMemberPage(as.owner, { memberId: memberIdOf(as.staff) });
    expect(member.role).toBe("auditor");
    expect(grants).toMatchObject([
      { number: 3, role: "auditor", reason: REASON, by: "Grace Okafor" },
      { number: 2, role: "manager", reason: REASON, by: "Dana Whitfield" },
      { number: 1, role: "staff", reason: "" },
    ]);
    const events = await eventsOf(clinicId, "member.role_changed");
    expect(events.map(({ body }) => [body.data.previousRole, body.data.role])).toEqual([
      ["staff", "manager"],
      ["manager", "auditor"],
    ]);
    expect(JSON.stringify(events)).not.toContain(REASON);
  });

  test("says who invited the person, as who gave the first one", async () => {
    const { as } = await mintClinic(["owner"]);
    const colleague = await newColleague({ system: as.owner }, "Ines Duarte", "manager");
    const { grants } = await getMemberPage(as.owner, { memberId: memberIdOf(colleague) });
    expect(grants).toMatchObject([{ number: 1, role: "manager", by: "Grace Okafor" }]);
  });

  test.each<[string, Role, Role, Role, string]>([
    ["nobody gives a role above their own", "privacy_officer", "staff", "owner", "member.role_above_own"],
    ["nobody raises their own", "privacy_officer", "privacy_officer", "owner", "member.raises_own_role"],
    ["nobody takes one above their own", "privacy_officer", "owner", "staff", "member.above_own"],
    ["the last owner stays one", "owner", "owner", "staff", "member.last_owner"],
  ])("%s", async (_, by, who, role, code) => {
    const { as, clinicId } = await mintClinic(["owner", "privacy_officer", "staff"]);
    const seen = await seenNow(as.owner, as[who]);
    const before = await contentsOf(clinicId);
    await expect(changeRole(as[by], { ...seen, role, reason: REASON })).rejects.toMatchObject({ code });
    expect(await contentsOf(clinicId)).toEqual(before);
  });

  test("can be laid down by its holder", async () => {
    const { as } = await mintClinic(["owner", "privacy_officer"]);
    await change(as.privacy_officer, as.privacy_officer, "staff");
    expect((await getMemberPage(as.owner, { memberId: memberIdOf(as.privacy_officer) })).member.role).toBe("staff");
  });

  test("needs a reason, and the page as it is now", async () => {
    const { as, clinicId } = await mintClinic(["owner", "staff"]);
    const seen = await seenNow(as.owner, as.staff);
    await expect(changeRole(as.owner, { ...seen, role: "manager", reason: " \u200b" })).rejects.toBeInstanceOf(
      InvalidInput,
    );
    await changeRole(as.owner, { ...seen, role: "manager", reason: REASON });
    const before = await contentsOf(clinicId);
    await expect(changeRole(as.owner, { ...seen, role: "auditor", reason: REASON })).rejects.toMatchObject({
      code: "member.changed_meanwhile",
    });
    expect(await contentsOf(clinicId)).toEqual(before);
  });

  test("the same again changes nothing and says nothing", async () => {
    const { as, clinicId } = await mintClinic(["owner", "staff"]);
    await change(as.owner, as.staff, "staff");
    expect(await eventsOf(clinicId, "member.role_changed")).toEqual([]);
  });

  test("once given can't be rewritten, not even with SQL of one's own", async () => {
    const { clinicId } = await mintClinic(["owner"]);
    for (const statement of ["UPDATE role_grant SET role = 'owner'", "DELETE FROM role_grant"]) {
      await expect(asApp(clinicId, (sql) => sql(statement))).rejects.toThrow("permission denied");
    }
  });
});

describe("of two owners who take each other out at the same moment", () => {
  test.each<[string, (by: ClinicContext, seen: { memberId: string; version: number }) => Promise<unknown>]>([
    ["by role", (by, seen) => changeRole(by, { ...seen, role: "staff", reason: REASON })],
    [
      "by ending",
      (by, seen) => deactivateMember(by, { ...seen, lastDay: dayFromNow(by, 0), reason: REASON, accounts: [] }),
    ],
  ])("one stays, %s", async (_, takeOut) => {
    const clinic = await mintClinic(["owner"]);
    const { owner } = clinic.as;
    const rounds = Array.from({ length: 4 }, async (_, index) => newColleague(clinic, `Owner ${index}`, "owner"));
    const owners = [owner, ...(await Promise.all(rounds))];
    const seen = await Promise.all(owners.map((one) => seenNow(owner, one)));
    const results = await Promise.allSettled(
      owners.map((one, index) => takeOut(one, seen[(index + 1) % seen.length] ?? expect.fail())),
    );
    const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
    expect(refused).toEqual(["member.last_owner"]);
    const [left] = await asApp(clinic.clinicId, (sql) =>
      sql("SELECT count(*)::int AS owners FROM member WHERE role = 'owner' AND ended_at IS NULL"),
    );
    expect(left.owners).toBe(1);
  });
});

test("an owner who is to leave does not count as the one who stays", async () => {
  const clinic = await mintClinic(["owner"]);
  const other = await newColleague(clinic, "Ines Duarte", "owner");
  const { owner } = clinic.as;
  const lastDay = dayFromNow(owner, 20);
  await deactivateMember(owner, { ...(await seenNow(owner, other)), lastDay, reason: REASON, accounts: [] });
  await expect(change(other, owner, "manager")).rejects.toMatchObject({ code: "member.last_owner" });
  expect((await getMemberPage(owner, { memberId: memberIdOf(owner) })).lastOwner).toBe(true);
});

describe("what a member does here", () => {
  const FACTS = {
    jobTitle: "Front desk lead 🙂",
    workforceType: "contractor",
    locationId: "",
    tracks: "Front desk\n\nBilling",
  } as const;

  test("is described, kept with what was known before, and found by it", async () => {
    const { as, clinicId } = await mintClinic(["owner", "privacy_officer", "staff"]);
    const { memberId } = await describeMember(as.privacy_officer, { ...(await seenNow(as.owner, as.staff)), ...FACTS });
    const { member, descriptions } = await getMemberPage(as.owner, { memberId });
    expect(member).toMatchObject({ ...FACTS, locationId: null, tracks: ["Front desk", "Billing"], version: 2 });
    expect(descriptions).toMatchObject([
      { number: 2, jobTitle: FACTS.jobTitle, by: "Dana Whitfield" },
      { number: 1, jobTitle: "", workforceType: "employee" },
    ]);
    const events = await eventsOf(clinicId, "member.described");
    expect(events).toHaveLength(1);
    expect(JSON.stringify(events)).not.toMatch(/Front desk|Billing/);
    await describeMember(as.owner, { ...(await seenNow(as.owner, as.staff)), ...FACTS });
    expect(await eventsOf(clinicId, "member.described")).toHaveLength(1);
  });

  test("is refused on an old page, and about somebody above oneself", async () => {
    const { as } = await mintClinic(["owner", "privacy_officer", "staff"]);
    const seen = await seenNow(as.owner, as.staff);
    await describeMember(as.owner, { ...seen, ...FACTS });
    await expect(describeMember(as.owner, { ...seen, ...FACTS, jobTitle: "Other" })).rejects.toMatchObject({
      code: "member.changed_meanwhile",
    });
    const ofOwner = await seenNow(as.owner, as.owner);
    await expect(describeMember(as.privacy_officer, { ...ofOwner, ...FACTS })).rejects.toMatchObject({
      code: "member.above_own",
    });
  });

  test.each(["manager", "staff", "auditor"] as const)("is not for a %s to say", async (role) => {
    const { as } = await mintClinic(["owner", role]);
    const seen = await seenNow(as.owner, as[role]);
    await expect(describeMember(as[role], { ...seen, ...FACTS })).rejects.toBeInstanceOf(Forbidden);
  });
});
