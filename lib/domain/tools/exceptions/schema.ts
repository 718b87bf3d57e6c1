import { z } from "zod";
import type { Role } from "#lib/domain/context.ts";
import { paragraph, searchLine } from "#lib/domain/text.ts";
import { PAGE_SIZES } from "#lib/domain/tools/schema.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

// An exception lets a person, or everybody in a role, use a prohibited or undecided tool without patient data until a day.
// It ends by itself, or is withdrawn; it is never made longer: a new one is granted.

/** Roles of people who work with tools; an auditor from outside does not. */
export const EXCEPTED_ROLES = ["owner", "privacy_officer", "manager", "staff"] as const;

export const EXCEPTION_HOLDERS = ["person", "role"] as const;

/** upcoming: from a later day on. in_force: today. ended: past its last day. */
export const EXCEPTION_STATES = ["in_force", "upcoming", "ended", "withdrawn"] as const;
export type ExceptionState = (typeof EXCEPTION_STATES)[number];

const noneWhenEmpty = z.literal("").transform(() => null);

export const GrantException = z
  .object({
    toolId: z.uuid(),
    holder: z.enum(EXCEPTION_HOLDERS, { error: "choose_holder" }),
    memberId: z.union([noneWhenEmpty, z.uuid(), z.null()]).default(null),
    role: z.union([noneWhenEmpty, z.enum(EXCEPTED_ROLES), z.null()]).default(null),
    reason: paragraph(2000),
    /** Today, when left out. */
    startsOn: z.union([noneWhenEmpty, z.iso.date({ error: "date_not_understood" }), z.null()]).default(null),
    /** The last day. */
    endsOn: z.iso.date({ error: "date_not_understood" }),
  })
  // The form offers both; the one that was not chosen doesn't count.
  .transform((input) => (input.holder === "person" ? { ...input, role: null } : { ...input, memberId: null }))
  .superRefine((input, ctx) => {
    if (input.holder === "person" && input.memberId === null) {
      ctx.addIssue({ code: "custom", message: "choose_person", path: ["memberId"] });
    }
    if (input.holder === "role" && input.role === null) {
      ctx.addIssue({ code: "custom", message: "choose_role", path: ["role"] });
    }
  });

export const WithdrawException = z.object({ exceptionId: z.uuid(), reason: paragraph(2000) });

export const EXCEPTION_SORTS = ["tool", "starts", "ends", "granted"] as const;

export const ExceptionsPage = z.object({
  q: searchLine(200),
  state: z.array(z.enum(EXCEPTION_STATES)).default([]),
  sort: z.enum(EXCEPTION_SORTS).default("ends"),
  direction: z.enum(["asc", "desc"]).default("desc"),
  page: z.number().int().min(1).max(1_000_000).default(1),
  size: z.literal(PAGE_SIZES).default(25),
});

/** All pages of the exceptions at once, for their files. */
export const ExceptionRows = ExceptionsPage.omit({ page: true, size: true });

export type ExceptionRow = {
  readonly id: string;
  readonly toolId: string;
  readonly vendor: string;
  readonly product: string;
  readonly surface: string;
  /** The person; null when it is for a role. */
  readonly person: string | null;
  readonly role: Role | null;
  readonly reason: string;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate;
  readonly state: ExceptionState;
  readonly soleDecider: boolean;
  readonly grantedBy: string;
  readonly grantedAt: Date;
  readonly recordedAt: Date;
  readonly withdrawnBy: string | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawnReason: string | null;
};

/** What a tool's page shows of its exceptions, and whether one may be granted. */
export type ToolExceptions = {
  readonly rows: readonly ExceptionRow[];
  readonly grantable: Grantable;
  /** Whom one may be granted to. */
  readonly people: readonly { readonly memberId: string; readonly name: string; readonly role: Role }[];
  /** The last day that one granted today can have. */
  readonly latest: CalendarDate;
};

/** Whether the rules leave room for an exception; the refusal's code where they don't. */
export type Grantable = { readonly may: true } | { readonly may: false; readonly code: GrantObstacle };

export const GRANT_OBSTACLES = ["deepseek_own", "deepseek_not_narrowed", "not_needed", "retired"] as const;
export type GrantObstacle = (typeof GRANT_OBSTACLES)[number];
