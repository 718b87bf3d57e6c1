import { z } from "zod";
import { EmailAddress } from "#lib/domain/clinic/schema.ts";
import type { Role } from "#lib/domain/context.ts";
import { optionalLine } from "#lib/domain/text.ts";
import { PROVIDERS, type ProviderKey } from "#lib/kernel/sign-in-ways.ts";

// A mail domain of the clinic waits until its DNS record is found; then it is verified, until an owner ends it. Ended, it
// stays on record, and the same name can be added again. Only who vouches for its people was chosen with it; whether they
// join by signing in is switched on and off.

/** What the record in the DNS says before its token. */
export const RECORD_NAME = "wardbook-verification";

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/** A name as the DNS has it, from however somebody wrote it; null where it is none. */
export function domainInAscii(text: string): string | null {
  const written = text.normalize("NFKC").trim().toLowerCase().replace(/^@/, "").replace(/\.$/, "");
  if (/[\s/\\:?#@%]/.test(written)) return null;
  const name = URL.parse(`http://${written}/`)?.hostname ?? "";
  const labels = name.split(".");
  const isName = labels.length >= 2 && name.length <= 253 && labels.every((label) => LABEL.test(label));
  // What ends in digits is an address and no name.
  return isName && !/^\d+$/.test(labels.at(-1) ?? "") ? name : null;
}

const DomainName = z.string({ error: "required" }).transform((text, ctx) => {
  if (text.trim() === "") ctx.addIssue({ code: "custom", message: "required" });
  const name = domainInAscii(text);
  if (name === null && text.trim() !== "") ctx.addIssue({ code: "custom", message: "domain_not_understood" });
  return name ?? z.NEVER;
});

const TENANT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const AddDomain = z
  .object({
    domain: DomainName,
    provider: z.enum(PROVIDERS, { error: "choose_provider" }),
    /** Microsoft's directory; whatever stands there for another provider is left out. */
    tenant: z
      .string()
      .default("")
      .transform((text) => text.trim().toLowerCase()),
  })
  .transform(({ tenant, ...added }) => ({ ...added, tenant: added.provider === "entra" ? tenant : "" }))
  .superRefine(({ provider, tenant }, ctx) => {
    if (provider === "entra" && !TENANT.test(tenant))
      ctx.addIssue({ code: "custom", message: "tenant_needed", path: ["tenant"] });
  });

export const OneDomain = z.object({ domainId: z.uuid() });

const version = z.coerce.number().int().positive();

export const SetJoining = OneDomain.extend({
  version,
  /** A word from a form, or the truth value itself. */
  joins: z.union([z.boolean(), z.enum(["yes", "no"]).transform((word) => word === "yes")]),
});
export const EndDomain = OneDomain.extend({ version });

/** What the DNS answered when it was asked for the domain's texts. */
export const VerifyDomain = OneDomain.extend({ records: z.array(z.string()) });

export const DOMAIN_STATES = ["waiting", "verified", "ended"] as const;
export type DomainState = (typeof DOMAIN_STATES)[number];

export type DomainShown = {
  readonly id: string;
  readonly domain: string;
  readonly provider: ProviderKey;
  readonly tenant: string;
  readonly state: DomainState;
  readonly joins: boolean;
  /** What the DNS record says. */
  readonly record: string;
  readonly version: number;
  readonly addedBy: string;
  readonly addedAt: Date;
  readonly verifiedBy: string;
  readonly verifiedAt: Date | null;
  readonly endedBy: string;
  readonly endedAt: Date | null;
};

/** The role of whoever joins by signing in: always the lowest. */
export const JOINING_ROLE = "staff" as const satisfies Role;

export const ENTRIES = ["link", "accept", "join"] as const;

/** Somebody whom a provider vouches for enters at a clinic: `how` was decided from what the clinic says of the address. */
export const EnterByDomain = z.object({
  domainId: z.uuid(),
  identity: z.object({
    provider: z.enum(PROVIDERS),
    issuer: z.string(),
    subject: z.string(),
    email: EmailAddress,
    name: optionalLine(120),
  }),
  how: z.discriminatedUnion("is", [
    z.object({ is: z.literal("link") }),
    z.object({ is: z.literal("accept"), invitationId: z.uuid() }),
    z.object({ is: z.literal("join") }),
  ]),
  locale: z.enum(["en", "es"]),
  /** Whether the account is linked already, and enters one clinic more. */
  isKnown: z.boolean(),
});
export type Entering = z.output<typeof EnterByDomain>["how"];
