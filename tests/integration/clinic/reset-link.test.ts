import { describe, expect, test } from "vitest";
import { issueResetLink } from "#lib/domain/clinic/access/commands/issue-reset-link.ts";
import { findResetLink, resetPassword } from "#lib/domain/clinic/access/commands/reset-password.ts";
import { getResetLinkPage } from "#lib/domain/clinic/access/queries.ts";
import type { ClinicContext, Role } from "#lib/domain/context.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { linkProvider, listOwnLinks } from "#lib/platform/auth/linked.ts";
import { hashPassword } from "#lib/platform/auth/password.ts";
import { attemptSignIn, openSession } from "#lib/platform/auth/sign-in.ts";
import { newToken, tokenHash } from "#lib/platform/auth/token.ts";
import { accountForSignIn, sessionForToken } from "#lib/platform/db/identity.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { joinToo, newPerson } from "#tests/support/people.ts";
import { vouchedFor } from "#tests/support/sign-on.ts";

const CHOSEN = "eleven paper boats under the bridge";
const by = () => ({ requestId: newId(), locale: "en" as const });

async function clinicWithPerson(role: Role = "staff") {
  const clinic = await mintClinic(["owner", "privacy_officer", "manager"]);
  return { clinic, person: await newPerson(clinic, role) };
}

function memberIdOf({ actor }: ClinicContext): string {
  return actor.kind === "member" ? actor.memberId : "";
}

describe("a reset link", () => {
  test("sets the password, ends all sessions, and both steps are in the clinic's ledger", async () => {
    const { clinic, person } = await clinicWithPerson();
    const { token } = await openSession(person.accountId, "a browser");
    const link = await issueResetLink(clinic.as.privacy_officer, { memberId: person.memberId });
    expect(await findResetLink(link.token, new Date())).toMatchObject({ state: "open", email: person.email });
    await resetPassword(link.token, await hashPassword(CHOSEN), by());
    expect((await sessionForToken(tokenHash(token)))?.revokedAt).not.toBeNull();
    expect((await attemptSignIn({ ...person, password: CHOSEN, userAgent: "" })).outcome).toBe("opened");
    const events = await eventsOf(clinic.clinicId, "reset_link.issued", "reset_link.used");
    expect(events.map(({ type, body }) => [type, body.actor, body.data])).toMatchObject([
      ["reset_link.issued", { id: memberIdOf(clinic.as.privacy_officer) }, { memberId: person.memberId }],
      ["reset_link.used", { kind: "system" }, { memberId: person.memberId, sessionsEnded: 1 }],
    ]);
  });

  test("ends what somebody else may have linked, and the ledger counts it", async () => {
    const { clinic, person } = await clinicWithPerson();
    await linkProvider(person.accountId, vouchedFor(), new Date());
    const { token } = await issueResetLink(clinic.as.owner, { memberId: person.memberId });
    await resetPassword(token, await hashPassword(CHOSEN), by());
    expect(await listOwnLinks(person.accountId)).toEqual([]);
    const [used] = await eventsOf(clinic.clinicId, "reset_link.used");
    expect(used?.body.data).toMatchObject({ linksEnded: 1 });
  });

  test("is kept as a hash, and shown to nobody again", async () => {
    const { clinic, person } = await clinicWithPerson();
    const { token } = await issueResetLink(clinic.as.owner, { memberId: person.memberId });
    const contents = JSON.stringify(await contentsOf(clinic.clinicId));
    expect(contents).not.toContain(token);
    expect(contents).not.toContain(Buffer.from(token).toString("hex"));
  });

  test("works once, also when it is used twice at the same moment", async () => {
    const { clinic, person } = await clinicWithPerson();
    const { token } = await issueResetLink(clinic.as.owner, { memberId: person.memberId });
    const results = await Promise.allSettled([
      resetPassword(token, "first", by()),
      resetPassword(token, "second", by()),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const chosen = (await accountForSignIn(person.email))?.passwordHash;
    await expect(resetPassword(token, "third", by())).rejects.toMatchObject({ code: "reset_link.used_or_expired" });
    expect((await accountForSignIn(person.email))?.passwordHash).toBe(chosen);
    expect(await eventsOf(clinic.clinicId, "reset_link.used")).toHaveLength(1);
  });

  test("is over after 24 hours, and not a moment before", async () => {
    const { clinic, person } = await clinicWithPerson();
    const { token, expiresAt } = await issueResetLink(clinic.as.owner, { memberId: person.memberId });
    expect(await findResetLink(token, new Date(expiresAt.getTime() - 1))).toMatchObject({ state: "open" });
    expect(await findResetLink(token, expiresAt)).toEqual({ state: "over" });
    const late = { ...by(), occurredAt: expiresAt };
    await expect(resetPassword(token, "late", late)).rejects.toMatchObject({ code: "reset_link.used_or_expired" });
    await resetPassword(token, "in time", by());
  });

  test("is replaced by a newer one", async () => {
    const { clinic, person } = await clinicWithPerson();
    const older = await issueResetLink(clinic.as.owner, { memberId: person.memberId });
    const newer = await issueResetLink(clinic.as.owner, { memberId: person.memberId });
    expect(await findResetLink(older.token, new Date())).toEqual({ state: "over" });
    expect(await findResetLink(newer.token, new Date())).toMatchObject({ state: "open" });
  });

  test("that nobody was given is not found", async () => {
    await expect(resetPassword(newToken(), "x", by())).rejects.toThrow(NotFound);
    expect(await findResetLink(newToken(), new Date())).toEqual({ state: "over" });
  });
});

describe("nobody gets a link", () => {
  test("for an account that is in another clinic too, nor does one work that was made before", async () => {
    const { clinic, person } = await clinicWithPerson();
    const before = await issueResetLink(clinic.as.owner, { memberId: person.memberId });
    await joinToo(person, await mintClinic(["owner"]));
    const asked = issueResetLink(clinic.as.owner, { memberId: person.memberId });
    await expect(asked).rejects.toMatchObject({ code: "reset_link.other_clinic" });
    const account = await accountForSignIn(person.email);
    await expect(resetPassword(before.token, "x", by())).rejects.toMatchObject({ code: "reset_link.joined_another" });
    expect(await accountForSignIn(person.email)).toEqual(account);
  });

  test("for themselves, nor for an owner unless they are one", async () => {
    const { clinic, person } = await clinicWithPerson("owner");
    const { owner, privacy_officer: officer } = clinic.as;
    await expect(issueResetLink(officer, { memberId: memberIdOf(officer) })).rejects.toMatchObject({
      code: "reset_link.own",
    });
    await expect(issueResetLink(officer, { memberId: person.memberId })).rejects.toMatchObject({
      code: "reset_link.of_owner",
    });
    expect((await getResetLinkPage(officer, {})).members.map(({ role }) => role)).toEqual(["manager"]);
    await issueResetLink(owner, { memberId: person.memberId });
  });

  test("for somebody who does not serve that day", async () => {
    const { clinic, person } = await clinicWithPerson();
    const beforeTheyCame = { ...clinic.as.owner, occurredAt: new Date("2020-01-05T12:00:00Z") };
    await expect(issueResetLink(beforeTheyCame, { memberId: person.memberId })).rejects.toThrow(NotFound);
  });
});
