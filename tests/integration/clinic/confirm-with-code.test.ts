import { generate } from "otplib";
import { expect, test } from "vitest";
import { ConfirmedOpening } from "#lib/domain/clinic/emergency-access/schema.ts";
import { confirmWithCode, givesCodes } from "#lib/platform/auth/confirm-with-code.ts";
import { addTotp, offerTotp } from "#lib/platform/auth/factors.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { newPerson, PASSWORD } from "#tests/support/people.ts";

const codeAt = (secret: string, at: Date) => generate({ secret, epoch: Math.floor(at.getTime() / 1000) });

const signedIn = async () => ({
  ...(await newPerson(await mintClinic(["owner"]))),
  ...{ hasPassword: true, opensAll: true, startedAt: new Date() },
});

test("the password alone is enough where there is no app, and a wrong one is refused beside its field", async () => {
  const person = await signedIn();
  expect(await givesCodes(person.accountId)).toBe(false);
  await confirmWithCode(person, { password: PASSWORD, code: "", address: person.address }, new Date());
  const wrong = { password: "not the password", code: "", address: person.address };
  await expect(confirmWithCode(person, wrong, new Date())).rejects.toMatchObject({
    ...{ code: "account.password_wrong", field: "currentPassword" },
  });
});

test("where there is an app its code is needed too, each code once, and wrong ones have to wait in the end", async () => {
  const person = await signedIn();
  const enrolledAt = new Date(Date.now() - 10 * 60_000);
  const holder = { ...person, sessionId: crypto.randomUUID() };
  const { secret, sealed } = offerTotp(holder, enrolledAt);
  await addTotp(holder, { sealed, code: await codeAt(secret, enrolledAt) }, enrolledAt);
  expect(await givesCodes(person.accountId)).toBe(true);
  const now = new Date();
  const typed = { password: PASSWORD, address: person.address };
  await expect(confirmWithCode(person, { ...typed, code: "" }, now)).rejects.toMatchObject({
    ...{ code: "second_step.code_wrong", field: "code" },
  });
  const code = await codeAt(secret, now);
  await confirmWithCode(person, { ...typed, code }, now);
  const again = () => confirmWithCode(person, { ...typed, code }, now).catch((error) => error.code);
  expect(await again()).toBe("second_step.code_wrong");
  const answers: string[] = [];
  for (let index = 0; index < 12; index += 1) answers.push(await again());
  expect(answers.at(-1)).toBe("sign_in.slowed");
});

test("who has no password opens emergency access with what their form sends, shortly after signing in", async () => {
  const person = { ...(await signedIn()), hasPassword: false };
  const sent = { kind: "drill", reason: "A test on a quiet afternoon.", minutes: "30", understood: "yes" };
  const { currentPassword: password, code } = ConfirmedOpening.parse(sent);
  const now = new Date();
  await confirmWithCode(person, { password, code, address: person.address }, now);
  const longAgo = { ...person, startedAt: new Date(now.getTime() - 11 * 60_000) };
  await expect(confirmWithCode(longAgo, { password, code, address: person.address }, now)).rejects.toMatchObject({
    ...{ code: "account.sign_in_again", params: { minutes: 10 } },
  });
  const withPassword = { ...person, hasPassword: true };
  await expect(confirmWithCode(withPassword, { password, code, address: person.address }, now)).rejects.toMatchObject({
    ...{ issues: [{ path: "currentPassword", code: "required" }] },
  });
});

test("where there is no password wrong codes have to wait just the same, and the right one among them too", async () => {
  const person = { ...(await signedIn()), hasPassword: false };
  const enrolledAt = new Date(Date.now() - 10 * 60_000);
  const holder = { ...person, sessionId: crypto.randomUUID() };
  const { secret, sealed } = offerTotp(holder, enrolledAt);
  await addTotp(holder, { sealed, code: await codeAt(secret, enrolledAt) }, enrolledAt);
  const now = new Date();
  const answer = (code: string) =>
    confirmWithCode(person, { password: "", code, address: person.address }, now).catch((error) => error.code);
  const answers: string[] = [];
  for (let tries = 0; tries < 6; tries += 1) answers.push(await answer(`WRONG-${tries}`));
  expect(answers).toEqual([...Array(5).fill("second_step.code_wrong"), "sign_in.slowed"]);
  expect(await answer(await codeAt(secret, now))).toBe("sign_in.slowed");
});
