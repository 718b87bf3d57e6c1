import { z } from "zod";
import { ENTRIES } from "#lib/domain/clinic/domains/schema.ts";
import { defineEvent, personal } from "#lib/domain/event.ts";
import { PROVIDERS } from "#lib/kernel/sign-in-ways.ts";

const OF_THE_DOMAIN = { domain: personal(z.string()), provider: z.enum(PROVIDERS) };

export const domainEvents = [
  defineEvent("domain.added", "clinic_domain", { ...OF_THE_DOMAIN, tenant: personal(z.string()) }),
  defineEvent("domain.verified", "clinic_domain", OF_THE_DOMAIN),
  defineEvent("domain.joining_allowed", "clinic_domain", OF_THE_DOMAIN),
  defineEvent("domain.joining_stopped", "clinic_domain", OF_THE_DOMAIN),
  defineEvent("domain.ended", "clinic_domain", OF_THE_DOMAIN),
  // How somebody whom a provider vouches for came in: an account linked, an invitation accepted, or joined as staff.
  defineEvent("member.entered", "member", {
    memberId: z.uuid(),
    domainId: z.uuid(),
    provider: z.enum(PROVIDERS),
    entry: z.enum(ENTRIES),
  }),
] as const;
