import "server-only";
import { InvalidInput, refuse } from "#lib/kernel/errors.ts";
import { confirmPassword, type Holder } from "#lib/platform/auth/confirm-password.ts";
import { requestFacts } from "#lib/platform/auth/request.ts";

/** Who has no password proves to be there by having signed in this recently. */
export const FRESH_MINUTES = 10;

export type SignedInHolder = Holder & {
  readonly hasPassword: boolean;
  readonly opensAll: boolean;
  readonly startedAt: Date;
};

/**
 * Makes sure that whoever sits at a signed-in browser is the account's holder: by the password, or by a fresh sign-in where
 * there is none. Whom one clinic's provider alone vouched for, while they are in others, is not sure to be the holder.
 * Refuses as `confirmPassword` does, `account.sign_in_again` and `account.sign_in_own`.
 */
export async function confirmHolder(
  holder: SignedInHolder,
  given: { password: string; field: string; address: string },
  now: Date,
): Promise<void> {
  if (holder.hasPassword) {
    // Nothing typed is no try.
    if (given.password === "") throw new InvalidInput([{ path: given.field, code: "required", params: {} }]);
    return confirmPassword(holder, given, now);
  }
  if (!holder.opensAll) throw refuse("account.sign_in_own");
  if (now.getTime() - holder.startedAt.getTime() > FRESH_MINUTES * 60_000)
    throw refuse("account.sign_in_again", { minutes: FRESH_MINUTES });
}

/** The same at this browser, beside the field `currentPassword`. */
export async function confirmHolderHere(holder: SignedInHolder, password: string): Promise<void> {
  const { address } = await requestFacts();
  await confirmHolder(holder, { password, field: "currentPassword", address }, new Date());
}
