import "server-only";
import type { ProviderKey } from "#lib/kernel/sign-in-ways.ts";
import type { IdentityTx } from "#lib/platform/db/with-identity.ts";

export type AccountEvent =
  | {
      readonly type:
        | "password_changed"
        | "totp_added"
        | "totp_removed"
        | "passkey_added"
        | "passkey_removed"
        | "recovery_codes_made"
        | "recovery_code_used";
    }
  | { readonly type: "provider_linked" | "provider_unlinked"; readonly provider: ProviderKey }
  | { readonly type: "sessions_ended" | "reset_by_operator"; readonly count: number };

/** Writes down what the holder did to their account, in the transaction that did it; a job copies it into the ledgers. */
export async function noteAccountEvent(
  tx: Pick<IdentityTx, "accountEvent">,
  accountId: string,
  at: Date,
  event: AccountEvent,
): Promise<void> {
  // createMany, because create would read the row back, which this role may not.
  await tx.accountEvent.createMany({ data: [{ accountId, at, ...event }] });
}
