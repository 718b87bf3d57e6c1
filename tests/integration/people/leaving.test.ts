import { describe, expect, test } from "vitest";
import { deactivateMember } from "#lib/domain/clinic/people/commands/deactivate-member.ts";
import { reinstateMember } from "#lib/domain/clinic/people/commands/reinstate-member.ts";
import { settleOffboarding } from "#lib/domain/clinic/people/commands/settle-offboarding.ts";
import { getMemberPage } from "#lib/domain/clinic/people/queries.ts";
import { listOfficers } from "#lib/domain/clinic/store.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { membershipFor } from "#lib/platform/db/identity.ts";
import { readClinic } from "#lib/platform/db/with-clinic.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { newPerson, type Person } from "#tests/support/people.ts";
import { dayFromNow } from "#tests/support/roster.ts";

const REASON = "The contract has ended.";

/** A clinic with a contractor who can sign in. */
async function withContractor(): Promise<{ clinic: TestClinic; owner: ClinicContext; person: Person }> {
  const clinic = await mintClinic(["owner", "privacy_officer", "staff"]);
  return { clinic, owner: clinic.as.owner, person: await newPerson(clinic) };
}

async function read(owner: ClinicContext, { memberId }: Person) {
  return getMemberPage(owner, { memberId });
}

async function end(owner: ClinicContext, person: Person, days: number, accounts: readonly string[] = []) {
  const { member } = await read(owner, person);
  const seen = { memberId: member.id, version: member.version };
  return deactivateMember(owner, {
    ...seen,
    lastDay: dayFromNow(owner, days),
    reason: REASON,
    accounts: [...accounts],
  });
}

async function reinstate(owner: ClinicContext, person: Person) {
  const { member } = await read(owner, person);
  return reinstateMember(owner, { memberId: member.id, version: member.version, reason: "She stays." });
}

describe("who is ended today", () => {
  test("is out at the next request", async () => {
    const { clinic, owner, person } = await withContractor();
    expect(await membershipFor(clinic.slug, person.accountId)).not.toBeNull();
    expect(await end(owner, person, 0)).toMatchObject({ atOnce: true });
    expect(await membershipFor(clinic.slug, person.accountId)).toBeNull();
    expect((await read(owner, person)).member).toMatchObject({ state: "left", endedOn: dayFromNow(owner, 0) });
  });

  test("is nobody whom staff may ask any more on that same day", async () => {
    const { as, system } = await mintClinic(["owner", "privacy_officer"]);
    const officers = () => readClinic(system, {}, (tx) => listOfficers(tx, dayFromNow(system, 0)));
    expect(await officers()).toEqual(["Dana Whitfield"]);
    const { actor } = as.privacy_officer;
    if (actor.kind !== "member") throw new Error("an officer is a member");
    const lastDay = dayFromNow(as.owner, 0);
    await deactivateMember(as.owner, { memberId: actor.memberId, version: 1, lastDay, reason: REASON, accounts: [] });
    expect(await officers()).toEqual([]);
  });

  test("is on record with the reason, which the ledger keeps closed", async () => {
    const { clinic, owner, person } = await withContractor();
    await end(owner, person, 0, ["ChatGPT Enterprise", "Lotus EHR", "chatgpt enterprise"]);
    const [event] = await eventsOf(clinic.clinicId, "member.deactivated");
    expect(event?.body).toMatchObject({
      object: { type: "member", id: person.memberId },
      data: { lastDay: dayFromNow(owner, 0), atOnce: true },
    });
    expect(JSON.stringify(event)).not.toMatch(/contract|Lotus/);
    const { endings } = await read(owner, person);
    expect(endings).toMatchObject([{ reason: REASON, by: "Grace Okafor", withdrawn: null }]);
    expect(endings[0]?.items.map(({ kind, subject, state }) => [kind, subject, state])).toEqual([
      ["devices", "", "open"],
      ["keys", "", "open"],
      ["forwarding", "", "open"],
      ["account", "chatgpt enterprise", "open"],
      ["account", "Lotus EHR", "open"],
    ]);
  });
});

describe("a later last day", () => {
  test("leaves the person in until it is over", async () => {
    const { clinic, owner, person } = await withContractor();
    await end(owner, person, 3);
    expect(await membershipFor(clinic.slug, person.accountId)).not.toBeNull();
    expect((await read(owner, person)).member.state).toBe("leaving");
  });

  test("can be brought forward to now, and what was seen to is kept", async () => {
    const { clinic, owner, person } = await withContractor();
    await end(owner, person, 3, ["Lotus EHR"]);
    const [planned] = (await read(owner, person)).endings;
    await settleOffboarding(owner, {
      ...{ endingId: planned?.id ?? "", version: 1 },
      items: [{ position: 3, state: "done", note: "Closed by the vendor." }],
    });
    await end(owner, person, 0, ["Lotus EHR", "Fax portal"]);
    expect(await membershipFor(clinic.slug, person.accountId)).toBeNull();
    const { endings } = await read(owner, person);
    expect(endings.map(({ withdrawn }) => withdrawn === null)).toEqual([true, false]);
    const accounts = endings[0]?.items.filter(({ kind }) => kind === "account") ?? [];
    expect(accounts).toMatchObject([
      { subject: "Lotus EHR", state: "done", note: "Closed by the vendor.", settledBy: "Grace Okafor" },
      { subject: "Fax portal", state: "open" },
    ]);
  });
});

