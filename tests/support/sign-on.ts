import { addDomain } from "#lib/domain/clinic/domains/commands/add-domain.ts";
import { signInByProvider } from "#lib/domain/clinic/domains/commands/enter-by-domain.ts";
import { setJoining } from "#lib/domain/clinic/domains/commands/set-joining.ts";
import { verifyDomain } from "#lib/domain/clinic/domains/commands/verify-domain.ts";
import { getDomainsPage } from "#lib/domain/clinic/domains/queries.ts";
import type { DomainShown } from "#lib/domain/clinic/domains/schema.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { ProviderKey } from "#lib/kernel/sign-in-ways.ts";
import type { Provider } from "#lib/platform/auth/providers.ts";
import {
  beginSignOn,
  finishSignOn,
  openFlow,
  type ProviderIdentity,
  type SignOnFlow,
} from "#lib/platform/auth/sign-on.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import type { NameServer } from "#tests/support/name-server.ts";
import type { SignInProvider, Vouched } from "#tests/support/sign-in-provider.ts";

export const TENANT = "5c1d2c1e-8d0a-4f7e-9a51-0d3f6f0b7a11";

export async function domainOf({ as }: TestClinic, domain: string): Promise<DomainShown> {
  const { domains } = await getDomainsPage(as.owner, {});
  const found = domains.find((one) => one.domain === domain && one.state !== "ended");
  if (found === undefined) throw new Error(`the clinic has no ${domain}`);
  return found;
}

/** A clinic with a verified domain of its own, whose people may join by signing in unless `joins` says no. */
export async function clinicWithDomain(
  names: NameServer,
  { provider = "google", joins = true, domain = `clinic-${newId()}.example`, tenant = TENANT }: DomainMade = {},
): Promise<{ clinic: TestClinic; domain: string }> {
  const clinic = await mintClinic(["owner", "privacy_officer"]);
  await addVerified(names, clinic, { provider, joins, domain, tenant });
  return { clinic, domain };
}

type DomainMade = { provider?: ProviderKey; joins?: boolean; domain?: string; tenant?: string };

export async function addVerified(
  names: NameServer,
  clinic: TestClinic,
  { provider, joins, domain, tenant = TENANT }: Required<Omit<DomainMade, "tenant">> & Pick<DomainMade, "tenant">,
): Promise<void> {
  const { owner } = clinic.as;
  const { domainId } = await addDomain(owner, { domain, provider, tenant: provider === "entra" ? tenant : "" });
  names.says(domain, "v=spf1 -all", (await domainOf(clinic, domain)).record);
  await verifyDomain(owner, { domainId });
  if (joins) await setJoining(owner, { domainId, joins, version: (await domainOf(clinic, domain)).version });
}

/** Whom the provider vouches for, after a walk through its pages. */
export async function identityFrom(
  server: SignInProvider,
  provider: Provider,
  person: Vouched | null,
): Promise<ProviderIdentity> {
  const { flow, query } = await returned(server, provider, person);
  return finishSignOn(provider, flow, query, new Date());
}

/** What a browser brings back from the provider, and what its cookie kept meanwhile. */
export async function returned(
  server: SignInProvider,
  provider: Provider,
  person: Vouched | null,
  accountId: string | null = null,
): Promise<{ flow: SignOnFlow; query: URLSearchParams }> {
  const { url, cookie } = await beginSignOn(provider, { accountId, clinic: null, next: null }, new Date());
  server.sits(person);
  const query = await server.visit(url);
  const flow = openFlow(cookie, new Date());
  if (flow === null) throw new Error("the cookie of a moment ago is over");
  return { flow, query };
}

/** Signs in whom the provider vouches for, at the clinic's own address or at none. */
export async function enterAs(identity: ProviderIdentity, clinic: TestClinic | null) {
  const by = {
    requestId: newId(),
    locale: "en" as const,
    address: `address of ${identity.subject}`,
    userAgent: "a browser",
  };
  return signInByProvider(identity, { ...by, clinic: clinic?.slug ?? null }, new Date());
}

/** Whom a provider would vouch for, without a walk through its pages. */
export function vouchedFor(email = "any@where.example"): ProviderIdentity {
  return {
    ...{ provider: "google", issuer: "https://accounts.example", subject: newId(), email, emailVerified: true },
    ...{ name: "", hostedDomain: null, tenantId: null, provedFactor: false },
  };
}
