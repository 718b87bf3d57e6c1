import {
  type DomainShown,
  type DomainState,
  domainInAscii,
  type Entering,
  RECORD_NAME,
} from "#lib/domain/clinic/domains/schema.ts";
import { EmailAddress } from "#lib/domain/clinic/schema.ts";
import { withoutInvisible } from "#lib/domain/text.ts";
import { refuse } from "#lib/kernel/errors.ts";
import type { ProviderKey } from "#lib/kernel/sign-in-ways.ts";

// Where anybody gets an address. Nobody could put a clinic's record into their DNS: this only says so at once.
const PUBLIC_MAIL: ReadonlySet<string> = new Set([
  ...["gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com"],
  ...["aol.com", "icloud.com", "me.com", "mac.com", "proton.me", "protonmail.com", "gmx.com", "mail.com", "zoho.com"],
  ...["comcast.net", "att.net", "verizon.net", "sbcglobal.net", "cox.net", "fastmail.com", "hey.com", "yandex.com"],
]);

/** Whether anybody can have an address there. */
export function isPublicMail(domain: string): boolean {
  return PUBLIC_MAIL.has(domain);
}

/** The text that proves a domain, as it is to stand in the DNS. */
export function recordOf(token: string): string {
  return `${RECORD_NAME}=${token}`;
}

/** Whether the clinic's own text is among those that the DNS has. */
export function provesDomain(token: string, records: readonly string[]): boolean {
  return records.some((record) => record.trim() === recordOf(token));
}

export function domainState({ verifiedAt, endedAt }: Pick<DomainShown, "verifiedAt" | "endedAt">): DomainState {
  if (endedAt !== null) return "ended";
  return verifiedAt === null ? "waiting" : "verified";
}

/** The domain of an address, as the DNS has it. */
export function domainOfEmail(email: string): string | null {
  const at = email.lastIndexOf("@");
  return at < 1 ? null : domainInAscii(email.slice(at + 1));
}

/** Whom a provider vouches for, as far as the rules ask. */
export type Vouched = {
  readonly provider: ProviderKey;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly hostedDomain: string | null;
  readonly tenantId: string | null;
};

/** What a clinic has to do with the address. */
export type AtClinic = {
  readonly domainId: string | null;
  readonly provider: string | null;
  readonly tenantId: string | null;
  readonly joins: boolean | null;
  readonly accountId: string | null;
  readonly isElsewhere: boolean;
  readonly membership: "none" | "serving" | "ended";
  readonly invitationId: string | null;
};

/**
 * The address, where the provider stands for it. Refuses `sign_on.email_unverified`. Microsoft says of no address that it
 * is verified, and its directories let anybody be given any: there the tenant that the clinic named stands for it.
 */
export function vouchedEmail({ provider, email, emailVerified }: Vouched): { email: string; domain: string } {
  // What was pasted may lose what nobody sees; an account elsewhere whose address only looks like somebody's is another's.
  const domain = email === null || withoutInvisible(email) !== email ? null : domainOfEmail(email);
  const address = EmailAddress.safeParse(`${email?.slice(0, email.lastIndexOf("@"))}@${domain}`);
  if (domain === null || !address.success) throw refuse("sign_on.email_unverified");
  if (provider !== "entra" && !emailVerified) throw refuse("sign_on.email_unverified");
  return { email: address.data, domain };
}

/**
 * How somebody enters at the clinic where they sign in: an open invitation is accepted, or they join as staff; whom no
 * account is linked with yet (`isKnown`), theirs is linked. Refuses with what stands against it and the way on.
 */
export function decideEntry(
  identity: Vouched,
  domain: string,
  at: AtClinic | null,
  isKnown = false,
): Entering & { domainId: string } {
  if (at === null || at.domainId === null || at.provider !== identity.provider)
    throw refuse(isKnown ? "sign_on.not_of_clinic" : "sign_on.wrong_domain");
  const { domainId } = at;
  if (!isOfOrganization(identity, domain, at)) throw refuse("sign_on.other_organization");
  if (at.membership === "ended") throw refuse("sign_on.membership_ended");
  if (at.accountId !== null && !isKnown) {
    // An account that serves elsewhere too is no one clinic's to open.
    if (at.membership !== "serving" || at.isElsewhere) throw refuse("sign_on.link_first");
    return { is: "link", domainId };
  }
  if (at.invitationId !== null) return { is: "accept", invitationId: at.invitationId, domainId };
  if (at.joins !== true) throw refuse(isKnown ? "sign_on.not_of_clinic" : "sign_on.not_invited");
  return { is: "join", domainId };
}

// An address alone is no proof of belonging: Google says whose account it is by "hd", Microsoft by "tid".
function isOfOrganization(identity: Vouched, domain: string, { tenantId }: AtClinic): boolean {
  switch (identity.provider) {
    case "google":
      return identity.hostedDomain === domain;
    case "entra":
      return identity.tenantId !== null && identity.tenantId === tenantId;
    case "generic":
      return true;
    default: {
      const unhandled: never = identity.provider;
      return unhandled;
    }
  }
}
