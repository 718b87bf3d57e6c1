import "server-only";
import type { z } from "zod";
import { decideEntry, domainOfEmail, vouchedEmail } from "#lib/domain/clinic/domains/rules.ts";
import { EnterByDomain, JOINING_ROLE } from "#lib/domain/clinic/domains/schema.ts";
import { requireOpenDomain } from "#lib/domain/clinic/domains/store.ts";
import { addMember, joinAsInvited, takeInvitation } from "#lib/domain/clinic/people/steps.ts";
import type { ClinicContext, WorkContext } from "#lib/domain/context.ts";
import { defineFounding } from "#lib/domain/founding.ts";
import { Conflict, NotFound, Refusal, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import {
  addLink,
  recordRefusedSignOn,
  type SignOnOutcome,
  signInLinked,
  type Visit,
} from "#lib/platform/auth/linked.ts";
import type { ProviderIdentity } from "#lib/platform/auth/sign-on.ts";
import { type LinkedRow, linkedAccount, membershipFor, type SignOnRow, signOnAt } from "#lib/platform/db/identity.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

const enter = defineFounding("enter-by-domain", EnterByDomain, async ({ tx, ctx, accountId }, input) => {
  if (accountId === null) throw new NotFound();
  const { identity, how, locale, domainId, isKnown } = input;
  const domain = await requireOpenDomain(tx, domainId);
  const { id: memberId, event } = await entered(tx, ctx, {
    accountId,
    identity,
    how,
    locale,
    isKnown,
    joins: domain.joins,
  });
  if (!isKnown) await addLink(tx, accountId, identity, ctx.now, ctx.clinicId);
  const { provider } = identity;
  const opened = { type: "member.entered", id: memberId, memberId, domainId, provider, entry: how.is } as const;
  return { value: { accountId }, events: event === null ? [opened] : [event, opened] };
});

type Entrance = Omit<z.output<typeof EnterByDomain>, "domainId"> & {
  readonly accountId: string;
  readonly joins: boolean;
};

async function entered(tx: ClinicTx, ctx: WorkContext, { accountId, identity, how, locale, isKnown, joins }: Entrance) {
  const { email } = identity;
  if (how.is === "link") {
    const member = await tx.member.findFirst({ where: { accountId, endedAt: null }, select: { id: true } });
    if (member === null) throw refuse("sign_on.membership_ended");
    return { id: member.id, event: null };
  }
  const taken = how.is === "accept" ? await takeInvitation(tx, ctx, how.invitationId) : null;
  if (taken === null && !joins) throw refuse("sign_on.not_invited");
  if (!isKnown) await tx.account.createMany({ data: [{ id: accountId, email, locale }] });
  const name = identity.name || email;
  if (taken !== null) {
    const joined = await joinAsInvited(tx, ctx, taken, { accountId, name: taken.name });
    return { id: joined.id, event: { type: "member.joined" as const, ...joined } };
  }
  const member = {
    ...{ id: newId(), name, email, jobTitle: "", workforceType: "employee" as const, role: JOINING_ROLE },
    ...{ locationId: null, tracks: [], startedOn: ctx.today, endsOn: null },
  };
  await addMember(tx, ctx, { ...member, accountId, grantedBy: null });
  return { id: member.id, event: { type: "member.joined" as const, ...member, invitationId: null } };
}

type By = Pick<ClinicContext, "requestId" | "locale" | "occurredAt"> & Visit & { readonly clinic: string | null };

/** How far somebody got, and the clinic whose own address they came from, if they may go there today. */
type Arrival = SignOnOutcome & { readonly clinic: string | null };

/**
 * Signs in whom a provider vouches for. Who is no member of the clinic whose own address they came from enters there first,
 * if it says so: their account is linked, their invitation accepted, or they join as staff. Refuses `sign_on.unknown_here`
 * to who is not linked and came from no such address, and as `vouchedEmail`, `decideEntry` and `signInLinked` do.
 */
export async function signInByProvider(identity: ProviderIdentity, by: By, now: Date): Promise<Arrival> {
  try {
    await enterAtClinic(identity, await linkedAccount(identity.issuer, identity.subject), by, now);
    const opened = await signInLinked(identity, by, now);
    if (opened === null) throw refuse("sign_on.start_over");
    const isThere = by.clinic !== null && (await membershipFor(by.clinic, opened.accountId)) !== null;
    return { ...opened, clinic: isThere ? by.clinic : null };
  } catch (error) {
    if (error instanceof Refusal) await recordRefusedSignOn(identity, by);
    throw error;
  }
}

async function enterAtClinic(identity: ProviderIdentity, linked: LinkedRow | null, by: By, now: Date): Promise<void> {
  if (by.clinic === null) {
    if (linked === null) throw refuse("sign_on.unknown_here");
    return;
  }
  if (linked !== null && (await servesAt(by.clinic, linked, now))) return;
  const { email, domain } = vouchedEmail(identity);
  // What a clinic says of an address it says of the account that has it.
  if (linked !== null && linked.email !== email) throw refuse("sign_on.not_of_clinic");
  const at = await signOnAt(by.clinic, domain, email, now);
  const { domainId, ...how } = decideEntry(identity, domain, at, linked !== null);
  if (at === null) throw new NotFound();
  const { provider, issuer, subject, name } = identity;
  await enter(
    { ctx: contextOf(at, by), accountId: at.accountId ?? newId() },
    {
      ...{ domainId, how, locale: by.locale, isKnown: linked !== null },
      identity: { provider, issuer, subject, email, name: [...name].slice(0, 120).join("").trim() },
    },
  ).catch((error: unknown) => {
    // Another tab of theirs was quicker: then they are linked, and a member, by now.
    if (!(error instanceof Conflict)) throw error;
  });
}

/** Whether the account is in the clinic already, also from a later day on. */
async function servesAt(slug: string, { email }: LinkedRow, now: Date): Promise<boolean> {
  const at = await signOnAt(slug, domainOfEmail(email) ?? "", email, now);
  return at?.membership === "serving";
}

function contextOf({ clinicId, slug, clinicName, timeZone }: SignOnRow, by: By): ClinicContext {
  const { locale, requestId, occurredAt } = by;
  return {
    ...{ clinicId, slug, clinicName, timeZone, locale, requestId },
    ...(occurredAt === undefined ? {} : { occurredAt }),
    // Nobody has signed in yet: the clinic's own rule for its domain is the permission, and the event says whom it let in.
    actor: { kind: "system", job: "sign-on" },
  };
}
