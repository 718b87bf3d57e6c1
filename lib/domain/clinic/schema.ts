import { z } from "zod";
import { line, optionalLine, withoutInvisible } from "#lib/domain/text.ts";
import { isCalendarDate, isTimeZone } from "#lib/kernel/dates.ts";

// A clinic is founded, then people join by one-time invitations. A member is active from `startedOn` to `endedOn`,
// both days included, or until `endedAt`, a moment of that last day; nobody is deleted. See people/schema.ts.

export const WORKFORCE_TYPES = ["employee", "contractor", "student", "volunteer", "external"] as const;

/** Longer than NIST SP 800-63B-4's 15 characters for a password alone; no rules of composition, as it asks. */
export const PASSWORD_LENGTH_MIN = 15;
export const PASSWORD_LENGTH_MAX = 200;
export const INVITATION_DAYS = 7;

const EARLIEST = "1940-01-01";
const LATEST = "2100-12-31";

/** A day in somebody's working life: a year that was mistyped is refused before it means access without an end. */
export const WorkingDay = z
  .string({ error: "required" })
  .trim()
  .superRefine((text, ctx) => {
    if (!isCalendarDate(text)) ctx.addIssue({ code: "custom", message: "date_not_understood" });
    else if (text < EARLIEST || text > LATEST) ctx.addIssue({ code: "custom", message: "date_out_of_years" });
  });

export const EmailAddress = z
  .string({ error: "required" })
  .transform((text) => withoutInvisible(text).normalize("NFKC").trim().toLowerCase())
  .pipe(
    z
      .string()
      .min(1, { error: "required" })
      .max(254, { error: "email_not_understood" })
      .pipe(z.email({ error: "email_not_understood" })),
  );

/** The password as typed, NFC, so that two keyboards that compose an accent differently type the same one. */
export const NewPassword = z
  .string({ error: "required" })
  .transform((text) => text.normalize("NFC"))
  .superRefine((password, ctx) => {
    const length = [...password].length;
    if (length < PASSWORD_LENGTH_MIN) {
      ctx.addIssue({ code: "custom", message: "password_too_short", params: { min: PASSWORD_LENGTH_MIN } });
    } else if (length > PASSWORD_LENGTH_MAX) {
      ctx.addIssue({ code: "custom", message: "password_too_long", params: { max: PASSWORD_LENGTH_MAX } });
    }
  });

export const TimeZone = z.string({ error: "required" }).refine(isTimeZone, { error: "time_zone_unknown" });

/** The zones of the United States, by the name their people use. */
export const US_TIME_ZONES = [
  { zone: "America/New_York", name: "eastern" },
  { zone: "America/Chicago", name: "central" },
  { zone: "America/Denver", name: "mountain" },
  { zone: "America/Phoenix", name: "arizona" },
  { zone: "America/Los_Angeles", name: "pacific" },
  { zone: "America/Anchorage", name: "alaska" },
  { zone: "Pacific/Honolulu", name: "hawaii" },
  { zone: "America/Puerto_Rico", name: "atlantic" },
  { zone: "Pacific/Guam", name: "chamorro" },
  { zone: "Pacific/Pago_Pago", name: "samoa" },
] as const;

export const FoundClinic = z.object({
  clinicName: line(120),
  timeZone: TimeZone,
  slug: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(60)
    .optional(),
  owner: z.object({
    email: EmailAddress,
    name: line(120),
    jobTitle: optionalLine(120),
    passwordHash: z.string().optional(),
  }),
  /** Refuse when any clinic exists: the first-run page on an empty database. */
  onlyFirst: z.boolean().default(false),
});

/** What people type to sign in. A longer password than we accept can't be anybody's. */
export const SignIn = z.object({
  email: EmailAddress,
  password: z
    .string({ error: "required" })
    .min(1, { error: "required" })
    .max(PASSWORD_LENGTH_MAX * 4, { error: "not_understood" }),
});

/** The first-run page: the clinic and its owner in one form. */
export const FirstRun = z.object({
  clinicName: line(120),
  timeZone: TimeZone,
  name: line(120),
  jobTitle: optionalLine(120),
  email: EmailAddress,
  password: NewPassword,
});

export const AcceptInvitation = z.object({
  invitationId: z.uuid(),
  name: line(120),
  jobTitle: optionalLine(120),
  /** What the invitation says, where they say nothing themselves. */
  workforceType: z.enum(WORKFORCE_TYPES).optional(),
  startedOn: z.iso.date().optional(),
  passwordHash: z.string().optional(),
  accountExists: z.boolean(),
  email: EmailAddress,
  locale: z.enum(["en", "es"]).default("en"),
});

/** What an invited person types; who has an account already needs no password here. */
export const JoinClinic = z.object({
  name: line(120),
  jobTitle: optionalLine(120),
  workforceType: z.enum(WORKFORCE_TYPES),
});
export const JoinClinicWithPassword = JoinClinic.extend({ password: NewPassword });

/** A word from a form, or the truth value itself. */
export const RequireSecondApprover = z.object({
  required: z.union([z.boolean(), z.enum(["yes", "no"]).transform((word) => word === "yes")]),
});

export type MemberRow = {
  id: string;
  name: string;
  jobTitle: string;
  workforceType: string;
  role: string;
  startedOn: string;
  endedOn: string | null;
};
