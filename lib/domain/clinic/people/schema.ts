import { z } from "zod";
import { EmailAddress, WORKFORCE_TYPES, WorkingDay } from "#lib/domain/clinic/schema.ts";
import { ROLES, type Role } from "#lib/domain/context.ts";
import { line, lines, optionalLine, optionalParagraph, paragraph, searchLine } from "#lib/domain/text.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

// An invitation is open until it is accepted, taken back, replaced by a newer one to the same address, or runs out. A
// member's role and description are kept with every earlier one. An ending is planned or at once; taken back, it stays on
// record, and so does the list of what was seen to when somebody left.

export type WorkforceType = (typeof WORKFORCE_TYPES)[number];

/** Where a member stands today. `leaving`: their last day is known and not over. */
export const MEMBER_STATES = ["active", "not_started", "leaving", "left"] as const;
export type MemberState = (typeof MEMBER_STATES)[number];

/** What is seen to when somebody leaves; an account for each tool or vendor they had one with. */
export const OFFBOARDING_KINDS = ["devices", "keys", "forwarding", "account"] as const;
export type OffboardingKind = (typeof OFFBOARDING_KINDS)[number];
export const OFFBOARDING_STATES = ["open", "done", "not_needed"] as const;
export type OffboardingState = (typeof OFFBOARDING_STATES)[number];

/** Empty, as a form sends a date that nobody chose, is none. */
const optionalDay = z
  .union([z.literal("").transform(() => null), z.null(), WorkingDay])
  .default(null)
  .pipe(z.string().nullable());

const locationId = z
  .union([z.literal("").transform(() => null), z.null(), z.uuid({ error: "not_a_choice" })])
  .default(null);

const described = {
  jobTitle: optionalLine(120),
  workforceType: z.enum(WORKFORCE_TYPES, { error: "choose_workforce_type" }),
  locationId,
  tracks: lines({ max: 20, each: 80 }),
};

const role = z.enum(ROLES, { error: "choose_role" });

export const InviteMember = z
  .object({
    email: EmailAddress,
    name: line(120),
    role,
    ...described,
    workforceType: z.enum(WORKFORCE_TYPES, { error: "choose_workforce_type" }).default("employee"),
    startsOn: optionalDay,
    endsOn: optionalDay,
  })
  .superRefine(({ startsOn, endsOn }, ctx) => {
    if (startsOn !== null && endsOn !== null && endsOn < startsOn)
      ctx.addIssue({ code: "custom", message: "end_before_start", path: ["endsOn"] });
  });

export const OneInvitation = z.object({ invitationId: z.uuid() });

/** The member, and the version of them that the person looked at. */
const seen = { memberId: z.uuid(), version: z.coerce.number().int().positive() };

export const DescribeMember = z.object({ ...seen, ...described });
export const ChangeRole = z.object({ ...seen, role, reason: paragraph(1000) });
export const DeactivateMember = z.object({
  ...seen,
  lastDay: WorkingDay,
  reason: paragraph(1000),
  /** Tools and vendors they have an account with, one a line. */
  accounts: lines({ max: 100, each: 160 }),
});
export const ReinstateMember = z.object({ ...seen, reason: paragraph(1000) });

export const SettleOffboarding = z.object({
  endingId: z.uuid(),
  version: z.coerce.number().int().positive(),
  items: z
    .array(
      z.object({
        position: z.coerce.number().int().nonnegative(),
        state: z.enum(OFFBOARDING_STATES, { error: "choose_offboarding" }),
        note: optionalParagraph(500),
      }),
    )
    .max(200),
});

export const PEOPLE_SORTS = ["name", "role", "type", "started", "ended"] as const;
export const PEOPLE_PAGE_SIZES = [25, 50, 100] as const;

export const PeoplePage = z.object({
  q: searchLine(200),
  state: z.array(z.enum(MEMBER_STATES)).default([]),
  role: z.array(z.enum(ROLES)).default([]),
  type: z.array(z.enum(WORKFORCE_TYPES)).default([]),
  sort: z.enum(PEOPLE_SORTS).default("name"),
  direction: z.enum(["asc", "desc"]).default("asc"),
  page: z.number().int().min(1).max(1_000_000).default(1),
  size: z.literal(PEOPLE_PAGE_SIZES).default(25),
});

/** All pages of the list at once, for its files. */
export const PeopleRows = PeoplePage.omit({ page: true, size: true });

export type PersonRow = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly jobTitle: string;
  readonly workforceType: WorkforceType;
  readonly location: string;
  readonly tracks: readonly string[];
  readonly role: Role;
  readonly state: MemberState;
  readonly startedOn: CalendarDate;
  readonly endedOn: CalendarDate | null;
};

export const INVITATION_STATES = ["open", "expired", "used", "revoked"] as const;
/** Those of an invitation that can still be renewed or taken back. */
export const OPEN_STATES = ["open", "expired"] as const satisfies readonly InvitationState[];
export type InvitationState = (typeof INVITATION_STATES)[number];
export const INVITATION_SORTS = ["name", "role", "made", "expires"] as const;

export const InvitationsPage = z.object({
  q: searchLine(200),
  state: z.array(z.enum(OPEN_STATES)).default([]),
  role: z.array(z.enum(ROLES)).default([]),
  sort: z.enum(INVITATION_SORTS).default("made"),
  direction: z.enum(["asc", "desc"]).default("desc"),
  page: z.number().int().min(1).max(1_000_000).default(1),
  size: z.literal(PEOPLE_PAGE_SIZES).default(25),
});
export const InvitationsRows = InvitationsPage.omit({ page: true, size: true });

export type InvitationRowShown = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly jobTitle: string;
  readonly workforceType: WorkforceType;
  readonly location: string;
  readonly tracks: readonly string[];
  readonly startsOn: CalendarDate | null;
  readonly endsOn: CalendarDate | null;
  readonly state: InvitationState;
  readonly invitedBy: string;
  readonly madeAt: Date;
  readonly expiresAt: Date;
};

export type MemberShown = PersonRow & {
  readonly locationId: string | null;
  readonly version: number;
  readonly joinedAt: Date;
};

/** What happened to a membership, as its history tells it. */
type Told = { readonly by: string; readonly at: Date; readonly recordedAt: Date };

export type RoleGrantShown = Told & {
  readonly number: number;
  readonly role: Role;
  readonly reason: string;
};

export type DescriptionShown = Told & {
  readonly number: number;
  readonly jobTitle: string;
  readonly workforceType: WorkforceType;
  readonly location: string;
  readonly tracks: readonly string[];
};

export type OffboardingItemShown = {
  readonly position: number;
  readonly kind: OffboardingKind;
  readonly subject: string;
  readonly state: OffboardingState;
  readonly note: string;
  readonly settledBy: string;
  readonly settledAt: Date | null;
};

export type EndingShown = Told & {
  readonly id: string;
  readonly version: number;
  readonly lastDay: CalendarDate;
  readonly endedAt: Date | null;
  readonly reason: string;
  readonly withdrawn: (Pick<Told, "by" | "at"> & { readonly reason: string }) | null;
  readonly items: readonly OffboardingItemShown[];
};
