import "server-only";
import { generateSecret, generateURI, verify } from "otplib";

const PERIOD_SECONDS = 30;

/** A secret for an authenticator app, 160 bits in base32, as RFC 4226 asks. */
export function newTotpSecret(): string {
  return generateSecret({ length: 20 });
}

/** What the app reads from the picture: RFC 6238 with its usual six digits and 30 seconds. */
export function totpAddress(secret: string, email: string): string {
  return generateURI({ issuer: "Wardbook", label: email, secret });
}

/** The time step whose code this is, the one before and the one after `now` among them; null when it is none of theirs. */
export async function stepOfCode(secret: string, code: string, now: Date): Promise<number | null> {
  const token = code.replace(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const epoch = Math.floor(now.getTime() / 1000);
  const result = await verify({ secret, token, epoch, period: PERIOD_SECONDS, epochTolerance: PERIOD_SECONDS });
  // The package says more of a code by time than its common type tells.
  return result.valid && "timeStep" in result ? result.timeStep : null;
}
