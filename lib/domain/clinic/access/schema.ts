import { z } from "zod";
import { NewPassword, SignIn } from "#lib/domain/clinic/schema.ts";

// How people get in beyond the password. A holder changes their own account; what they did is written down with the
// account and copied into the ledgers of its clinics.

/** What a person does to their own account. */
export const ACCOUNT_EVENT_TYPES = ["password_changed", "sessions_ended"] as const;

export const RecordAccountEvents = z.object({
  events: z.array(
    z.object({
      id: z.uuid(),
      memberId: z.uuid(),
      at: z.date(),
      type: z.enum(ACCOUNT_EVENT_TYPES),
      /** How many sessions ended. */
      count: z.int().positive().nullable(),
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
});

/** A one-time link to a new password works this long. */
export const RESET_LINK_HOURS = 24;

export const IssueResetLink = z.object({ memberId: z.uuid({ error: "choose_person" }) });

export const ResetPassword = z.object({ linkId: z.uuid(), passwordHash: z.string() });

/** The page of a reset link. */
export const ChooseNewPassword = z.object({ password: NewPassword });

/** The account page: the password of now, and the one to come. */
export const ChangePassword = z.object({ currentPassword: SignIn.shape.password, password: NewPassword });
