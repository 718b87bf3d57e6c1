import { afterAll, beforeAll, expect, test } from "vitest";
import { listNotices } from "#lib/domain/notifications/store.ts";
import { REACTIONS } from "#lib/domain/reactions.ts";
import { newId } from "#lib/kernel/ids.ts";
import { changePassword } from "#lib/platform/auth/change-password.ts";
import { confirmHolder, FRESH_MINUTES } from "#lib/platform/auth/confirm-holder.ts";
import { listOwnFactors, removeFactor } from "#lib/platform/auth/factors.ts";
import { linkProvider, listOwnLinks, unlinkProvider } from "#lib/platform/auth/linked.ts";
import { attemptSignIn } from "#lib/platform/auth/sign-in.ts";
import { callbackAddress } from "#lib/platform/auth/sign-on.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { membershipFor, sessionForToken } from "#lib/platform/db/identity.ts";
import { readClinic } from "#lib/platform/db/with-clinic.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { eventsOf, jobsOf } from "#tests/support/contents.ts";
import { copyAccountEventsInTurn, copySignInsInTurn } from "#tests/support/jobs.ts";
import { type NameServer, openNameServer } from "#tests/support/name-server.ts";
import { newPerson, PASSWORD } from "#tests/support/people.ts";
import { openSignInProvider, type SignInProvider } from "#tests/support/sign-in-provider.ts";
import { clinicWithDomain, enterAs, identityFrom } from "#tests/support/sign-on.ts";
import { asApp, asOwner } from "#tests/support/sql.ts";

let server: SignInProvider;
let names: NameServer;
beforeAll(async () => {
  names = await openNameServer();
  process.env.WARDBOOK_DNS = names.address;
  server = await openSignInProvider([callbackAddress("generic"), callbackAddress("google")]);
});
afterAll(() => Promise.all([server.close(), names.close()]));

const identityOf = (sub: string) => identityFrom(server, server.as("generic"), { sub, email: "any@where.example" });

/** Somebody who came by their clinic's domain and has no password. */
async function withoutPassword() {
  const { clinic, domain } = await clinicWithDomain(names, { provider: "generic" });
  const person = { sub: newId(), email: `noor@${domain}`, email_verified: true, name: "Noor Haddad" };
  const { token } = await enterAs(await identityFrom(server, server.as("generic"), person), clinic);
  const session = await sessionForToken(tokenHash(token));
  if (session === null) throw new Error("no session was opened");
  const { accountId, email, id: sessionId, hasPassword, opensAll, createdAt: startedAt } = session;
  return { clinic, accountId, email, sessionId, hasPassword, opensAll, startedAt, address: `address of ${email}` };
}

test("the holder links somebody who vouches, whatever the address there, and both steps are in the ledger", async () => {
  const clinic = await mintClinic(["owner"]);
  const { accountId } = await newPerson(clinic);
  const identity = await identityOf(newId());
  await linkProvider(accountId, identity, new Date());
  await linkProvider(accountId, identity, new Date());
  const { token } = await enterAs(identity, null);
  expect(await sessionForToken(tokenHash(token))).toMatchObject({ accountId, way: "generic" });
  const [link, ...more] = await listOwnLinks(accountId);
  expect([link?.provider, link?.name, more]).toEqual(["generic", "any@where.example", []]);
  expect(link?.lastUsedAt).toBeInstanceOf(Date);
  await unlinkProvider(accountId, link?.id ?? "", new Date());
  await expect(enterAs(identity, null)).rejects.toMatchObject({ code: "sign_on.unknown_here" });
  await copyAccountEventsInTurn();
  const events = await eventsOf(clinic.clinicId, "account.provider_linked", "account.provider_unlinked");
  expect(events.map(({ type, body }) => [type, body.data.provider])).toEqual([
    ["account.provider_linked", "generic"],
    ["account.provider_unlinked", "generic"],
  ]);
});

test("whose account is linked is told by mail and on their first page, once for a link, whoever made it", async () => {
  const clinic = await mintClinic(["owner"]);
  const person = await newPerson(clinic);
  await linkProvider(person.accountId, await identityOf(newId()), new Date());
  const byDomain = await withoutPassword();
  await copyAccountEventsInTurn();
  const entered = (await membershipFor(byDomain.clinic.slug, byDomain.accountId))?.memberId ?? "";
  for (const [{ clinicId, system }, memberId] of [
    [clinic, person.memberId],
    [byDomain.clinic, entered],
  ] as const) {
    const [event] = await eventsOf(clinicId, "account.provider_linked");
    // The worker is told of the event in the transaction that writes it.
    expect(await jobsOf(clinicId)).toContainEqual({
      clinicId,
      eventId: await eventIdOf(clinicId, event?.body.object.id),
    });
    for (const _ of ["once", "again"])
      await REACTIONS["account.provider_linked"]?.(system, { objectId: event?.body.object.id ?? "" });
    const mail = await asApp(clinicId, (sql) => sql("SELECT kind, member_id FROM outbox_message"));
    expect(mail).toEqual([{ kind: "provider_linked", member_id: memberId }]);
    const shown = await readClinic(system, {}, (tx) => listNotices(tx, memberId, "2026-11-22"));
    expect(shown).toMatchObject([{ kind: "provider_linked", provider: "generic" }]);
  }
});

