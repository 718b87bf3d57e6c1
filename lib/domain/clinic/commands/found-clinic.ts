import "server-only";
import slugify from "@sindresorhus/slugify";
import { addMember, searchKeyOf } from "#lib/domain/clinic/people/steps.ts";
import { FoundClinic, INVITATION_DAYS } from "#lib/domain/clinic/schema.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { defineFounding, type Founded } from "#lib/domain/founding.ts";
import { newWrappedKey } from "#lib/domain/ledger/record.ts";
import { refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { newToken, tokenHash } from "#lib/platform/auth/token.ts";
import { env } from "#lib/platform/env.ts";

/** What founding gave: with a password the owner has joined; without, a token for their one-time link. */
export type FoundedClinic = {
  readonly clinicId: string;
  readonly slug: string;
  readonly invitationToken: string | null;
};

const found = defineFounding(
  "found-clinic",
  FoundClinic,
  async ({ tx, ctx, accountId, foundation }, input): Promise<Founded<FoundedClinic>> => {
    if (input.onlyFirst && (await foundation.hasAnyClinic())) throw refuse("clinic.already_founded");
    const slug = input.slug ?? slugOf(input.clinicName, ctx.clinicId);
    await tx.clinic.create({
      data: { id: ctx.clinicId, slug, name: input.clinicName, timeZone: input.timeZone, createdAt: ctx.now },
      select: { id: true },
    });
    await foundation.openLedger(originOf(ctx.clinicId), newWrappedKey(ctx.clinicId));
    const founded = {
      type: "clinic.founded",
      id: ctx.clinicId,
      name: input.clinicName,
      timeZone: input.timeZone,
    } as const;
    const { owner } = input;
    if (owner.passwordHash === undefined || accountId === null) {
      const token = newToken();
      const expiresAt = new Date(ctx.now.getTime() + INVITATION_DAYS * 86_400_000);
      const invitation = {
        ...{ id: newId(), email: owner.email, name: owner.name, role: "owner" as const, jobTitle: owner.jobTitle },
        ...{ workforceType: "employee" as const, locationId: null, tracks: [] },
      };
      const kept = { tokenHash: tokenHash(token), searchKey: searchKeyOf(invitation), expiresAt };
      await tx.invitation.create({ data: { ...invitation, ...kept } });
      const times = { startsOn: null, endsOn: null, expiresAt: expiresAt.toISOString() };
      const invited = { type: "member.invited", ...invitation, ...times } as const;
      return { value: { clinicId: ctx.clinicId, slug, invitationToken: token }, events: [founded, invited] };
    }
    await tx.account.createMany({
      data: [
        {
          id: accountId,
          email: owner.email,
          passwordHash: owner.passwordHash,
          passwordChangedAt: ctx.now,
          locale: ctx.locale,
        },
      ],
    });
    const member = {
      id: newId(),
      name: owner.name,
      email: owner.email,
      jobTitle: owner.jobTitle,
      workforceType: "employee" as const,
      role: "owner" as const,
      locationId: null,
      tracks: [],
      startedOn: ctx.today,
      endsOn: null,
    };
    await addMember(tx, ctx, { ...member, accountId, grantedBy: null });
    const joined = { type: "member.joined", ...member, invitationId: null } as const;
    return { value: { clinicId: ctx.clinicId, slug, invitationToken: null }, events: [founded, joined] };
  },
);

/**
 * Founds a clinic with its ledger. With `owner.passwordHash` the owner's new account joins at once (first-run page);
 * without it, an invitation is made whose token is returned once (command line). Refuses `clinic.already_founded`.
 */
export async function foundClinic(
  raw: Parameters<typeof found>[1],
  by: Pick<ClinicContext, "actor" | "requestId" | "locale" | "occurredAt">,
): Promise<FoundedClinic> {
  const clinicId = newId();
  const accountId = raw.owner.passwordHash === undefined ? null : newId();
  const ctx: ClinicContext = { ...by, clinicId, slug: "", clinicName: raw.clinicName, timeZone: raw.timeZone };
  return found({ ctx, accountId }, raw);
}

function slugOf(clinicName: string, clinicId: string): string {
  const slug = slugify(clinicName).slice(0, 50).replace(/-+$/, "");
  return slug === "" ? `clinic-${clinicId.slice(0, 8)}` : slug;
}

// The id in the origin is opaque: a pack that travels names the clinic on its cover, not in every envelope.
function originOf(clinicId: string): string {
  return `${new URL(env().WARDBOOK_URL).host}/c/${clinicId.replaceAll("-", "").slice(0, 16)}/1`;
}
