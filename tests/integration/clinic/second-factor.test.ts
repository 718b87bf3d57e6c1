import { generate } from "otplib";
import { describe, expect, test } from "vitest";
import { setSignInRules } from "#lib/domain/clinic/access/commands/set-sign-in-rules.ts";
import type { Role } from "#lib/domain/context.ts";
import {
  addTotp,
  hasFactor,
  listOwnFactors,
  offerTotp,
  removeFactor,
  renewRecoveryCodes,
  takeCode,
} from "#lib/platform/auth/factors.ts";
import { liveSession } from "#lib/platform/auth/live-session.ts";
import { listOwnSessions } from "#lib/platform/auth/own-sessions.ts";
import { completeSignIn } from "#lib/platform/auth/second-step.ts";
import { attemptSignIn, openSession } from "#lib/platform/auth/sign-in.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { eventsOf } from "#tests/support/contents.ts";
import { copyAccountEventsInTurn, copySignInsInTurn } from "#tests/support/jobs.ts";
import { joinToo, newPerson, PASSWORD, type Person } from "#tests/support/people.ts";
import { asOwner } from "#tests/support/sql.ts";

const NOON = new Date("2026-03-03T12:00:00Z");
const later = (seconds: number) => new Date(NOON.getTime() + seconds * 1000);
const codeAt = (secret: string, at: Date) => generate({ secret, epoch: Math.floor(at.getTime() / 1000) });

/** A person who has read the picture with an app at noon and typed its code. */
async function enrolled(role: Role = "staff") {
  const clinic = await mintClinic(["owner"]);
  const person = await newPerson(clinic, role);
  const holder = { ...person, sessionId: crypto.randomUUID() };
  const { secret, sealed } = offerTotp(holder, NOON);
  const { recoveryCodes } = await addTotp(holder, { sealed, code: await codeAt(secret, NOON) }, NOON);
  return { clinic, person, secret, recoveryCodes };
}

async function passwordGiven(person: Person) {
  const attempt = await attemptSignIn({ ...person, password: PASSWORD, userAgent: "a browser" });
  if (attempt.outcome !== "second_step") throw new Error(attempt.outcome);
  const half = await liveSession(attempt.token, { isActivity: true, now: new Date() });
  return { token: attempt.token, half: { ...person, sessionId: half?.id ?? "" } };
}

const step = (person: Person, code: string) => ({ code, address: person.address, userAgent: "a browser" });
const isLive = async (token: string) => (await liveSession(token, { isActivity: false, now: new Date() })) !== null;

describe("adding an authenticator app", () => {
  test("takes a code of it, and gives ten recovery codes", async () => {
    const { person, recoveryCodes } = await enrolled();
    expect(new Set(recoveryCodes).size).toBe(10);
    const { factors, recoveryCodesLeft } = await listOwnFactors(person.accountId);
    expect([factors.length, factors[0]?.kind, recoveryCodesLeft]).toEqual([1, "totp", 10]);
  });

  test("with a wrong code, for another session or after half an hour adds nothing", async () => {
    const person = await newPerson(await mintClinic(["owner"]));
    const holder = { ...person, sessionId: crypto.randomUUID() };
    const { secret, sealed } = offerTotp(holder, NOON);
    const code = await codeAt(secret, NOON);
    const wrong = code === "123456" ? "654321" : "123456";
    await expect(addTotp(holder, { sealed, code: wrong }, NOON)).rejects.toMatchObject({
      code: "second_step.code_wrong",
    });
    const elsewhere = { ...holder, sessionId: crypto.randomUUID() };
    await expect(addTotp(elsewhere, { sealed, code }, NOON)).rejects.toMatchObject({ code: "account.enrolment_over" });
    const late = later(30 * 60);
    await expect(addTotp(holder, { sealed, code: await codeAt(secret, late) }, late)).rejects.toMatchObject({
      code: "account.enrolment_over",
    });
    expect(await hasFactor(person.accountId)).toBe(false);
  });

  test("twice keeps the first", async () => {
    const { person, secret } = await enrolled();
    const holder = { ...person, sessionId: crypto.randomUUID() };
    const second = offerTotp(holder, NOON);
    const trying = addTotp(holder, { sealed: second.sealed, code: await codeAt(second.secret, NOON) }, NOON);
    await expect(trying).rejects.toMatchObject({ code: "account.totp_there_already" });
    expect(await takeCode(person.accountId, await codeAt(secret, later(60)), later(60))).toBe(true);
  });

  test("leaves neither the secret nor a recovery code in the database", async () => {
    const { person, secret, recoveryCodes } = await enrolled();
    const kept = await asOwner(async (sql) => [
      ...(await sql("SELECT c::text AS row, sealed_secret AS bytes FROM credential c WHERE account_id = $1", [
        person.accountId,
      ])),
      ...(await sql("SELECT r::text AS row, code_hash AS bytes FROM recovery_code r WHERE account_id = $1", [
        person.accountId,
      ])),
    ]);
    expect(kept).toHaveLength(11);
    const text = kept.map(({ row, bytes }) => `${row} ${bytes.toString("latin1")}`).join("\n");
    for (const told of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replace("-", ""))]) {
      expect(text).not.toContain(told);
      expect(text).not.toContain(Buffer.from(told).toString("hex"));
    }
  });
});

