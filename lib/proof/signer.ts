import { hashFromHex, isSha256Hex } from "#lib/proof/hash.ts";
import { verifyConsistency } from "#lib/proof/merkle-verify.ts";

/** What the signer remembers of what it signed last; hex, so that it can be kept as JSON. */
export type SignedState = {
  readonly origin: string;
  readonly size: number;
  /** 64 lower-case hex characters. */
  readonly root: string;
};

/** A tree offered for signing, with the RFC 6962 proof that it begins with the one signed last (empty for the first). */
export type SigningOffer = SignedState & { readonly consistency: readonly Uint8Array[] };

export type SigningRefusal =
  | "malformed"
  | "other_origin"
  | "smaller_than_signed"
  | "same_size_other_root"
  | "does_not_extend";

export type SigningDecision =
  | { readonly sign: true; readonly state: SignedState }
  | { readonly sign: false; readonly reason: SigningRefusal };

/**
 * The one rule of the signer: it signs nothing that does not extend what it signed last. A restored backup, a rewritten
 * past and a cut tail all end here. Offering the same tree again is no contradiction and is signed.
 */
export function decideSigning(last: SignedState | null, offer: SigningOffer): SigningDecision {
  const { origin, size, root, consistency } = offer;
  if (!Number.isSafeInteger(size) || size < 0 || !isSha256Hex(root)) return refuseSigning("malformed");
  if (last === null) {
    return consistency.length === 0 ? { sign: true, state: { origin, size, root } } : refuseSigning("malformed");
  }
  if (origin !== last.origin) return refuseSigning("other_origin");
  if (size < last.size) return refuseSigning("smaller_than_signed");
  if (size === last.size && root !== last.root) return refuseSigning("same_size_other_root");
  const extendsLast = verifyConsistency({
    oldSize: last.size,
    oldRoot: hashFromHex(last.root),
    newSize: size,
    newRoot: hashFromHex(root),
    proof: consistency,
  });
  return extendsLast ? { sign: true, state: { origin, size, root } } : refuseSigning("does_not_extend");
}

function refuseSigning(reason: SigningRefusal): SigningDecision {
  return { sign: false, reason };
}
