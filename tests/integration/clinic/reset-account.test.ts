import { spawn } from "node:child_process";
import path from "node:path";
import { generate } from "otplib";
import { describe, expect, test } from "vitest";
import { issueResetLink } from "#lib/domain/clinic/access/commands/issue-reset-link.ts";
import { findAccountToReset, resetAccount } from "#lib/domain/clinic/access/commands/reset-account.ts";
import { findResetLink, resetPassword } from "#lib/domain/clinic/access/commands/reset-password.ts";
import { tellOfAccountReset } from "#lib/domain/notifications/reactions.ts";
import { listNotices } from "#lib/domain/notifications/store.ts";
import { newId } from "#lib/kernel/ids.ts";
import { addTotp, listOwnFactors, offerTotp } from "#lib/platform/auth/factors.ts";
import { linkProvider, listOwnLinks } from "#lib/platform/auth/linked.ts";
import { hashPassword } from "#lib/platform/auth/password.ts";
import { attemptSignIn, openSession } from "#lib/platform/auth/sign-in.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { sessionForToken } from "#lib/platform/db/identity.ts";
import { readClinic } from "#lib/platform/db/with-clinic.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { copyAccountEventsInTurn } from "#tests/support/jobs.ts";
import { joinToo, newPerson, PASSWORD } from "#tests/support/people.ts";
import { vouchedFor } from "#tests/support/sign-on.ts";
import { asApp } from "#tests/support/sql.ts";

/** Somebody in two clinics with an app and a provider that vouches, and a session. */
async function inTwo() {
  const [first, second] = [await mintClinic(["owner"]), await mintClinic(["owner"])];
  const person = await newPerson(first);
  const { memberId: memberIdThere } = await joinToo(person, second);
  const holder = { ...person, sessionId: newId() };
  const { secret, sealed } = offerTotp(holder, new Date());
  await addTotp(holder, { sealed, code: await generate({ secret }) }, new Date());
  await linkProvider(person.accountId, vouchedFor(), new Date());
  const { token } = await openSession(person.accountId, "a browser");
  return { first, second, person, memberIdThere, token };
}

async function accountOf(email: string) {
  const account = await findAccountToReset(` ${email.toUpperCase()} `, new Date());
  if (account === null) throw new Error(`nobody has ${email}`);
  return account;
}

const project = path.resolve(import.meta.dirname, "../../..");

/** The operator's command, as typed at the shell. */
function command(args: readonly string[], typed = ""): Promise<{ code: number | null; said: string }> {
  const shell = spawn(process.execPath, ["--conditions=react-server", "scripts/reset-account.ts", ...args], {
    cwd: project,
    env: process.env,
    timeout: 50_000,
  });
  let said = "";
  for (const stream of [shell.stdout, shell.stderr]) stream.on("data", (chunk) => (said += chunk));
  shell.stdin.end(typed);
  return new Promise((resolve) => shell.once("close", (code) => resolve({ code, said })));
}