describe("a code", () => {
  test("of the app is accepted once, and no earlier one after it", async () => {
    const { person, secret } = await enrolled();
    const [at60, at90] = [await codeAt(secret, later(60)), await codeAt(secret, later(90))];
    expect(await takeCode(person.accountId, at90, later(90))).toBe(true);
    expect(await takeCode(person.accountId, at90, later(91))).toBe(false);
    expect(await takeCode(person.accountId, at60, later(91))).toBe(false);
  });

  test("with which the app was added is accepted no second time", async () => {
    const { person, secret } = await enrolled();
    expect(await takeCode(person.accountId, await codeAt(secret, NOON), later(5))).toBe(false);
  });

  test("used twice at the same moment is accepted once", async () => {
    const { person, secret, recoveryCodes } = await enrolled();
    for (const code of [await codeAt(secret, later(60)), recoveryCodes[0] ?? ""]) {
      const both = await Promise.all([
        takeCode(person.accountId, code, later(60)),
        takeCode(person.accountId, code, later(60)),
      ]);
      expect(both.sort()).toEqual([false, true]);
    }
  });

  test("of a clock that is half a minute off is accepted, of one that is two minutes off is not", async () => {
    const { person, secret } = await enrolled();
    expect(await takeCode(person.accountId, await codeAt(secret, later(300)), later(420))).toBe(false);
    expect(await takeCode(person.accountId, await codeAt(secret, later(390)), later(420))).toBe(true);
    expect(await takeCode(person.accountId, await codeAt(secret, later(510)), later(480))).toBe(true);
  });

  test("for recovery works once, however it is typed, and for nobody else", async () => {
    const [one, other] = [await enrolled(), await enrolled()];
    const [code = ""] = one.recoveryCodes;
    expect(await takeCode(other.person.accountId, code, NOON)).toBe(false);
    expect(await takeCode(one.person.accountId, ` ${code.toLowerCase().replace("-", " ")} `, NOON)).toBe(true);
    expect(await takeCode(one.person.accountId, code, NOON)).toBe(false);
    expect((await listOwnFactors(one.person.accountId)).recoveryCodesLeft).toBe(9);
  });

  test("for recovery is replaced by a new one", async () => {
    const { person, recoveryCodes } = await enrolled();
    const renewed = await renewRecoveryCodes(person.accountId, NOON);
    expect(await takeCode(person.accountId, recoveryCodes[0] ?? "", NOON)).toBe(false);
    expect(await takeCode(person.accountId, renewed[0] ?? "", NOON)).toBe(true);
  });
});

