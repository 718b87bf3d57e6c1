import { describe, expect, test } from "vitest";
import { listOwnFactors, removeFactor } from "#lib/platform/auth/factors.ts";
import { liveSession } from "#lib/platform/auth/live-session.ts";
import { addPasskey, askForPasskey, askToAddPasskey, signInWithPasskey } from "#lib/platform/auth/passkeys.ts";
import { attemptSignIn } from "#lib/platform/auth/sign-in.ts";
import { newPasskey } from "#tests/support/authenticator.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { eventsOf } from "#tests/support/contents.ts";
import { copyAccountEventsInTurn } from "#tests/support/jobs.ts";
import { newPerson, PASSWORD } from "#tests/support/people.ts";
import { asOwner } from "#tests/support/sql.ts";

const NOON = new Date("2026-03-03T12:00:00Z");
const later = (seconds: number) => new Date(NOON.getTime() + seconds * 1000);

/** A person with a passkey that was added at noon. */
async function withPasskey() {
  const clinic = await mintClinic(["owner"]);
  const person = await newPerson(clinic);
  const passkey = newPasskey();
  const options = await askToAddPasskey(person, NOON);
  const answer = passkey.register(options);
  const { recoveryCodes } = await addPasskey(person, { answer, name: "Front desk laptop" }, NOON);
  const from = { address: person.address, userAgent: "a browser" };
  /** Signs in at noon with the passkey alone, or after the password of `accountId`. */
  const signIn = (given: string, accountId: string | null = null, now = NOON) =>
    signInWithPasskey({ ...from, answer: given, accountId }, now);
  return { clinic, person, passkey, recoveryCodes, signIn };
}

const refused = { code: "passkey.refused" };

describe("a passkey", () => {
  test("is added with a name and recovery codes, and signs in alone", async () => {
    const { person, passkey, recoveryCodes, signIn } = await withPasskey();
    expect(recoveryCodes).toHaveLength(10);
    expect((await listOwnFactors(person.accountId)).factors).toMatchObject([
      { kind: "passkey", name: "Front desk laptop", lastUsedAt: null },
    ]);
    const { token } = await signIn(passkey.answer(await askForPasskey(null, NOON)));
    const session = await liveSession(token, { isActivity: true, now: new Date() });
    expect(session).toMatchObject({ accountId: person.accountId, awaitsSecondFactor: false, hasFactor: true });
    expect((await listOwnFactors(person.accountId)).factors).toMatchObject([{ lastUsedAt: NOON }]);
    const question = "SELECT outcome FROM sign_in_attempt WHERE account_id = $1";
    expect(await asOwner((sql) => sql(question, [person.accountId]))).toEqual([{ outcome: "opened" }]);
  });

  test("is the second step after the password", async () => {
    const { person, passkey, signIn } = await withPasskey();
    expect((await attemptSignIn({ ...person, password: PASSWORD, userAgent: "" })).outcome).toBe("second_step");
    const options = await askForPasskey(person.accountId, NOON);
    await expect(signIn(passkey.answer(options), person.accountId)).resolves.toMatchObject({
      token: expect.any(String),
    });
  });

  test("can be one of several, and not added twice", async () => {
    const { clinic, person, passkey } = await withPasskey();
    const [second, options] = [newPasskey(), await askToAddPasskey(person, NOON)];
    expect(options.excludeCredentials).toHaveLength(1);
    const { recoveryCodes } = await addPasskey(person, { answer: second.register(options), name: "Phone" }, NOON);
    expect(recoveryCodes).toEqual([]);
    const again = { answer: passkey.register(await askToAddPasskey(person, NOON)), name: "Again" };
    await expect(addPasskey(person, again, NOON)).rejects.toMatchObject({ code: "passkey.there_already" });
    await copyAccountEventsInTurn();
    const events = await eventsOf(clinic.clinicId, "account.factor_added");
    expect(events.map(({ body }) => body.data.factor)).toEqual(["passkey", "passkey"]);
  });
});

