import { expect, test } from "vitest";
import { keyedHash } from "#lib/platform/auth/keyed-hash.ts";
import { attemptSignIn } from "#lib/platform/auth/sign-in.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { sessionForToken } from "#lib/platform/db/identity.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { copySignInsInTurn } from "#tests/support/jobs.ts";
import { joinToo, newPerson, PASSWORD, type Person } from "#tests/support/people.ts";
import { asOwner } from "#tests/support/sql.ts";

const MORNING = "2026-01-05T10:";

/** Tries at given times, as they are written down; `accountId` null for an email that nobody has. */
async function refusedAt(accountId: string | null, email: string, outcome: string, ...times: string[]): Promise<void> {
  await asOwner((sql) =>
    sql(
      `INSERT INTO sign_in_attempt (at, email_hash, address_hash, account_id, outcome)
         SELECT at::timestamptz, $2, $2, $3, $4 FROM unnest($1::text[]) AS at`,
      [times.map((time) => `${MORNING}${time}Z`), keyedHash("email", email), accountId, outcome],
    ),
  );
}

async function signInsOf(clinicId: string) {
  const events = await eventsOf(clinicId, "session.opened", "session.refused");
  return events.map(({ type, body }) => ({ type, ...body.data }));
}

async function openSessionOf({ email, address }: Person): Promise<string | undefined> {
  const signedIn = await attemptSignIn({ email, address, password: PASSWORD, userAgent: "a browser" });
  if (signedIn.outcome !== "opened") throw new Error(signedIn.outcome);
  return (await sessionForToken(tokenHash(signedIn.token)))?.id;
}

test("openings reach the ledger of each clinic one by one, as the member that the account is there", async () => {
  const [first, second, third] = [
    await mintClinic(["owner"]),
    await mintClinic(["owner"]),
    await mintClinic(["owner"]),
  ];
  const person = await newPerson(first);
  const { memberId } = await joinToo(person, second);
  const sessions = [await openSessionOf(person), await openSessionOf(person)];
  await copySignInsInTurn(new Date());
  const openingsOf = async (clinicId: string) =>
    (await eventsOf(clinicId, "session.opened")).map(({ body }) => [body.object.id, body.data.memberId]);
  expect(await openingsOf(first.clinicId)).toEqual(sessions.map((id) => [id, person.memberId]));
  expect(await openingsOf(second.clinicId)).toEqual(sessions.map((id) => [id, memberId]));
  expect(await openingsOf(third.clinicId)).toEqual([]);
});

test("refusals are added up per quarter of an hour, those that had to wait among them", async () => {
  const clinic = await mintClinic(["owner"]);
  const { accountId, email, memberId } = await newPerson(clinic);
  await refusedAt(accountId, email, "refused", "00:00", "07:30", "14:59.999", "15:00", "44:00");
  await refusedAt(accountId, email, "slowed", "08:00");
  await copySignInsInTurn(new Date());
  const window = (from: string, to: string, count: number) => ({
    ...{ type: "session.refused", memberId, count },
    ...{ from: `${MORNING}${from}:00.000Z`, to: `${MORNING}${to}:00.000Z` },
  });
  expect(await signInsOf(clinic.clinicId)).toEqual([
    window("00", "15", 4),
    window("15", "30", 1),
    window("30", "45", 1),
  ]);
});

test("a quarter of an hour that is not over yet is not added up yet", async () => {
  const clinic = await mintClinic(["owner"]);
  const { accountId, email } = await newPerson(clinic);
  await refusedAt(accountId, email, "refused", "03:00");
  await copySignInsInTurn(new Date(`${MORNING}14:59.999Z`));
  expect(await signInsOf(clinic.clinicId)).toEqual([]);
  await copySignInsInTurn(new Date(`${MORNING}16:00Z`));
  expect(await signInsOf(clinic.clinicId)).toMatchObject([{ type: "session.refused", count: 1 }]);
});

test("copying again adds nothing, also after a crash between copying and marking", async () => {
  const clinic = await mintClinic(["owner"]);
  const person = await newPerson(clinic);
  await openSessionOf(person);
  await refusedAt(person.accountId, person.email, "refused", "01:00", "02:00");
  await copySignInsInTurn(new Date());
  const before = await contentsOf(clinic.clinicId);
  expect(await signInsOf(clinic.clinicId)).toHaveLength(2);
  await copySignInsInTurn(new Date());
  const forgetting = "UPDATE sign_in_attempt SET copied_at = NULL WHERE account_id = $1 RETURNING id";
  expect(await asOwner((sql) => sql(forgetting, [person.accountId]))).toHaveLength(3);
  await copySignInsInTurn(new Date());
  expect(await contentsOf(clinic.clinicId)).toEqual(before);
});

test("tries with an email that nobody has are done with and reach no ledger", async () => {
  const clinic = await mintClinic(["owner"]);
  const email = `nobody-${crypto.randomUUID()}@clinic.test`;
  const before = await contentsOf(clinic.clinicId);
  await refusedAt(null, email, "refused", "01:00");
  await copySignInsInTurn(new Date());
  const question = "SELECT copied_at IS NOT NULL AS copied FROM sign_in_attempt WHERE email_hash = $1";
  expect(await asOwner((sql) => sql(question, [keyedHash("email", email)]))).toEqual([{ copied: true }]);
  expect(await contentsOf(clinic.clinicId)).toEqual(before);
});

test("more tries than one round takes are neither lost nor added up short, in each clinic of the account", async () => {
  const [first, second] = [await mintClinic(["owner"]), await mintClinic(["owner"])];
  const person = await newPerson(first);
  await joinToo(person, second);
  await asOwner((sql) =>
    sql(
      `INSERT INTO sign_in_attempt (at, email_hash, address_hash, account_id, outcome)
         SELECT timestamptz '2026-01-06 10:00Z' + n * interval '0.1 second', $1, $1, $2, 'refused' FROM generate_series(1, 5200) n`,
      [keyedHash("email", person.email), person.accountId],
    ),
  );
  await copySignInsInTurn(new Date());
  await copySignInsInTurn(new Date());
  for (const { clinicId } of [first, second]) {
    expect(await signInsOf(clinicId)).toMatchObject([{ type: "session.refused", count: 5200 }]);
  }
});
