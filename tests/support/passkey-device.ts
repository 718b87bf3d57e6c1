import type { Page } from "@playwright/test";

/** Chromium's virtual authenticator: a device that keeps passkeys and knows its user, or doesn't. */
export async function deviceOf(page: Page) {
  const chromium = await page.context().newCDPSession(page);
  await chromium.send("WebAuthn.enable");
  const { authenticatorId } = await chromium.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    verifiesUser: (isUserVerified: boolean) =>
      chromium.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
  };
}
