import { describe, expect, test } from "vitest";
import { keyedHash } from "#lib/platform/auth/keyed-hash.ts";
import { attemptSignIn, endSession, openSession, SESSION_HOURS } from "#lib/platform/auth/sign-in.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { sessionForToken } from "#lib/platform/db/identity.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { newPerson, PASSWORD, type Person } from "#tests/support/people.ts";
import { asOwner } from "#tests/support/sql.ts";

function signIn({ email, address }: Pick<Person, "email" | "address">, password: string) {
  return attemptSignIn({ email, address, password, userAgent: "a browser" });
}

/** What is written down of the tries with an email, oldest first. */
function attemptsOf(email: string) {
  const columns = "outcome, account_id, session_id, address_hash, copied_at";
  const question = `SELECT ${columns} FROM sign_in_attempt WHERE email_hash = $1 ORDER BY at`;
  return asOwner((sql) => sql(question, [keyedHash("email", email)]));
}

async function nobody(): Promise<Person> {
  const email = `nobody-${crypto.randomUUID()}@clinic.test`;
  return { email, address: `address of ${email}`, accountId: "", memberId: "" };
}

async function outcomesOf(person: Person, passwords: readonly string[]): Promise<string[]> {
  const outcomes: string[] = [];
  for (const password of passwords) outcomes.push((await signIn(person, password)).outcome);
  return outcomes;
}

describe("the right password", () => {
  test("opens a session, of which the database keeps a hash and the browser the token", async () => {
    const person = await newPerson(await mintClinic(["owner"]));
    const signedIn = await signIn(person, PASSWORD);
    if (signedIn.outcome !== "opened") throw new Error(signedIn.outcome);
    const session = await sessionForToken(tokenHash(signedIn.token));
    expect(session).toMatchObject({ accountId: person.accountId, email: person.email, revokedAt: null });
    const [kept] = await asOwner((sql) => sql("SELECT s::text AS row FROM session s WHERE id = $1", [session?.id]));
    expect(kept.row).not.toContain(signedIn.token);
    expect(kept.row).not.toContain(Buffer.from(signedIn.token).toString("hex"));
    expect(await attemptsOf(person.email)).toMatchObject([
      { outcome: "opened", account_id: person.accountId, session_id: session?.id },
    ]);
  });

  test("opens another session at each try", async () => {
    const person = await newPerson(await mintClinic(["owner"]));
    const [one, other] = [await signIn(person, PASSWORD), await signIn(person, PASSWORD)];
    expect(one).not.toEqual(other);
    expect(new Set((await attemptsOf(person.email)).map((attempt) => attempt.session_id)).size).toBe(2);
  });
});

