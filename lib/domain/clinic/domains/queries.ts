import "server-only";
import { z } from "zod";
import { OneDomain } from "#lib/domain/clinic/domains/schema.ts";
import { listDomains, requireOpenDomain } from "#lib/domain/clinic/domains/store.ts";
import { defineQuery } from "#lib/domain/query.ts";

/** The clinic's mail domains, and the address at which their people sign in. */
export const getDomainsPage = defineQuery("domains-page", "domain.see", z.object({}), async ({ tx, ctx }) => ({
  domains: await listDomains(tx),
  asOf: ctx.now,
}));

/** A domain whose DNS is to be asked. */
export const getDomainToVerify = defineQuery(
  "domain-to-verify",
  "domain.keep",
  OneDomain,
  async ({ tx }, { domainId }) => {
    const { domain, verifiedAt } = await requireOpenDomain(tx, domainId);
    return { domain, isVerified: verifiedAt !== null };
  },
);
