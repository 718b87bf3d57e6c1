import { notFound } from "next/navigation";
import { POLICY_CODES, type PolicyCode } from "#lib/domain/policies/documents/schema.ts";

/** The policy that an address means, or Next's not-found page. */
export function policyCodeIn(address: { code: string }): PolicyCode {
  return POLICY_CODES.find((code) => code === address.code) ?? notFound();
}

/** The number of a version in an address. */
export function versionNumberIn(address: { number: string }): number {
  return /^[1-9]\d{0,5}$/.test(address.number) ? Number(address.number) : notFound();
}
