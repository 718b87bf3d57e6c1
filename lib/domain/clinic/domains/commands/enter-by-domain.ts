import "server-only";
import type { z } from "zod";
import { decideEntry, vouchedEmail } from "#lib/domain/clinic/domains/rules.ts";
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
import { type SignOnRow, signOnAt } from "#lib/platform/db/identity.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

const enter = defineFounding("enter-by-domain", EnterByDomain, async ({ tx, ctx, accountId }, input) => {
  if (accountId === null) throw new NotFound();
  const { identity, how, locale, domainId } = input;
  const domain = await requireOpenDomain(tx, domainId);
  const { id: memberId, event } = await entered(tx, ctx, { accountId, identity, how, locale, joins: domain.joins });
  await addLink(tx, accountId, identity, ctx.now);
  const { provider } = identity;
  const opened = { type: "member.entered", id: memberId, memberId, domainId, provider, entry: how.is } as const;
  return { value: { accountId }, events: event === null ? [opened] : [event, opened] };
});

type Entrance = Omit<z.output<typeof EnterByDomain>, "domainId"> & {
  readonly accountId: string;
  readonly joins: boolean;
};

async function entered(tx: ClinicTx, ctx: WorkContext, { accountId, identity, how, locale, joins }: Entrance) {
  const { email } = identity;
  if (how.is === "link") {
    const member = await tx.member.findFirst({ where: { accountId, endedAt: null }, select: { id: true } });
    if (member === null) throw refuse("sign_on.membership_ended");
    return { id: member.id, event: null };
  }
  const taken = how.is === "accept" ? await takeInvitation(tx, ctx, how.invitationId) : null;
  if (taken === null && !joins) throw refuse("sign_on.not_invited");
  await tx.account.createMany({ data: [{ id: accountId, email, locale }] });
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

/**
 * Signs in whom a provider vouches for. Whoever is not linked with an account yet enters at the clinic whose own address
 * they came from, if it says so: their account there is linked, their invitation accepted, or they join as staff. Refuses
 * `sign_on.unknown_here` without such an address, and as `vouchedEmail` and `decideEntry` do.
 */
export async function signInByProvider(identity: ProviderIdentity, by: By, now: Date): Promise<SignOnOutcome> {
  const known = await signInLinked(identity, by, now);
  if (known !== null) return known;
  try {
    await enterAtClinic(identity, by, now);
  } catch (error) {
    // Another tab of theirs was quicker: then they are linked by now.
    if (!(error instanceof Conflict)) {
      if (error instanceof Refusal) await recordRefusedSignOn(identity, by);
      throw error;
    }
  }
  const opened = await signInLinked(identity, by, now);
  if (opened === null) throw refuse("sign_on.start_over");
  return opened;
}

async function enterAtClinic(identity: ProviderIdentity, by: By, now: Date): Promise<void> {
  if (by.clinic === null) throw refuse("sign_on.unknown_here");
  const { email, domain } = vouchedEmail(identity);
  const at = await signOnAt(by.clinic, domain, email, now);
  const { domainId, ...how } = decideEntry(identity, domain, at);
  if (at === null) throw new NotFound();
  const { provider, issuer, subject, name } = identity;
  await enter(
    { ctx: contextOf(at, by), accountId: at.accountId ?? newId() },
    {
      ...{ domainId, how, locale: by.locale },
      identity: { provider, issuer, subject, email, name: [...name].slice(0, 120).join("").trim() },
    },
  );
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