describe("a passkey signs nobody in", () => {
  test("with an answer that was given before", async () => {
    const { passkey, signIn } = await withPasskey();
    const answer = passkey.answer(await askForPasskey(null, NOON));
    await signIn(answer);
    await expect(signIn(answer)).rejects.toMatchObject(refused);
  });

  test("five minutes after the question, or with a question that nobody asked", async () => {
    const { passkey, signIn } = await withPasskey();
    const answer = passkey.answer(await askForPasskey(null, NOON));
    await expect(signIn(answer, null, later(300))).rejects.toMatchObject(refused);
    await expect(signIn(passkey.answer({ challenge: "bm9ib2R5IGFza2Vk" }))).rejects.toMatchObject(refused);
  });

  test.each([
    ["without knowing its user", { isVerified: false }],
    ["for another site's page", { origin: "https://wardbook.test.evil.example" }],
    ["for another site", { rpId: "evil.example" }],
  ])("%s", async (_, how) => {
    const { passkey, signIn } = await withPasskey();
    await expect(signIn(passkey.answer(await askForPasskey(null, NOON), how))).rejects.toMatchObject(refused);
  });

  test("once it is removed", async () => {
    const { person, passkey, signIn } = await withPasskey();
    const { factors } = await listOwnFactors(person.accountId);
    await removeFactor(person.accountId, factors[0]?.id ?? "", NOON);
    await expect(signIn(passkey.answer(await askForPasskey(null, NOON)))).rejects.toMatchObject(refused);
  });

  test("as a copy that counts behind", async () => {
    const { passkey, signIn } = await withPasskey();
    await signIn(passkey.answer(await askForPasskey(null, NOON), { counter: 8 }));
    const behind = passkey.answer(await askForPasskey(null, NOON), { counter: 8 });
    await expect(signIn(behind)).rejects.toMatchObject(refused);
    await signIn(passkey.answer(await askForPasskey(null, NOON), { counter: 9 }));
  });

  test("in another's place: their password, their question, or their passkey's name", async () => {
    const [one, other] = [await withPasskey(), await withPasskey()];
    const { accountId } = one.person;
    const asked = async (of: string | null) => other.passkey.answer(await askForPasskey(of, NOON));
    await expect(other.signIn(await asked(accountId), accountId)).rejects.toMatchObject(refused);
    await expect(other.signIn(await asked(accountId))).rejects.toMatchObject(refused);
    await expect(other.signIn(await asked(null), other.person.accountId)).rejects.toMatchObject(refused);
    const id = JSON.parse(one.passkey.answer({ challenge: "" })).id;
    const forged = JSON.stringify({ ...JSON.parse(await asked(null)), id, rawId: id });
    await expect(other.signIn(forged)).rejects.toMatchObject(refused);
  });

  test("with anything that is no answer", async () => {
    const { signIn } = await withPasskey();
    for (const answer of ["", "{}", "[1]", '{"id":"AAAA"}', '{"id":"AAAA","response":7}'])
      await expect(signIn(answer)).rejects.toMatchObject(refused);
  });
});

test("nobody adds a passkey to an account by another's question, without its user's word, or twice by one", async () => {
  const clinic = await mintClinic(["owner"]);
  const [person, other] = [await newPerson(clinic), await newPerson(clinic)];
  const notAdded = { code: "passkey.not_added" };
  const add = (answer: string) => addPasskey(person, { answer, name: "x" }, NOON);
  await expect(add(newPasskey().register(await askToAddPasskey(other, NOON)))).rejects.toMatchObject(notAdded);
  const unverified = newPasskey().register(await askToAddPasskey(person, NOON), { isVerified: false });
  await expect(add(unverified)).rejects.toMatchObject(notAdded);
  const options = await askToAddPasskey(person, NOON);
  await add(newPasskey().register(options));
  await expect(add(newPasskey().register(options))).rejects.toMatchObject(notAdded);
  expect((await listOwnFactors(person.accountId)).factors).toHaveLength(1);
});

test("wrong answers of a passkey have to wait, the right one among them too", async () => {
  const { passkey, signIn } = await withPasskey();
  const now = new Date();
  for (let tries = 0; tries < 5; tries += 1) {
    const wrong = passkey.answer(await askForPasskey(null, now), { isVerified: false });
    await expect(signIn(wrong, null, now)).rejects.toMatchObject(refused);
  }
  const right = passkey.answer(await askForPasskey(null, now));
  await expect(signIn(right, null, new Date())).rejects.toMatchObject({ code: "sign_in.slowed" });
});
