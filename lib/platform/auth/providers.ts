import "server-only";
import type { ProviderKey } from "#lib/kernel/sign-in-ways.ts";
import { env } from "#lib/platform/env.ts";

export type Provider = {
  readonly key: ProviderKey;
  /** As people know it. */
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What makes it ask who sits there: at a front desk its own session is often somebody else's. */
  readonly prompt: "select_account" | "login";
};

/** The providers that this installation offers, by its environment. */
export function offeredProviders(): Provider[] {
  const { OIDC_GOOGLE_ID, OIDC_GOOGLE_SECRET, OIDC_ENTRA_ID, OIDC_ENTRA_SECRET, OIDC_ENTRA_TENANT } = env();
  const { OIDC_GENERIC_ISSUER, OIDC_GENERIC_ID, OIDC_GENERIC_SECRET, OIDC_GENERIC_NAME } = env();
  const offered: Provider[] = [];
  if (OIDC_GOOGLE_ID !== undefined && OIDC_GOOGLE_SECRET !== undefined) {
    const google = { key: "google", name: "Google", issuer: "https://accounts.google.com" } as const;
    offered.push({ ...google, clientId: OIDC_GOOGLE_ID, clientSecret: OIDC_GOOGLE_SECRET, prompt: "select_account" });
  }
  if (OIDC_ENTRA_ID !== undefined && OIDC_ENTRA_SECRET !== undefined && OIDC_ENTRA_TENANT !== undefined) {
    const issuer = `https://login.microsoftonline.com/${OIDC_ENTRA_TENANT}/v2.0`;
    const entra = { key: "entra", name: "Microsoft", issuer } as const;
    offered.push({ ...entra, clientId: OIDC_ENTRA_ID, clientSecret: OIDC_ENTRA_SECRET, prompt: "select_account" });
  }
  if (OIDC_GENERIC_ISSUER !== undefined && OIDC_GENERIC_ID !== undefined && OIDC_GENERIC_SECRET !== undefined) {
    const generic = { key: "generic", name: OIDC_GENERIC_NAME ?? "", issuer: OIDC_GENERIC_ISSUER } as const;
    offered.push({ ...generic, clientId: OIDC_GENERIC_ID, clientSecret: OIDC_GENERIC_SECRET, prompt: "login" });
  }
  return offered;
}

export function offeredProvider(key: unknown): Provider | null {
  return offeredProviders().find((provider) => provider.key === key) ?? null;
}

/** How people know a provider, also one that is no longer offered. */
export function providerName(key: string): string {
  const known = { google: "Google", entra: "Microsoft", generic: "OpenID Connect" };
  return offeredProvider(key)?.name ?? known[key as ProviderKey] ?? key;
}