describe("signing in with a second factor", () => {
  test("opens nothing by the password alone, and a session of its own by the code", async () => {
    const { person, recoveryCodes } = await enrolled();
    const { token, half } = await passwordGiven(person);
    expect((await liveSession(token, { isActivity: true, now: new Date() }))?.awaitsSecondFactor).toBe(true);
    expect(await listOwnSessions({ ...person, idleMinutes: 15 }, new Date())).toEqual([]);
    const opened = await completeSignIn(half, step(person, recoveryCodes[0] ?? ""), new Date());
    expect((await liveSession(opened.token, { isActivity: true, now: new Date() }))?.awaitsSecondFactor).toBe(false);
    expect(await isLive(token)).toBe(false);
  });

  test("waits ten minutes for the code", async () => {
    const { person } = await enrolled();
    const { token } = await passwordGiven(person);
    const afterMinutes = (minutes: number) =>
      liveSession(token, { isActivity: true, now: new Date(Date.now() + minutes * 60_000) });
    expect(await afterMinutes(9)).not.toBeNull();
    expect(await afterMinutes(10)).toBeNull();
  });

  test("has to wait after wrong codes, the right one among them too; the password given anew changes nothing", async () => {
    const { person, recoveryCodes } = await enrolled();
    const { half } = await passwordGiven(person);
    for (let tries = 0; tries < 5; tries += 1) {
      const wrongly = completeSignIn(half, step(person, `WRONG-${tries}`), new Date());
      await expect(wrongly).rejects.toMatchObject({ code: "second_step.code_wrong", field: "code" });
    }
    const rightly = completeSignIn(half, step(person, recoveryCodes[0] ?? ""), new Date());
    await expect(rightly).rejects.toMatchObject({ code: "sign_in.slowed" });
    const again = await attemptSignIn({ ...person, password: PASSWORD, userAgent: "a browser" });
    expect(again.outcome).toBe("slowed");
    expect((await listOwnFactors(person.accountId)).recoveryCodesLeft).toBe(10);
  });

  test("is in the ledger once it is complete, wrong codes as refused tries", async () => {
    const { clinic, person, recoveryCodes } = await enrolled();
    const { half } = await passwordGiven(person);
    await copySignInsInTurn(new Date(Date.now() + 3_600_000));
    expect(await eventsOf(clinic.clinicId, "session.opened", "session.refused")).toEqual([]);
    await completeSignIn(half, step(person, "WRONG-WRONG"), new Date()).catch(() => undefined);
    await completeSignIn(half, step(person, recoveryCodes[0] ?? ""), new Date());
    await copySignInsInTurn(new Date(Date.now() + 3_600_000));
    const events = await eventsOf(clinic.clinicId, "session.opened", "session.refused");
    expect(events.map(({ type }) => type).sort()).toEqual(["session.opened", "session.refused"]);
  });
});

describe("what happens to factors", () => {
  test("is in the ledger of each of the account's clinics", async () => {
    const { clinic, person, recoveryCodes } = await enrolled();
    const second = await mintClinic(["owner"]);
    await joinToo(person, second);
    await takeCode(person.accountId, recoveryCodes[0] ?? "", later(1));
    const { factors } = await listOwnFactors(person.accountId);
    await removeFactor(person.accountId, factors[0]?.id ?? "", later(2));
    await copyAccountEventsInTurn();
    for (const { clinicId } of [clinic, second]) {
      const events = await eventsOf(
        clinicId,
        "account.factor_added",
        "account.factor_removed",
        "account.recovery_codes_made",
        "account.recovery_code_used",
      );
      expect(events.map(({ type }) => type)).toEqual([
        "account.recovery_codes_made",
        "account.factor_added",
        "account.recovery_code_used",
        "account.factor_removed",
      ]);
    }
  });

  test("with the last one the recovery codes go, and the password signs in alone again", async () => {
    const { person, recoveryCodes } = await enrolled();
    const stranger = await enrolled();
    const { factors } = await listOwnFactors(person.accountId);
    await removeFactor(stranger.person.accountId, factors[0]?.id ?? "", NOON);
    expect(await hasFactor(person.accountId)).toBe(true);
    await removeFactor(person.accountId, factors[0]?.id ?? "", NOON);
    expect(await takeCode(person.accountId, recoveryCodes[0] ?? "", NOON)).toBe(false);
    const attempt = await attemptSignIn({ ...person, password: PASSWORD, userAgent: "a browser" });
    expect(attempt.outcome).toBe("opened");
    await expect(renewRecoveryCodes(person.accountId, NOON)).rejects.toMatchObject({ code: "account.no_factor" });
  });
});

describe("a second factor is asked", () => {
  async function isAsked(person: Person): Promise<boolean> {
    const { token } = await openSession(person.accountId, "a browser");
    return (await liveSession(token, { isActivity: true, now: new Date() }))?.needsFactor ?? expect.fail();
  }

  test("of owners, privacy officers and auditors, and of nobody else", async () => {
    const clinic = await mintClinic(["owner"]);
    const asked: Record<string, boolean> = {};
    for (const role of ["owner", "privacy_officer", "manager", "staff", "auditor"] as const)
      asked[role] = await isAsked(await newPerson(clinic, role));
    expect(asked).toEqual({ owner: true, privacy_officer: true, manager: false, staff: false, auditor: true });
  });

  test("of everybody where one of their clinics says so", async () => {
    const [clinic, strict] = [await mintClinic(["owner"]), await mintClinic(["owner"])];
    const person = await newPerson(clinic);
    await setSignInRules(strict.as.owner, { idleMinutes: 15, secondFactorForAll: "yes" });
    expect(await isAsked(person)).toBe(false);
    await joinToo(person, strict);
    expect(await isAsked(person)).toBe(true);
    const [event] = await eventsOf(strict.clinicId, "clinic.sign_in_rules_set");
    expect(event?.body.data).toMatchObject({ secondFactorForAll: true });
  });
});
