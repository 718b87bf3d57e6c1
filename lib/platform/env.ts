import { z } from "zod";

// Secrets that appear in tutorials and templates: whoever reads this file knows them.
const KNOWN_SECRETS = /^(change[-_ ]?me|secret|password|default|example|wardbook|test|development)[\W_\d]*$/i;

// What a sign-in provider needs.
const SIGN_IN_PROVIDERS = [
  ["OIDC_GOOGLE_ID", "OIDC_GOOGLE_SECRET"],
  ["OIDC_ENTRA_ID", "OIDC_ENTRA_SECRET", "OIDC_ENTRA_TENANT"],
  ["OIDC_GENERIC_ISSUER", "OIDC_GENERIC_ID", "OIDC_GENERIC_SECRET", "OIDC_GENERIC_NAME"],
] as const;

// OpenID Connect Discovery 1.0, section 3: https, without query or fragment. A provider on this machine may do without https.
function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || /[?#]/.test(text)) return false;
  return url.protocol === "https:" || (url.protocol === "http:" && /^(localhost|127\.0\.0\.1)$/.test(url.hostname));
}

const Environment = z
  .object({
    DATABASE_URL: z
      .string({ error: "is missing: the address of the database for the role wardbook_app, postgres://…" })
      .regex(/^postgres(ql)?:\/\//, { error: "is not a postgres:// address" }),
    DATABASE_OWNER_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, { error: "is not a postgres:// address" })
      .optional(),
    WARDBOOK_URL: z
      .url({ protocol: /^https?$/, error: "is missing or is not an http(s) address: where people reach this Wardbook" })
      .transform((url) => url.replace(/\/+$/, "")),
    WARDBOOK_SECRET: z
      .string({ error: "is missing: at least 32 random characters, for example from `openssl rand -base64 48`" })
      .min(32, { error: "is too short: at least 32 random characters, for example from `openssl rand -base64 48`" })
      .refine((secret) => !KNOWN_SECRETS.test(secret) && new Set(secret).size >= 10, {
        error: "is a default or a pattern: use random characters, for example from `openssl rand -base64 48`",
      }),
    WARDBOOK_KEYS: z
      .string({ error: "is missing: a folder that only this service may read, for its keys" })
      .min(1, { error: "is missing: a folder that only this service may read, for its keys" }),
    RESEND_API_KEY: z.string().min(8, { error: "is no key: copy it from the mail service" }).optional(),
    RESEND_BASE_URL: z
      .url({ protocol: /^https?$/, error: "is not an http(s) address" })
      .transform((url) => url.replace(/\/+$/, ""))
      .optional(),
    RESEND_WEBHOOK_SECRET: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/=]{24,}$/, { error: "is no signing secret: it begins with whsec_" })
      .optional(),
    MAIL_FROM: z
      .string()
      .regex(/^([^<>@\r\n]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, {
        error: "is no sender: write mail@clinic.example or Wardbook <mail@clinic.example>",
      })
      .optional(),
    OIDC_GOOGLE_ID: z.string().optional(),
    OIDC_GOOGLE_SECRET: z.string().optional(),
    OIDC_ENTRA_ID: z.string().optional(),
    OIDC_ENTRA_SECRET: z.string().optional(),
    OIDC_ENTRA_TENANT: z
      .string()
      .regex(/^(organizations|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/, {
        error: "is no tenant: write its id, or organizations where clinics have tenants of their own",
      })
      .optional(),
    OIDC_GENERIC_ISSUER: z
      .string()
      .refine(isIssuer, { error: "is no issuer: write its https address, without a question mark" })
      .optional(),
    OIDC_GENERIC_ID: z.string().optional(),
    OIDC_GENERIC_SECRET: z.string().optional(),
    OIDC_GENERIC_NAME: z.string().max(60, { error: "is longer than 60 characters" }).optional(),
    WARDBOOK_DNS: z
      .string()
      .transform((list) => list.split(",").map((server) => server.trim()))
      .pipe(z.array(z.string().regex(/^[0-9a-fA-F.:[\]]+$/, { error: "is no list of IP addresses: 1.1.1.1,8.8.8.8" })))
      .optional(),
    WARDBOOK_DEMO: z.string().optional(),
    PORT: z.string().optional(),
  })
  .superRefine((given, ctx) => {
    for (const together of SIGN_IN_PROVIDERS) {
      if (together.every((name) => given[name] === undefined)) continue;
      for (const name of together.filter((one) => given[one] === undefined)) {
        const message = `is missing: ${together.join(", ")} are set together or not at all`;
        ctx.addIssue({ code: "custom", path: [name], message });
      }
    }
  })
  .superRefine(({ RESEND_API_KEY, MAIL_FROM }, ctx) => {
    if (RESEND_API_KEY !== undefined && MAIL_FROM === undefined) {
      ctx.addIssue({
        code: "custom",
        path: ["MAIL_FROM"],
        message: "is missing: whom mail comes from, once RESEND_API_KEY is set",
      });
    }
  });

export type Environment = z.output<typeof Environment>;

/** What is wrong with the environment, one sentence a variable; empty when all is well. */
export function environmentProblems(source: Record<string, string | undefined>): string[] {
  const result = Environment.safeParse(emptyIsMissing(source));
  if (result.success) return [];
  return result.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
}

let parsed: Environment | undefined;

/** The environment, parsed once. Throws one list of everything that is missing or unsafe. */
export function env(): Environment {
  if (parsed !== undefined) return parsed;
  const problems = environmentProblems(process.env);
  if (problems.length > 0) {
    throw new Error(`Wardbook can't start with these settings:\n${problems.map((text) => `  - ${text}`).join("\n")}`);
  }
  parsed = Environment.parse(emptyIsMissing(process.env));
  return parsed;
}

function emptyIsMissing(source: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
}
