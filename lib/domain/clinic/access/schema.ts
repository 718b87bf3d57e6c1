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

/** The account page: the password of now, and the one to come. */
export const ChangePassword = z.object({ currentPassword: SignIn.shape.password, password: NewPassword });
