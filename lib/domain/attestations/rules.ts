import { foldForSearch } from "#lib/domain/text.ts";
import { refuse } from "#lib/kernel/errors.ts";

/** A signature is the signer's own name, whatever its case and accents; refuses `attestation.name_differs`. */
export function assertOwnName(typedName: string, memberName: string): void {
  if (foldForSearch(typedName) !== foldForSearch(memberName)) {
    throw refuse("attestation.name_differs", { name: memberName }, "typedName");
  }
}
