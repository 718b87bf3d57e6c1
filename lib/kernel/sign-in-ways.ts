/** Who can vouch for a person: Google, Microsoft Entra, or any other that speaks OpenID Connect. */
export const PROVIDERS = ["google", "entra", "generic"] as const;
export type ProviderKey = (typeof PROVIDERS)[number];

/** How somebody signed in. */
export const SIGN_IN_WAYS = ["password", "passkey", ...PROVIDERS] as const;
export type SignInWay = (typeof SIGN_IN_WAYS)[number];