describe("an end", () => {
  test("that lies behind, or before the first day, is refused and leaves nothing", async () => {
    const { clinic, owner, person } = await withContractor();
    const before = await contentsOf(clinic.clinicId);
    await expect(end(owner, person, -1)).rejects.toMatchObject({ code: "member.end_in_past", field: "lastDay" });
    expect(await contentsOf(clinic.clinicId)).toEqual(before);
  });

  test("happens once: on an old page, and to who has left, it is refused", async () => {
    const { owner, person } = await withContractor();
    const { member } = await read(owner, person);
    const seen = { memberId: member.id, version: member.version };
    const today = { ...seen, lastDay: dayFromNow(owner, 0), reason: REASON, accounts: [] };
    const results = await Promise.allSettled([deactivateMember(owner, today), deactivateMember(owner, today)]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(end(owner, person, 0)).rejects.toMatchObject({ code: "member.has_left" });
  });

  test("of somebody above oneself, or of the last owner, is refused", async () => {
    const { as } = await mintClinic(["owner", "privacy_officer"]);
    const { actor } = as.owner;
    if (actor.kind !== "member") throw new Error("an owner is a member");
    const today = { memberId: actor.memberId, version: 1, lastDay: dayFromNow(as.owner, 0), reason: REASON };
    await expect(deactivateMember(as.privacy_officer, today)).rejects.toMatchObject({ code: "member.above_own" });
    await expect(deactivateMember(as.owner, today)).rejects.toMatchObject({ code: "member.last_owner" });
  });

  test("is taken back: the person is in again, and that the end stood there stays", async () => {
    const { clinic, owner, person } = await withContractor();
    await end(owner, person, 0);
    await reinstate(owner, person);
    expect(await membershipFor(clinic.slug, person.accountId)).not.toBeNull();
    const { member, endings } = await read(owner, person);
    expect(member).toMatchObject({ state: "active", endedOn: null });
    expect(endings).toMatchObject([{ withdrawn: { by: "Grace Okafor", reason: "She stays." } }]);
    expect(await eventsOf(clinic.clinicId, "member.reinstated")).toHaveLength(1);
    await expect(reinstate(owner, person)).rejects.toMatchObject({ code: "member.has_not_ended" });
  });
});

describe("what is seen to when somebody leaves", () => {
  async function ended() {
    const { clinic, owner, person } = await withContractor();
    await end(owner, person, 0, ["Lotus EHR"]);
    const [ending] = (await read(owner, person)).endings;
    return { clinic, owner, person, endingId: ending?.id ?? "" };
  }

  test("is ticked off one by one, with who did and when", async () => {
    const { clinic, owner, person, endingId } = await ended();
    const items = [
      { position: 0, state: "done", note: "" },
      { position: 1, state: "not_needed", note: "Never had a key." },
    ] as const;
    await settleOffboarding(owner, { endingId, version: 1, items: [...items] });
    const [ending] = (await read(owner, person)).endings;
    expect(ending?.items).toMatchObject([
      { kind: "devices", state: "done", settledBy: "Grace Okafor" },
      { kind: "keys", state: "not_needed", note: "Never had a key." },
      { kind: "forwarding", state: "open", settledBy: "", settledAt: null },
      { kind: "account", state: "open" },
    ]);
    const [event] = await eventsOf(clinic.clinicId, "member.offboarding_settled");
    expect(event?.body.data).toMatchObject({ kinds: ["devices", "keys"], states: ["done", "not_needed"], open: 2 });
    expect(JSON.stringify(event)).not.toContain("Never");
  });

  test("is refused on an old page and without saying why it is not needed, and the same again says nothing", async () => {
    const { clinic, owner, endingId } = await ended();
    const one = { endingId, items: [{ position: 0, state: "done", note: "" }] } as const;
    await settleOffboarding(owner, { ...one, version: 1, items: [...one.items] });
    const before = await contentsOf(clinic.clinicId);
    await settleOffboarding(owner, { ...one, version: 2, items: [...one.items] });
    const other = { endingId, items: [{ position: 1, state: "done" as const, note: "" }] };
    await expect(settleOffboarding(owner, { ...other, version: 1 })).rejects.toMatchObject({
      code: "member.changed_meanwhile",
    });
    const unexplained = { endingId, version: 2, items: [{ position: 1, state: "not_needed" as const, note: " " }] };
    await expect(settleOffboarding(owner, unexplained)).rejects.toMatchObject({
      code: "member.why_not_needed",
      field: "items.0.note",
    });
    expect(await contentsOf(clinic.clinicId)).toEqual(before);
  });
});
