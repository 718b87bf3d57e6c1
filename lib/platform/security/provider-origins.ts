/** The hosts of the sign-in providers that are offered, where a form of ours may lead. */
export function providerOrigins(environment: Readonly<Record<string, string | undefined>>): string[] {
  const { OIDC_GOOGLE_ID, OIDC_ENTRA_ID, OIDC_GENERIC_ISSUER } = environment;
  const generic = OIDC_GENERIC_ISSUER ? URL.parse(OIDC_GENERIC_ISSUER)?.origin : undefined;
  return [
    ...(OIDC_GOOGLE_ID ? ["https://accounts.google.com"] : []),
    ...(OIDC_ENTRA_ID ? ["https://login.microsoftonline.com"] : []),
    ...(generic ? [generic] : []),
  ];
}
