import { afterAll, beforeAll, expect, test } from "vitest";
import { addDomain } from "#lib/domain/clinic/domains/commands/add-domain.ts";
import { endDomain } from "#lib/domain/clinic/domains/commands/end-domain.ts";
import { setJoining } from "#lib/domain/clinic/domains/commands/set-joining.ts";
import { verifyDomain } from "#lib/domain/clinic/domains/commands/verify-domain.ts";
import { getDomainsPage } from "#lib/domain/clinic/domains/queries.ts";
import { newId } from "#lib/kernel/ids.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { type NameServer, openNameServer } from "#tests/support/name-server.ts";
import { memberIdOf } from "#tests/support/roster.ts";
import { domainOf } from "#tests/support/sign-on.ts";

let names: NameServer;
beforeAll(async () => {
  names = await openNameServer();
  process.env.WARDBOOK_DNS = names.address;
});
afterAll(() => names.close());

async function clinicWaiting() {
  const clinic = await mintClinic(["owner", "privacy_officer"]);
  const domain = `clinic-${newId()}.example`;
  const { domainId } = await addDomain(clinic.as.owner, { domain, provider: "google" });
  return { clinic, owner: clinic.as.owner, domain, domainId, shown: await domainOf(clinic, domain) };
}

test("a domain is verified once its record stands in the DNS, and not before", async () => {
  const { clinic, owner, domain, domainId, shown } = await clinicWaiting();
  expect(shown).toMatchObject({ state: "waiting", joins: false, addedBy: "Grace Okafor" });
  const before = await contentsOf(clinic.clinicId);
  const missing = { code: "domain.record_missing", params: { domain } };
  await expect(verifyDomain(owner, { domainId })).rejects.toMatchObject(missing);
  names.says(domain, "v=spf1 -all", "wardbook-verification=another");
  await expect(verifyDomain(owner, { domainId })).rejects.toMatchObject(missing);
  expect(await contentsOf(clinic.clinicId)).toEqual(before);
  names.says(domain, "v=spf1 -all", shown.record);
  await verifyDomain(owner, { domainId });
  expect(await domainOf(clinic, domain)).toMatchObject({ state: "verified", verifiedBy: "Grace Okafor" });
  const events = await eventsOf(clinic.clinicId, "domain.added", "domain.verified");
  expect(events.map(({ type, body }) => [type, body.object.id, body.actor.id])).toEqual([
    ["domain.added", domainId, memberIdOf(owner)],
    ["domain.verified", domainId, memberIdOf(owner)],
  ]);
  expect(JSON.stringify(events.map(({ body }) => body))).not.toContain(domain);
});

test("checking again, also at the same moment, changes and records nothing more", async () => {
  const { clinic, owner, domain, domainId, shown } = await clinicWaiting();
  names.says(domain, shown.record);
  await Promise.all([verifyDomain(owner, { domainId }), verifyDomain(owner, { domainId })]);
  await verifyDomain(owner, { domainId });
  expect(await eventsOf(clinic.clinicId, "domain.verified")).toHaveLength(1);
});

test("a DNS that doesn't answer proves nothing and says so", async () => {
  const { owner, domain, domainId } = await clinicWaiting();
  names.ignores(domain);
  await expect(verifyDomain(owner, { domainId })).rejects.toMatchObject({ code: "domain.dns_unreachable" });
});

test("the record of one clinic proves nothing for another", async () => {
  const { domain, shown } = await clinicWaiting();
  const other = await mintClinic(["owner"]);
  const { domainId } = await addDomain(other.as.owner, { domain, provider: "google" });
  names.says(domain, shown.record);
  await expect(verifyDomain(other.as.owner, { domainId })).rejects.toMatchObject({ code: "domain.record_missing" });
});

test("a domain stands in the list once, in whatever letters; ended it stays there and can be added again", async () => {
  const { clinic, owner, domain, domainId, shown } = await clinicWaiting();
  const again = { domain: `@${domain.toUpperCase()}`, provider: "google" as const };
  await expect(addDomain(owner, again)).rejects.toMatchObject({ code: "domain.already_listed", field: "domain" });
  const added = await Promise.allSettled(
    [1, 2].map(() => addDomain(owner, { domain: `x.${domain}`, provider: "google" })),
  );
  expect(added.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await endDomain(owner, { domainId, version: shown.version });
  const { domainId: second } = await addDomain(owner, again);
  expect(second).not.toBe(domainId);
  const { domains } = await getDomainsPage(owner, {});
  const both = domains.filter((one) => one.domain === domain);
  expect(both.map(({ state }) => state)).toEqual(["waiting", "ended"]);
  expect(both[1]).toMatchObject({ endedBy: "Grace Okafor", endedAt: expect.any(Date) });
  expect(both[0]?.record).not.toBe(both[1]?.record);
  expect(await eventsOf(clinic.clinicId, "domain.ended")).toHaveLength(1);
});

test("nobody's domain is one where anybody has an address", async () => {
  const { owner } = await clinicWaiting();
  const refused = { code: "domain.public_mail", field: "domain" };
  await expect(addDomain(owner, { domain: "Gmail.com", provider: "google" })).rejects.toMatchObject(refused);
});

test("people join by a verified domain only, and a page that is out of date changes nothing", async () => {
  const { clinic, owner, domain, domainId, shown } = await clinicWaiting();
  const early = setJoining(owner, { domainId, version: shown.version, joins: "yes" });
  await expect(early).rejects.toMatchObject({ code: "domain.not_verified" });
  names.says(domain, shown.record);
  await verifyDomain(owner, { domainId });
  const late = setJoining(owner, { domainId, version: shown.version, joins: "yes" });
  await expect(late).rejects.toMatchObject({ code: "domain.changed_meanwhile" });
  const { version } = await domainOf(clinic, domain);
  await setJoining(owner, { domainId, version, joins: "yes" });
  await setJoining(owner, { domainId, version, joins: "yes" });
  expect(await eventsOf(clinic.clinicId, "domain.joining_allowed")).toHaveLength(1);
  await expect(endDomain(owner, { domainId, version })).rejects.toMatchObject({ code: "domain.changed_meanwhile" });
});

test("what has ended takes no more", async () => {
  const { owner, domainId, shown } = await clinicWaiting();
  await endDomain(owner, { domainId, version: shown.version });
  const ended = { code: "domain.ended_already" };
  await expect(verifyDomain(owner, { domainId })).rejects.toMatchObject(ended);
  await expect(setJoining(owner, { domainId, version: 2, joins: "no" })).rejects.toMatchObject(ended);
  await expect(endDomain(owner, { domainId, version: 2 })).rejects.toMatchObject(ended);
});
