import { acceptInvitation } from "#lib/domain/clinic/commands/accept-invitation.ts";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import type { Role } from "#lib/domain/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { hashPassword } from "#lib/platform/auth/password.ts";
import type { TestClinic } from "#tests/support/clinic.ts";

export const PASSWORD = "nine quiet lanterns at the pier";
const passwordHash = hashPassword(PASSWORD);

export type Person = {
  readonly email: string;
  readonly accountId: string;
  readonly memberId: string;
  /** A network address of their own, so that nobody else's tries count against them. */
  readonly address: string;
};

/** A person with an account of their own and PASSWORD, who has joined the clinic. */
export async function newPerson(clinic: TestClinic, role: Role = "staff"): Promise<Person> {
  const email = `${newId()}@clinic.test`;
  const { token } = await inviteMember(clinic.system, { email, name: "Noor Haddad", role });
  const joining = { name: "Noor Haddad", passwordHash: await passwordHash };
  const joined = await acceptInvitation(token, joining, { requestId: newId(), locale: "en", signedInAccountId: null });
  return { email, accountId: joined.accountId, memberId: joined.memberId, address: `address of ${email}` };
}

/** The same person joins another clinic with the account they have. */
export async function joinToo({ email, accountId }: Person, clinic: TestClinic): Promise<{ memberId: string }> {
  const { token } = await inviteMember(clinic.system, { email, name: "Noor Haddad", role: "staff" });
  const by = { requestId: newId(), locale: "en", signedInAccountId: accountId } as const;
  return acceptInvitation(token, { name: "Noor Haddad" }, by);
}
