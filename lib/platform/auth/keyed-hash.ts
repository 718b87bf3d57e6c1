import "server-only";
import { createHmac } from "node:crypto";
import { env } from "#lib/platform/env.ts";

/**
 * A keyed hash for one use: what the database keeps instead of an email or a network address, the secret in the address
 * of a block list, the signature of a notice, the name of whose draft a browser keeps, a recovery code, the token of an
 * invitation.
 */
export function keyedHash(
  use: "email" | "address" | "block list" | "notice" | "draft" | "recovery code" | "invitation",
  value: string,
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHmac("sha256", `${use}:${env().WARDBOOK_SECRET}`).update(value).digest());
}
