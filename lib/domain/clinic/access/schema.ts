import { z } from "zod";
import { NewPassword, PASSWORD_LENGTH_MAX } from "#lib/domain/clinic/schema.ts";
import { line, paragraph } from "#lib/domain/text.ts";
import { PROVIDERS } from "#lib/kernel/sign-in-ways.ts";

// How people get in beyond the password. A holder changes their own account; what they did is written down with the
// account and copied into the ledgers of its clinics.

/** What a person does to their own account, and the one thing that whoever runs the server does to it. */
export const ACCOUNT_EVENT_TYPES = [
  "password_changed",
  "sessions_ended",
  "totp_added",
  "totp_removed",
  "passkey_added",
  "passkey_removed",
  "recovery_codes_made",
  "recovery_code_used",
  "provider_linked",
  "provider_unlinked",
  "reset_by_operator",
] as const;

/** What people sign in with beside a password. */
export const FACTORS = ["totp", "passkey"] as const;

export const RecordAccountEvents = z.object({
  events: z.array(
    z.object({
      id: z.uuid(),
      memberId: z.uuid(),
      at: z.date(),
      type: z.enum(ACCOUNT_EVENT_TYPES),
      /** How many sessions ended, or ways in were taken away. */
      count: z.int().nonnegative().nullable(),
      /** Who vouches, or did. */
      provider: z.enum(PROVIDERS).nullable().default(null),
    }),
  ),
});

/** How long a session may lie idle: long enough to read a page, short enough for a desk where others pass. */
export const IDLE_MINUTES_MIN = 2;
export const IDLE_MINUTES_MAX = 60;

export const SetSignInRules = z.object({
  /** A word from a form, or the number itself. */
  idleMinutes: z.coerce
    .number({ error: "idle_minutes" })
    .int({ error: "idle_minutes" })
    .min(IDLE_MINUTES_MIN, { error: "idle_minutes" })
    .max(IDLE_MINUTES_MAX, { error: "idle_minutes" }),
  /** Whether everybody needs a second factor, and not only owners, privacy officers and auditors. */
  secondFactorForAll: z.union([z.boolean(), z.enum(["yes", "no"]).transform((word) => word === "yes")]),
});

/** A one-time link to a new password works this long. */
export const RESET_LINK_HOURS = 24;

export const IssueResetLink = z.object({ memberId: z.uuid({ error: "choose_person" }) });

/** Why somebody's second factors are taken away. */
export const ResetFactors = z.object({ memberId: z.uuid(), reason: paragraph(1000) });

/** Where the account to reset is known as whom. */
export const ResetAccount = z.object({ memberId: z.uuid() });

export const ResetPassword = z.object({
  linkId: z.uuid(),
  passwordHash: z.string(),
  /** Whether the account is in another clinic too. */
  isOfSeveral: z.boolean(),
});

/** The page of a reset link. */
export const ChooseNewPassword = z.object({ password: NewPassword });

/** A code of an app, or a recovery code, however it was grouped. */
const Code = z.string({ error: "required" }).trim().min(1, { error: "required" }).max(40, { error: "not_understood" });

export const SecondStep = z.object({ code: Code });
/** The password of now; empty where the account has none, and then a fresh sign-in stands for it. */
export const ConfirmHolder = z.object({
  currentPassword: z
    .string()
    .max(PASSWORD_LENGTH_MAX * 4)
    .default(""),
});
export const AddTotp = ConfirmHolder.extend({ code: Code, sealedToken: z.string().max(1000) });
export const RemoveFactor = ConfirmHolder.extend({ factorId: z.uuid() });

/** What a browser answers with; the token is the passkey's answer as JSON, read by whoever checks its signature. */
const PasskeyAnswer = z
  .string({ error: "required" })
  .min(2, { error: "required" })
  .max(20_000, { error: "not_understood" });
export const SignInWithPasskey = z.object({ passkeyToken: PasskeyAnswer });
export const AddPasskey = ConfirmHolder.extend({ passkeyToken: PasskeyAnswer, name: line(60) });

/** The sign-in page: through whom, and at which clinic's own address, if at one. */
export const SignInWithProvider = z.object({
  provider: z.enum(PROVIDERS, { error: "not_a_choice" }),
  clinic: z
    .string()
    .max(100)
    .default("")
    .transform((slug) => (slug === "" ? null : slug)),
});

/** The account page: the password of now, and the one to come. */
export const ChangePassword = ConfirmHolder.extend({ password: NewPassword });

/** The account page: through whom to sign in from now on, or no longer. */
export const LinkProvider = ConfirmHolder.extend({ provider: z.enum(PROVIDERS) });
export const UnlinkProvider = ConfirmHolder.extend({ linkId: z.uuid() });
