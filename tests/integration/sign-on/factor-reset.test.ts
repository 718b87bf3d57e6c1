import { generate } from "otplib";
import { describe, expect, test } from "vitest";
import { resetFactors } from "#lib/domain/clinic/access/commands/reset-factors.ts";
import type { ClinicContext, Role } from "#lib/domain/context.ts";
import { tellOfFactorReset } from "#lib/domain/notifications/reactions.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { addTotp, listOwnFactors, offerTotp } from "#lib/platform/auth/factors.ts";
import { linkProvider, listOwnLinks } from "#lib/platform/auth/linked.ts";
import { attemptSignIn, openSession } from "#lib/platform/auth/sign-in.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { sessionForToken } from "#lib/platform/db/identity.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { joinToo, newPerson, PASSWORD, type Person } from "#tests/support/people.ts";
import { memberIdOf } from "#tests/support/roster.ts";
import { vouchedFor } from "#tests/support/sign-on.ts";
import { asApp, asOwner } from "#tests/support/sql.ts";

const LOST = { reason: "The phone was stolen; asked in person." };

async function addApp({ accountId, email }: Pick<Person, "accountId" | "email">): Promise<void> {
  const holder = { accountId, email, sessionId: newId() };
  const { secret, sealed } = offerTotp(holder, new Date());
  await addTotp(holder, { sealed, code: await generate({ secret }) }, new Date());
}

async function clinicWithApp(role: Role = "staff"): Promise<{ clinic: TestClinic; person: Person }> {
  const clinic = await mintClinic(["owner", "privacy_officer"]);
  const person = await newPerson(clinic, role);
  await addApp(person);
  return { clinic, person };
}

const signIn = ({ email, address }: Person) => attemptSignIn({ email, address, password: PASSWORD, userAgent: "" });

async function noticesOf({ clinicId }: TestClinic, who: ClinicContext | Person) {
  const memberId = "actor" in who ? memberIdOf(who) : who.memberId;
  return asApp(clinicId, (sql) => sql("SELECT kind FROM notice WHERE member_id = $1", [memberId]));
}

describe("taking a lost second step away", () => {
  test("takes app and recovery codes, ends the sessions, and leaves an entry with the reason", async () => {
    const { clinic, person } = await clinicWithApp();
    const { token } = await openSession(person.accountId, "a browser");
    expect((await signIn(person)).outcome).toBe("second_step");
    await resetFactors(clinic.as.privacy_officer, { memberId: person.memberId, ...LOST });
    expect(await listOwnFactors(person.accountId)).toEqual({ factors: [], recoveryCodesLeft: 0 });
    expect((await sessionForToken(tokenHash(token)))?.revokedAt).not.toBeNull();
    const [event] = await eventsOf(clinic.clinicId, "member.factors_reset");
    expect(event?.body).toMatchObject({
      actor: { id: memberIdOf(clinic.as.privacy_officer) },
      data: { memberId: person.memberId, factors: 1 },
    });
    expect(JSON.stringify(event?.body)).not.toContain("stolen");
  });

  test("ends who vouches for them too where there is a password, and says so; where there is none that way in stays", async () => {
    const { clinic, person } = await clinicWithApp();
    const bare = await newPerson(clinic);
    await addApp(bare);
    for (const { accountId } of [person, bare]) await linkProvider(accountId, vouchedFor(), new Date());
    await asOwner((sql) =>
      sql("UPDATE account SET password_hash = NULL, password_changed_at = NULL WHERE id = $1", [bare.accountId]),
    );
    const { owner } = clinic.as;
    expect(await resetFactors(owner, { memberId: person.memberId, ...LOST })).toMatchObject({ linksEnded: 1 });
    expect(await resetFactors(owner, { memberId: bare.memberId, ...LOST })).toMatchObject({ linksEnded: 0 });
    expect(await listOwnLinks(person.accountId)).toEqual([]);
    expect(await listOwnLinks(bare.accountId)).toHaveLength(1);
    const events = await eventsOf(clinic.clinicId, "member.factors_reset");
    expect(events.map(({ body }) => body.data.linksEnded)).toEqual([1, 0]);
  });

  test("asks the person for a new one at the next sign-in before anything else, also where the clinic asks nobody", async () => {
    const { clinic, person } = await clinicWithApp();
    await resetFactors(clinic.as.owner, { memberId: person.memberId, ...LOST });
    const signedIn = await signIn(person);
    if (signedIn.outcome !== "opened") throw new Error(signedIn.outcome);
    const session = () => sessionForToken(tokenHash(signedIn.token));
    expect(await session()).toMatchObject({ needsFactor: true, hasFactor: false });
    await addApp(person);
    expect(await session()).toMatchObject({ needsFactor: false, hasFactor: true });
  });

  test("tells the person and the owners, once, and not the one who did it", async () => {
    const { clinic, person } = await clinicWithApp();
    const { owner, privacy_officer: officer } = clinic.as;
    await resetFactors(officer, { memberId: person.memberId, ...LOST });
    const [event] = await eventsOf(clinic.clinicId, "member.factors_reset");
    await tellOfFactorReset(clinic.system, event?.body.object.id ?? "");
    await tellOfFactorReset(clinic.system, event?.body.object.id ?? "");
    expect(await noticesOf(clinic, person)).toEqual([{ kind: "factors_reset" }]);
    expect(await noticesOf(clinic, owner)).toEqual([{ kind: "factors_reset" }]);
    expect(await noticesOf(clinic, officer)).toEqual([]);
    const mail = await asApp(clinic.clinicId, (sql) => sql("SELECT kind FROM outbox_message"));
    expect(mail).toEqual([{ kind: "factors_reset" }, { kind: "factors_reset" }]);
  });
});