describe("a try that fails", () => {
  test("is answered alike and written down alike, whether the email is known or not", async () => {
    const [person, stranger] = [await newPerson(await mintClinic(["owner"])), await nobody()];
    expect(await signIn(person, "a wrong password altogether")).toEqual({ outcome: "refused" });
    expect(await signIn(stranger, "a wrong password altogether")).toEqual({ outcome: "refused" });
    const [ofPerson, ofStranger] = [await attemptsOf(person.email), await attemptsOf(stranger.email)];
    expect(ofPerson).toMatchObject([{ outcome: "refused", session_id: null, account_id: person.accountId }]);
    expect(ofStranger).toMatchObject([{ outcome: "refused", session_id: null, account_id: null }]);
  });

  test("is slowed alike, whether the email is known or not", async () => {
    const wrong = Array.from({ length: 6 }, () => "a wrong password altogether");
    const [person, stranger] = [await newPerson(await mintClinic(["owner"])), await nobody()];
    const expected = [...Array.from({ length: 5 }, () => "refused"), "slowed"];
    expect(await outcomesOf(person, wrong)).toEqual(expected);
    expect(await outcomesOf(stranger, wrong)).toEqual(expected);
  });

  test("leaves neither email nor address nor password in what is written down", async () => {
    const stranger = await nobody();
    await signIn(stranger, "a wrong password altogether");
    const rows = await asOwner((sql) =>
      sql("SELECT a::text AS row FROM sign_in_attempt a WHERE email_hash = $1", [keyedHash("email", stranger.email)]),
    );
    const kept = rows.map(({ row }) => row).join();
    for (const secret of [stranger.email, stranger.address, "a wrong password altogether"]) {
      expect(kept).not.toContain(secret);
      expect(kept).not.toContain(Buffer.from(secret).toString("hex"));
      expect(kept).not.toContain(Buffer.from(tokenHash(secret)).toString("hex"));
    }
  });

  test("after five even the right password has to wait, and opens nothing", async () => {
    const person = await newPerson(await mintClinic(["owner"]));
    await outcomesOf(person, ["1", "2", "3", "4", "5"]);
    expect(await signIn(person, PASSWORD)).toEqual({ outcome: "slowed", minutes: 1 });
    const sessions = await asOwner((sql) => sql("SELECT FROM session WHERE account_id = $1", [person.accountId]));
    expect(sessions).toHaveLength(0);
    expect((await attemptsOf(person.email)).map(({ outcome }) => outcome).at(-1)).toBe("slowed");
  });

  test("counts although forty of them come at once", async () => {
    const person = await newPerson(await mintClinic(["owner"]));
    const tries = Array.from({ length: 40 }, (_, number) => signIn(person, `wrong ${number}`));
    const outcomes = (await Promise.all(tries)).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === "refused")).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === "slowed")).toHaveLength(35);
  });

  test("is forgotten by a success: the count begins anew", async () => {
    const person = await newPerson(await mintClinic(["owner"]));
    const outcomes = await outcomesOf(person, ["1", "2", "3", "4", PASSWORD, "5", "6", "7", "8", PASSWORD]);
    const refused = Array.from({ length: 4 }, () => "refused");
    expect(outcomes).toEqual([...refused, "opened", ...refused, "opened"]);
  });

  test("from one address slows tries with other emails, and from another address slows nobody", async () => {
    const [person, neighbour] = [await newPerson(await mintClinic(["owner"])), await nobody()];
    await asOwner((sql) =>
      sql(
        `INSERT INTO sign_in_attempt (email_hash, address_hash, outcome)
           SELECT sha256(convert_to(n::text, 'UTF8')), $1, 'refused' FROM generate_series(1, 50) n`,
        [keyedHash("address", neighbour.address)],
      ),
    );
    const fromThere = await signIn({ ...person, address: neighbour.address }, PASSWORD);
    expect(fromThere).toEqual({ outcome: "slowed", minutes: 1 });
    expect((await signIn(person, PASSWORD)).outcome).toBe("opened");
  });
});

describe("a session", () => {
  test("that was ended says so at the next look, and the account's other one does not", async () => {
    const { accountId } = await newPerson(await mintClinic(["owner"]));
    const [ended, other] = [await openSession(accountId, "a browser"), await openSession(accountId, "a telephone")];
    await endSession(accountId, ended.sessionId);
    expect((await sessionForToken(tokenHash(ended.token)))?.revokedAt).toBeInstanceOf(Date);
    expect((await sessionForToken(tokenHash(other.token)))?.revokedAt).toBeNull();
  });

  test("is ended by its own account only", async () => {
    const clinic = await mintClinic(["owner"]);
    const [person, other] = [await newPerson(clinic), await newPerson(clinic)];
    const { token, sessionId } = await openSession(person.accountId, "a browser");
    await endSession(other.accountId, sessionId);
    expect((await sessionForToken(tokenHash(token)))?.revokedAt).toBeNull();
  });

  test("ends half a day after it was opened, whatever happens in it", async () => {
    const { accountId } = await newPerson(await mintClinic(["owner"]));
    const opened = Date.now();
    const { token } = await openSession(accountId, "a browser");
    const hours = (Number((await sessionForToken(tokenHash(token)))?.expiresAt) - opened) / 3_600_000;
    expect(SESSION_HOURS).toBe(12);
    expect(Math.round(hours * 10) / 10).toBe(12);
  });
});