describe("an account of two clinics that lost every way in", () => {
  test("loses second steps, links and sessions, and is opened by a link that neither clinic could make", async () => {
    const { first, person, token: session } = await inTwo();
    const { token, waysTaken } = await resetAccount(await accountOf(person.email), { requestId: newId() });
    expect(waysTaken).toBe(2);
    expect(await listOwnFactors(person.accountId)).toEqual({ factors: [], recoveryCodesLeft: 0 });
    expect(await listOwnLinks(person.accountId)).toEqual([]);
    expect((await sessionForToken(tokenHash(session)))?.revokedAt).not.toBeNull();
    const chosen = "eleven paper boats under the bridge";
    const by = { requestId: newId(), locale: "en" } as const;
    await resetPassword(token, await hashPassword(chosen), by);
    await expect(resetPassword(token, await hashPassword(chosen), by)).rejects.toMatchObject({
      code: "reset_link.used_or_expired",
    });
    const { email, address } = person;
    expect((await attemptSignIn({ email, address, password: chosen, userAgent: "" })).outcome).toBe("opened");
    expect((await eventsOf(first.clinicId, "reset_link.used")).length).toBeLessThanOrEqual(1);
  });

  test("is opened by the password of before no more, whoever knows it; the link still sets a new one", async () => {
    const { person } = await inTwo();
    const { email, address } = person;
    const enter = async (password: string) =>
      (await attemptSignIn({ email, address, password, userAgent: "" })).outcome;
    expect(await enter(PASSWORD)).toBe("second_step");
    const { token } = await resetAccount(await accountOf(email), { requestId: newId() });
    expect(await enter(PASSWORD)).toBe("refused");
    const chosen = "eleven paper boats under the bridge";
    await resetPassword(token, await hashPassword(chosen), { requestId: newId(), locale: "en" });
    expect([await enter(PASSWORD), await enter(chosen)]).toEqual(["refused", "opened"]);
  });

  test("ends every earlier link of the account, whichever clinic it was made at, and no other's", async () => {
    const { first, second, person } = await inTwo();
    const neighbour = await newPerson(first);
    const { token: ofNeighbour } = await issueResetLink(first.as.owner, { memberId: neighbour.memberId });
    const { accountId, clinics } = await accountOf(person.email);
    const [atFirst, atSecond] = [first, second].map(({ clinicId }) => {
      const clinic = clinics.find((one) => one.clinicId === clinicId) ?? expect.fail();
      return { accountId, clinics: [clinic] as const };
    });
    const by = { requestId: newId() };
    const { token: earlier } = await resetAccount(atSecond ?? expect.fail(), by);
    const { token: newest } = await resetAccount(atFirst ?? expect.fail(), by);
    const states = await Promise.all([earlier, newest, ofNeighbour].map((token) => findResetLink(token, new Date())));
    expect(states.map(({ state }) => state)).toEqual(["over", "open", "open"]);
    expect(await eventsOf(second.clinicId, "reset_link.issued")).toHaveLength(1);
  });

  test("stands in the ledger of each clinic as the operator's act, and so does the new password", async () => {
    const { first, second, person, memberIdThere } = await inTwo();
    const { token } = await resetAccount(await accountOf(person.email), { requestId: newId() });
    await resetPassword(token, await hashPassword("eleven paper boats under the bridge"), {
      requestId: newId(),
      locale: "en",
    });
    await copyAccountEventsInTurn();
    for (const [{ clinicId }, memberId] of [
      [first, person.memberId],
      [second, memberIdThere],
    ] as const) {
      const [reset, changed, ...more] = await eventsOf(
        clinicId,
        "account.reset_by_operator",
        "account.password_changed",
      );
      expect(more).toEqual([]);
      expect(reset?.body).toMatchObject({
        actor: { kind: "operator", job: "reset-account" },
        data: { memberId, count: 2 },
      });
      expect(changed?.body).toMatchObject({ actor: { kind: "system" }, data: { memberId } });
    }
    const issued = [first, second].map(({ clinicId }) => eventsOf(clinicId, "reset_link.issued"));
    const [link, ...others] = (await Promise.all(issued)).flat();
    expect(others).toEqual([]);
    expect(link?.body.actor).toMatchObject({ kind: "operator" });
  });

  test("tells the person and the owners of each clinic, once", async () => {
    const { second, person, memberIdThere } = await inTwo();
    await resetAccount(await accountOf(person.email), { requestId: newId() });
    await copyAccountEventsInTurn();
    const [event] = await eventsOf(second.clinicId, "account.reset_by_operator");
    await tellOfAccountReset(second.system, event?.body.object.id ?? "");
    await tellOfAccountReset(second.system, event?.body.object.id ?? "");
    const mail = await asApp(second.clinicId, (sql) => sql("SELECT kind FROM outbox_message"));
    expect(mail).toEqual([{ kind: "account_reset" }, { kind: "account_reset" }]);
    const shown = await readClinic(second.system, {}, (tx) => listNotices(tx, memberIdThere, "2026-11-22"));
    expect(shown).toMatchObject([{ kind: "account_reset", member: "Noor Haddad", isOwn: true }]);
  });
});

describe("the operator's command", () => {
  test("prints the link once the email is typed again, and changes nothing where another is, or nothing", async () => {
    const { first, person } = await inTwo();
    const before = await contentsOf(first.clinicId);
    for (const typed of ["somebody@else.test\n", ""]) {
      const { code, said } = await command(["--email", person.email], typed);
      expect([code, said]).toEqual([1, expect.stringContaining("Nothing was changed")]);
    }
    expect(await contentsOf(first.clinicId)).toEqual(before);
    const { code, said } = await command(["--email", person.email], `${person.email}\n`);
    expect([code, said]).toEqual([0, expect.stringMatching(/\/reset\/\S{20,}/)]);
    expect((await listOwnFactors(person.accountId)).factors).toEqual([]);
  });

  test("asks nothing with --yes, and says so where nobody in a clinic has the email", async () => {
    const { person } = await inTwo();
    expect((await command(["--email", person.email, "--yes"])).code).toBe(0);
    const { code, said } = await command(["--email", `nobody-${newId()}@clinic.test`, "--yes"]);
    expect([code, said]).toEqual([1, expect.stringContaining("Nobody who is in a clinic")]);
  });
});