async function eventIdOf(clinicId: string, objectId = ""): Promise<string> {
  const [row] = await asApp(clinicId, (sql) =>
    sql("SELECT event_id AS id FROM ledger.event WHERE object_id = $1", [objectId]),
  );
  return row.id;
}

test("whom somebody vouches for is one account's, and another's unlinking does nothing to it", async () => {
  const clinic = await mintClinic(["owner"]);
  const [one, other] = [await newPerson(clinic), await newPerson(clinic)];
  const identity = await identityOf(newId());
  await linkProvider(one.accountId, identity, new Date());
  const again = linkProvider(other.accountId, identity, new Date());
  await expect(again).rejects.toMatchObject({ code: "sign_on.linked_elsewhere" });
  const [link] = await listOwnLinks(one.accountId);
  await unlinkProvider(other.accountId, link?.id ?? "", new Date());
  expect(await listOwnLinks(one.accountId)).toHaveLength(1);
  const free = await identityOf(newId());
  const both = await Promise.allSettled([one, other].map(({ accountId }) => linkProvider(accountId, free, new Date())));
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("the last way in stays, until there is another", async () => {
  const holder = await withoutPassword();
  const [link] = await listOwnLinks(holder.accountId);
  const last = unlinkProvider(holder.accountId, link?.id ?? "", new Date());
  await expect(last).rejects.toMatchObject({ code: "account.last_way_in" });
  const chosen = "eleven paper boats under the bridge";
  await changePassword(holder, { current: "", chosen, address: holder.address }, new Date());
  await unlinkProvider(holder.accountId, link?.id ?? "", new Date());
  expect(await listOwnLinks(holder.accountId)).toEqual([]);
  const { email, address } = holder;
  expect((await attemptSignIn({ email, address, password: chosen, userAgent: "" })).outcome).toBe("opened");
});

test("of the last two, unlinked at the same moment, one stays", async () => {
  const { accountId } = await withoutPassword();
  await linkProvider(accountId, await identityOf(newId()), new Date());
  const links = await listOwnLinks(accountId);
  const results = await Promise.allSettled(links.map(({ id }) => unlinkProvider(accountId, id, new Date())));
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await listOwnLinks(accountId)).toHaveLength(1);
});

test("a passkey is a way in: it lets the last link go, and then stays itself", async () => {
  const { accountId } = await withoutPassword();
  await asOwner((sql) =>
    sql(`INSERT INTO credential (account_id, kind, passkey_id, public_key) VALUES ($1, 'passkey', $2, 'x')`, [
      accountId,
      newId(),
    ]),
  );
  const [link] = await listOwnLinks(accountId);
  await unlinkProvider(accountId, link?.id ?? "", new Date());
  const [passkey, ...others] = (await listOwnFactors(accountId)).factors;
  expect(others).toEqual([]);
  const removing = removeFactor(accountId, passkey?.id ?? "", new Date());
  await expect(removing).rejects.toMatchObject({ code: "account.last_way_in" });
});

test("who has no password proves to be there by a sign-in of the last minutes", async () => {
  const holder = await withoutPassword();
  const given = { password: "", field: "currentPassword", address: holder.address };
  const after = (minutes: number, milliseconds = 0) =>
    new Date(holder.startedAt.getTime() + minutes * 60_000 + milliseconds);
  await confirmHolder(holder, given, after(FRESH_MINUTES));
  const late = confirmHolder(holder, given, after(FRESH_MINUTES, 1));
  await expect(late).rejects.toMatchObject({ code: "account.sign_in_again" });
});

test("who has one proves it by the password, however fresh the sign-in", async () => {
  const person = await newPerson(await mintClinic(["owner"]));
  const holder = { ...person, hasPassword: true, opensAll: true, startedAt: new Date() };
  const given = { password: "not it at all", field: "currentPassword", address: person.address };
  await expect(confirmHolder(holder, given, new Date())).rejects.toMatchObject({ code: "account.password_wrong" });
  const nothing = confirmHolder(holder, { ...given, password: "" }, new Date());
  await expect(nothing).rejects.toMatchObject({ issues: [{ path: "currentPassword", code: "required" }] });
  await confirmHolder(holder, { ...given, password: PASSWORD }, new Date());
});

test("the ledger says of a sign-in by password that it was one", async () => {
  const clinic = await mintClinic(["owner"]);
  const person = await newPerson(clinic);
  await attemptSignIn({ ...person, password: PASSWORD, userAgent: "" });
  await copySignInsInTurn(new Date());
  const [opened] = await eventsOf(clinic.clinicId, "session.opened");
  expect(opened?.body.data).toMatchObject({ way: "password", memberId: person.memberId });
});
