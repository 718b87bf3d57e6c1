import type { z } from "zod";
import { acceptInvitation } from "#lib/domain/clinic/commands/accept-invitation.ts";
import { foundClinic } from "#lib/domain/clinic/commands/found-clinic.ts";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import type { InviteMember } from "#lib/domain/clinic/people/schema.ts";
import { systemContext } from "#lib/domain/clinic/queries.ts";
import type { ClinicContext, Locale, Role } from "#lib/domain/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { daysBefore } from "#scripts/days-before.ts";

export type PersonToJoin = Pick<z.input<typeof InviteMember>, "workforceType"> & {
  role: Role;
  name: string;
  email: string;
  jobTitle: string;
  locale?: Locale;
};

export type ClinicToOpen = { name: string; slug: string; timeZone: string; people: readonly PersonToJoin[] };

/** Who acts when: by role the first of it, or anybody by the first name of their email. */
export type OpenedClinic = {
  readonly clinicId: string;
  readonly system: (at: Date) => ClinicContext;
  readonly as: (who: Role | (string & {}), at: Date) => ClinicContext;
  /** Invites somebody more, who joins two days later. */
  readonly invite: (by: ClinicContext, person: PersonToInvite) => Promise<void>;
};

export type PersonToInvite = z.input<typeof InviteMember> & { readonly jobTitle: string; readonly locale?: Locale };

/** Founds a clinic and lets its people join by invitation, all at one moment, through the commands that pages use. */
export async function openClinic(clinic: ClinicToOpen, passwordHash: string, at: Date): Promise<OpenedClinic> {
  const operator = {
    actor: { kind: "operator", job: "demo" } as const,
    requestId: newId(),
    locale: "en" as const,
    occurredAt: at,
  };
  const [owner, ...others] = clinic.people;
  if (owner === undefined) throw new Error("a clinic has an owner");
  const { clinicId, invitationToken } = await foundClinic(
    {
      clinicName: clinic.name,
      slug: clinic.slug,
      timeZone: clinic.timeZone,
      owner: { email: owner.email, name: owner.name },
    },
    operator,
  );
  const system = { ...(await systemContext(clinicId, { kind: "system", job: "demo" })), occurredAt: at };
  const joined: Array<PersonToJoin & { memberId: string }> = [];
  const join = async (person: PersonToJoin, token: string, occurredAt = at) => {
    const { name, jobTitle, workforceType = person.role === "auditor" ? "external" : "employee" } = person;
    const by = { requestId: newId(), locale: person.locale ?? "en", occurredAt, signedInAccountId: null } as const;
    const joining = { name, jobTitle, workforceType, passwordHash, locale: by.locale };
    const { memberId } = await acceptInvitation(token, joining, by);
    joined.push({ ...person, memberId });
  };
  await join(owner, invitationToken ?? "");
  for (const person of others) {
    const { token } = await inviteMember(system, { email: person.email, name: person.name, role: person.role });
    await join(person, token);
  }
  return {
    clinicId,
    system: (moment) => ({ ...system, requestId: newId(), occurredAt: moment }),
    as: (who, moment) => {
      const person = joined.find(({ role, email }) => role === who || email.startsWith(`${who}@`));
      if (person === undefined) throw new Error(`nobody in ${clinic.name} is ${who}`);
      const { memberId, name, role } = person;
      const actor = { kind: "member", memberId, name, role } as const;
      return { ...system, requestId: newId(), occurredAt: moment, actor };
    },
    invite: async (by, { locale, ...invited }) => {
      const { token } = await inviteMember(by, invited);
      await join({ ...invited, ...(locale && { locale }) }, token, daysBefore(by.occurredAt ?? at, -2));
    },
  };
}
