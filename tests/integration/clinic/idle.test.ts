import { describe, expect, test } from "vitest";
import { setSignInRules } from "#lib/domain/clinic/access/commands/set-sign-in-rules.ts";
import { getSignInRules } from "#lib/domain/clinic/access/queries.ts";
import { InvalidInput } from "#lib/kernel/errors.ts";
import { liveSession } from "#lib/platform/auth/live-session.ts";
import { listOwnSessions } from "#lib/platform/auth/own-sessions.ts";
import { openSession, SESSION_HOURS } from "#lib/platform/auth/sign-in.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { sessionForToken } from "#lib/platform/db/identity.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { joinToo, newPerson } from "#tests/support/people.ts";

async function signedIn(clinic: Awaited<ReturnType<typeof mintClinic>>) {
  const person = await newPerson(clinic);
  const { token } = await openSession(person.accountId, "a browser");
  const opened = (await sessionForToken(tokenHash(token)))?.lastSeenAt ?? expect.fail();
  /** The session as a request finds it so many minutes after it was opened. */
  const afterMinutes = (minutes: number, isActivity = true) =>
    liveSession(token, { isActivity, now: new Date(opened.getTime() + minutes * 60_000) });
  return { person, token, opened, afterMinutes };
}

describe("a session without activity", () => {
  test("ends after 15 minutes, and for good", async () => {
    const { afterMinutes, token } = await signedIn(await mintClinic(["owner"]));
    expect(await afterMinutes(14.9, false)).not.toBeNull();
    expect(await afterMinutes(15)).toBeNull();
    expect((await sessionForToken(tokenHash(token)))?.revokedAt).not.toBeNull();
    expect(await afterMinutes(1)).toBeNull();
  });

  test("is kept open by what a person does, and not by what a page does", async () => {
    const { afterMinutes } = await signedIn(await mintClinic(["owner"]));
    expect((await afterMinutes(10))?.secondsLeft).toBe(900);
    expect((await afterMinutes(20, false))?.secondsLeft).toBe(300);
    expect((await afterMinutes(24.5, false))?.secondsLeft).toBe(30);
    expect(await afterMinutes(25, false)).toBeNull();
  });

  test("ends with its lifetime, busy as it may be", async () => {
    const { afterMinutes } = await signedIn(await mintClinic(["owner"]));
    for (let minutes = 10; minutes < SESSION_HOURS * 60; minutes += 10)
      expect(await afterMinutes(minutes)).not.toBeNull();
    expect(await afterMinutes(SESSION_HOURS * 60)).toBeNull();
  });

  test("is not listed as open any more", async () => {
    const { person, opened } = await signedIn(await mintClinic(["owner"]));
    const listedAfter = (minutes: number) =>
      listOwnSessions({ ...person, idleMinutes: 15 }, new Date(opened.getTime() + minutes * 60_000));
    expect(await listedAfter(14)).toHaveLength(1);
    expect(await listedAfter(15)).toEqual([]);
  });
});

describe("the sign-in rules", () => {
  test("set how soon, are on record, and hold for sessions that are open already", async () => {
    const clinic = await mintClinic(["owner"]);
    const { afterMinutes } = await signedIn(clinic);
    await setSignInRules(clinic.as.owner, { idleMinutes: "5", secondFactorForAll: false });
    expect(await getSignInRules(clinic.as.owner, {})).toMatchObject({ idleMinutes: 5 });
    expect(await afterMinutes(4.9, false)).not.toBeNull();
    expect(await afterMinutes(5)).toBeNull();
    const [event] = await eventsOf(clinic.clinicId, "clinic.sign_in_rules_set");
    expect(event?.body.data).toMatchObject({ idleMinutes: 5 });
  });

  test("of the strictest clinic hold for who is in several", async () => {
    const [clinic, strict] = [await mintClinic(["owner"]), await mintClinic(["owner"])];
    const { person, afterMinutes } = await signedIn(clinic);
    await setSignInRules(clinic.as.owner, { idleMinutes: 60, secondFactorForAll: false });
    await setSignInRules(strict.as.owner, { idleMinutes: 3, secondFactorForAll: false });
    expect((await afterMinutes(0.1))?.idleMinutes).toBe(60);
    await joinToo(person, strict);
    expect((await afterMinutes(0.2))?.idleMinutes).toBe(3);
  });

  test.each(["1", "61", "soon", "", "7.5"])("take no other number than one from 2 to 60: %s", async (idleMinutes) => {
    const clinic = await mintClinic(["owner"]);
    const before = await contentsOf(clinic.clinicId);
    await expect(setSignInRules(clinic.as.owner, { idleMinutes, secondFactorForAll: false })).rejects.toThrow(
      InvalidInput,
    );
    expect(await contentsOf(clinic.clinicId)).toEqual(before);
  });

  test("that are set again as they were leave no trace", async () => {
    const clinic = await mintClinic(["owner"]);
    await setSignInRules(clinic.as.owner, { idleMinutes: 20, secondFactorForAll: false });
    await setSignInRules(clinic.as.owner, { idleMinutes: 20, secondFactorForAll: false });
    expect(await eventsOf(clinic.clinicId, "clinic.sign_in_rules_set")).toHaveLength(1);
  });
});
