import { createHash, randomBytes } from "node:crypto";
import { keyedHash } from "#lib/platform/auth/keyed-hash.ts";

/** 256 random bits for a cookie or a one-time link. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** The token of an invitation's link: made from its id, so that a letter that is sent twice holds the same link. */
export function invitationToken(invitationId: string): string {
  return Buffer.from(keyedHash("invitation", invitationId)).toString("base64url");
}

/** What the database keeps of a token. */
export function tokenHash(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}
