import { acceptInvitation } from "#lib/domain/clinic/commands/accept-invitation.ts";
import { foundClinic } from "#lib/domain/clinic/commands/found-clinic.ts";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { systemContext } from "#lib/domain/clinic/queries.ts";
import { type ClinicContext, ROLES, type Role } from "#lib/domain/context.ts";
import { newId } from "#lib/kernel/ids.ts";

// Not a hash of anything: nobody signs in with it.
const NO_PASSWORD = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

export type TestClinic = {
  readonly clinicId: string;
  readonly slug: string;
  readonly system: ClinicContext;
  /** A person of each role. */
  readonly as: Readonly<Record<Role, ClinicContext>>;
};

const NAMES: Record<Role, string> = {
  owner: "Grace Okafor",
  privacy_officer: "Dana Whitfield",
  manager: "Luis Ortega",
  staff: "Maria Santos",
  auditor: "Priya Raman",
};

/** A clinic of the test's own with these people, made through the commands; row-level security keeps tests apart. */
export async function mintClinic(roles: readonly Role[] = ROLES): Promise<TestClinic> {
  const by = { actor: { kind: "operator", job: "test" } as const, requestId: newId(), locale: "en" as const };
  const tag = newId().slice(0, 8);
  const people = Object.fromEntries(
    roles.map((role) => [role, { email: `${role}-${tag}@clinic.test`, name: NAMES[role] }]),
  );
  const founded = await foundClinic(
    {
      clinicName: `Clinic ${tag}`,
      timeZone: "America/New_York",
      owner: { email: `owner-${tag}@clinic.test`, name: NAMES.owner },
    },
    by,
  );
  if (founded.invitationToken === null) throw new Error("founding without a password gives a token");
  const system = await systemContext(founded.clinicId, { kind: "system", job: "test" });
  const as: Partial<Record<Role, ClinicContext>> = {};
  const join = async (role: Role, token: string) => {
    const joining = { name: NAMES[role], passwordHash: NO_PASSWORD };
    const { memberId } = await acceptInvitation(token, joining, {
      requestId: newId(),
      locale: "en",
      signedInAccountId: null,
    });
    as[role] = { ...system, actor: { kind: "member", memberId, name: NAMES[role], role } };
  };
  await join("owner", founded.invitationToken);
  for (const role of roles) {
    if (role === "owner") continue;
    const { token } = await inviteMember(system, { ...requirePerson(people, role), role });
    await join(role, token);
  }
  return { clinicId: founded.clinicId, slug: founded.slug, system, as: as as Record<Role, ClinicContext> };
}

function requirePerson(people: Record<string, { email: string; name: string }>, role: Role) {
  const person = people[role];
  if (person === undefined) throw new Error(`nobody is ${role}`);
  return person;
}