describe("nobody takes a second step away", () => {
  /** The code of the refusal, and nothing written. */
  async function refusal(clinic: TestClinic, by: ClinicContext, memberId: string): Promise<string | undefined> {
    const before = await contentsOf(clinic.clinicId);
    const error = await resetFactors(by, { memberId, ...LOST }).catch((reason: { code?: string }) => reason);
    expect(await contentsOf(clinic.clinicId)).toEqual(before);
    return "code" in error ? error.code : undefined;
  }

  test("of their own, nor of somebody whose role is above theirs", async () => {
    const { clinic, person } = await clinicWithApp("owner");
    const { owner, privacy_officer: officer } = clinic.as;
    expect(await refusal(clinic, owner, memberIdOf(owner))).toBe("factor_reset.own");
    expect(await refusal(clinic, officer, person.memberId)).toBe("factor_reset.above_own");
    await resetFactors(owner, { memberId: person.memberId, ...LOST });
  });

  test("of an account that is in another clinic too, not even past the product's own rules", async () => {
    const { clinic, person } = await clinicWithApp();
    await joinToo(person, await mintClinic(["owner"]));
    expect(await refusal(clinic, clinic.as.owner, person.memberId)).toBe("factor_reset.other_clinic");
    const straight = asApp(clinic.clinicId, (sql) =>
      sql("INSERT INTO factor_reset (member_id, reason, reset_by, reset_at) VALUES ($1, 'x', $2, now())", [
        person.memberId,
        memberIdOf(clinic.as.owner),
      ]),
    );
    await expect(straight).rejects.toThrow("another clinic");
    expect((await listOwnFactors(person.accountId)).factors).toHaveLength(1);
  });

  test("of somebody who has none, of another clinic's person, or without a reason", async () => {
    const { clinic, person } = await clinicWithApp();
    const bare = await newPerson(clinic);
    expect(await refusal(clinic, clinic.as.owner, bare.memberId)).toBe("factor_reset.none");
    const stranger = await mintClinic(["owner"]);
    await expect(resetFactors(stranger.as.owner, { memberId: person.memberId, ...LOST })).rejects.toThrow(NotFound);
    await expect(resetFactors(clinic.as.owner, { memberId: person.memberId, reason: " " })).rejects.toThrow();
    expect((await listOwnFactors(person.accountId)).factors).toHaveLength(1);
  });
});
