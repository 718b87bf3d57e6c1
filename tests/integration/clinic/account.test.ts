import { describe, expect, test } from "vitest";
import { changePassword } from "#lib/platform/auth/change-password.ts";
import { confirmPassword } from "#lib/platform/auth/confirm-password.ts";
import { endOwnSession, listOwnSessions, signOutEverywhere } from "#lib/platform/auth/own-sessions.ts";
import { attemptSignIn, openSession } from "#lib/platform/auth/sign-in.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { accountForSignIn, sessionForToken } from "#lib/platform/db/identity.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { copyAccountEventsInTurn } from "#tests/support/jobs.ts";
import { joinToo, newPerson, PASSWORD, type Person } from "#tests/support/people.ts";
import { asOwner } from "#tests/support/sql.ts";

const CHOSEN = "seven slow herons over the marsh";

async function signedIn({ accountId, email }: Person) {
  const { token, sessionId } = await openSession(accountId, "a browser");
  return {
    token,
    sessionId,
    accountId,
    email,
    locale: "en",
    idleMinutes: 15,
    secondsLeft: 900,
    needsFactor: false,
    hasFactor: false,
    provedFactor: false,
    hasPassword: true,
    way: null,
    opensAll: true,
    startedAt: new Date(),
  };
}

async function isOpen(token: string): Promise<boolean> {
  const session = await sessionForToken(tokenHash(token));
  return session !== null && session.revokedAt === null;
}

async function traceOf(clinicId: string) {
  await copyAccountEventsInTurn();
  const events = await eventsOf(clinicId, "account.password_changed", "account.sessions_ended");
  return events.map(({ type, body }) => ({ type, ...body.data }));
}

describe("the holder's sessions", () => {
  test("are listed, the one used last on top, and nobody else's among them", async () => {
    const clinic = await mintClinic(["owner"]);
    const [person, other] = [await newPerson(clinic), await newPerson(clinic)];
    const [first, second] = [await signedIn(person), await signedIn(person)];
    await signedIn(other);
    await asOwner((sql) =>
      sql("UPDATE session SET last_seen_at = last_seen_at + interval '1 minute' WHERE id = $1", [first.sessionId]),
    );
    const listed = await listOwnSessions({ ...person, idleMinutes: 15 }, new Date());
    expect(listed.map(({ id }) => id)).toEqual([first.sessionId, second.sessionId]);
    expect(listed[0]).toMatchObject({ userAgent: "a browser", startedAt: expect.any(Date) });
  });

  test("end one by one, and another person's can't be ended", async () => {
    const clinic = await mintClinic(["owner"]);
    const [person, other] = [await newPerson(clinic), await newPerson(clinic)];
    const [first, second, foreign] = [await signedIn(person), await signedIn(person), await signedIn(other)];
    expect(await endOwnSession(person.accountId, first.sessionId, new Date())).toBe(true);
    expect(await endOwnSession(person.accountId, first.sessionId, new Date())).toBe(false);
    expect(await endOwnSession(person.accountId, foreign.sessionId, new Date())).toBe(false);
    expect(await Promise.all([first, second, foreign].map(({ token }) => isOpen(token)))).toEqual([false, true, true]);
    expect(await traceOf(clinic.clinicId)).toMatchObject([
      { type: "account.sessions_ended", count: 1, memberId: person.memberId },
    ]);
  });

  test("end all at once, this one too", async () => {
    const person = await newPerson(await mintClinic(["owner"]));
    const sessions = [await signedIn(person), await signedIn(person)];
    expect(await signOutEverywhere(person.accountId, new Date())).toBe(2);
    expect(await Promise.all(sessions.map(({ token }) => isOpen(token)))).toEqual([false, false]);
    expect(await listOwnSessions({ ...person, idleMinutes: 15 }, new Date())).toEqual([]);
  });
});

describe("changing the password", () => {
  test("takes the old one, ends every other session, and is in the ledger of each clinic", async () => {
    const [clinic, second] = [await mintClinic(["owner"]), await mintClinic(["owner"])];
    const person = await newPerson(clinic);
    const { memberId } = await joinToo(person, second);
    const [here, elsewhere] = [await signedIn(person), await signedIn(person)];
    await changePassword(here, { current: PASSWORD, chosen: CHOSEN, address: person.address }, new Date());
    expect([await isOpen(here.token), await isOpen(elsewhere.token)]).toEqual([true, false]);
    const trying = { email: person.email, address: person.address, userAgent: "" };
    expect((await attemptSignIn({ ...trying, password: PASSWORD })).outcome).toBe("refused");
    expect((await attemptSignIn({ ...trying, password: CHOSEN })).outcome).toBe("opened");
    const told = [{ type: "account.password_changed" }, { type: "account.sessions_ended", count: 1 }];
    expect(await traceOf(clinic.clinicId)).toMatchObject(
      told.map((event) => ({ ...event, memberId: person.memberId })),
    );
    expect(await traceOf(second.clinicId)).toMatchObject(told.map((event) => ({ ...event, memberId })));
  });

  test("without the old one changes nothing, and is a refused try", async () => {
    const person = await newPerson(await mintClinic(["owner"]));
    const [here, elsewhere] = [await signedIn(person), await signedIn(person)];
    const before = await accountForSignIn(person.email);
    const wrongly = { current: "not the password of this one", chosen: CHOSEN, address: person.address };
    await expect(changePassword(here, wrongly, new Date())).rejects.toMatchObject({
      code: "account.password_wrong",
      field: "currentPassword",
    });
    expect(await accountForSignIn(person.email)).toEqual(before);
    expect(await isOpen(elsewhere.token)).toBe(true);
    const question = "SELECT outcome FROM sign_in_attempt WHERE account_id = $1";
    expect(await asOwner((sql) => sql(question, [person.accountId]))).toEqual([{ outcome: "refused" }]);
  });

  test("to one that is in the lists of leaked passwords is refused", async () => {
    const person = await newPerson(await mintClinic(["owner"]));
    const here = await signedIn(person);
    const leaked = { current: PASSWORD, chosen: "passwordpassword", address: person.address };
    await expect(changePassword(here, leaked, new Date())).rejects.toMatchObject({ code: "sign_in.password_breached" });
    expect((await attemptSignIn({ ...person, password: PASSWORD, userAgent: "" })).outcome).toBe("opened");
  });
});

test("guessing the password at a signed-in browser has to wait, the right one among the guesses too", async () => {
  const person = await newPerson(await mintClinic(["owner"]));
  const guess = (password: string) =>
    confirmPassword(person, { password, field: "password", address: person.address }, new Date());
  for (let tries = 0; tries < 5; tries += 1)
    await expect(guess(`wrong ${tries}`)).rejects.toMatchObject({ code: "account.password_wrong" });
  await expect(guess(PASSWORD)).rejects.toMatchObject({ code: "sign_in.slowed" });
});

test("copying again adds nothing, also after a crash between copying and marking", async () => {
  const clinic = await mintClinic(["owner"]);
  const person = await newPerson(clinic);
  await signedIn(person);
  await signOutEverywhere(person.accountId, new Date());
  expect(await traceOf(clinic.clinicId)).toHaveLength(1);
  const before = await contentsOf(clinic.clinicId);
  const forgetting = "UPDATE account_event SET copied_at = NULL WHERE account_id = $1 RETURNING id";
  expect(await asOwner((sql) => sql(forgetting, [person.accountId]))).toHaveLength(1);
  await copyAccountEventsInTurn();
  expect(await contentsOf(clinic.clinicId)).toEqual(before);
});
