import {
  URGENCIES,
  type Urgency,
  type Waiting,
  type WaitingKind,
  type WaitingLine,
  type WaitingLists,
  type WaitingRows,
} from "#lib/domain/calendar/waiting/schema.ts";
import { addDays, type CalendarDate, calendarDateIn } from "#lib/kernel/dates.ts";

export type Clock = { readonly today: CalendarDate; readonly timeZone: string };
type Line = Omit<WaitingLine, "kind">;

/** How many days something without a date of its own may wait before it presses. */
export const PATIENCE_DAYS = { requests: 3, narrowings: 3, mail: 1, invitations: 14, underReview: 14, office: 14 };

/** What presses on this many days from today is said to be soon. */
export const SOON_DAYS = 14;

// Patient data may be going where nothing covers it: before everything that has a date.
const AT_ONCE: CalendarDate = "0001-01-01";

const tool = ({ toolId, product, surface }: { toolId: string; product: string; surface: string }) => ({
  ...{ key: toolId, path: `/tools/${toolId}`, subject: `${product}, ${surface}`, detail: null },
});

/** The line of one thing, by kind, in the order in which what is equally urgent comes. */
const LINES: { readonly [K in WaitingKind]: (row: WaitingRows[K], clock: Clock) => Line } = {
  unbacked: ({ reason, ...row }) => ({
    ...tool(row),
    detail: { key: `reason.${reason}`, params: {} },
    when: null,
    pressesOn: AT_ONCE,
  }),
  offboarding: ({ memberId, name, lastDay, open }) => ({
    ...{ key: memberId, path: `/people/${memberId}`, subject: name },
    detail: { key: "detail.offboarding", params: { count: open } },
    when: { until: lastDay },
    pressesOn: lastDay,
  }),
  baas: ({ baaId, vendorId, vendor, reference, until, losing }) => ({
    ...{ key: baaId, path: `/vendors/${vendorId}`, subject: `${vendor}: ${reference}` },
    detail: losing > 0 ? { key: "detail.baas", params: { count: losing } } : null,
    when: { until },
    pressesOn: until,
  }),
  requests: ({ requestId, product, requestedBy, requestedAt }, clock) => ({
    ...{ key: requestId, path: `/requests/${requestId}`, subject: product },
    detail: { key: "detail.requests", params: { name: requestedBy } },
    ...waitsSince(requestedAt, PATIENCE_DAYS.requests, clock),
  }),
  narrowings: ({ proposedBy, proposedAt, own, ...row }, clock) => ({
    ...tool(row),
    detail: { key: `detail.narrowings.${own}`, params: { name: proposedBy } },
    ...waitsSince(proposedAt, PATIENCE_DAYS.narrowings, clock),
  }),
  reviews: ({ reviewOn, ...row }) => ({ ...tool(row), when: { until: reviewOn }, pressesOn: reviewOn }),
  worksheets: ({ worksheetId, reverifyOn, ...row }) => ({
    ...tool(row),
    path: `/tools/${row.toolId}/due-diligence/${worksheetId}`,
    ...{ when: { until: reverifyOn }, pressesOn: reverifyOn },
  }),
  emergencies: ({ useId, member, kind, reviewBy }) => ({
    ...{ key: useId, path: `/people/emergency-access/${useId}`, subject: member },
    detail: { key: `detail.emergencies.${kind}`, params: {} },
    ...{ when: { until: reviewBy }, pressesOn: reviewBy },
  }),
  accessReviews: ({ dueOn, open }) => ({
    key: "access-review",
    path: `/people/access-reviews${open === null ? "" : `/${open.reviewId}`}`,
    subject: "",
    detail:
      open === null
        ? { key: "detail.accessReviewNext", params: {} }
        : { key: "detail.accessReviewOpen", params: { count: open.undecided } },
    ...{ when: { until: dueOn }, pressesOn: dueOn },
  }),
  accessVerdicts: ({ memberId, name, verdict, signedOn }) => ({
    ...{ key: memberId, path: `/people/${memberId}/${verdict === "end" ? "end" : "role"}`, subject: name },
    detail: { key: `detail.accessVerdict.${verdict}`, params: {} },
    ...{ when: { until: signedOn }, pressesOn: signedOn },
  }),
  offices: ({ office, warning, name }, { today }) => ({
    ...{ key: `${office}-${warning}`, path: `/people/officers#${office}`, subject: office },
    detail: { key: `detail.offices.${warning}`, params: { name } },
    when: null,
    pressesOn: warning === "vacant" || warning === "left" ? today : addDays(today, PATIENCE_DAYS.office),
  }),
  mail: ({ messageId, kind, member, failedAt }, clock) => ({
    ...{ key: messageId, path: "/outbox?state=failed&state=bounced", subject: member },
    detail: { key: `detail.mail.${kind}`, params: {} },
    ...waitsSince(failedAt, PATIENCE_DAYS.mail, clock),
  }),
  invitations: ({ invitationId, name, expiredAt }, clock) => ({
    ...{ key: invitationId, path: `/people/invitations/${invitationId}`, subject: name, detail: null },
    ...waitsSince(expiredAt, PATIENCE_DAYS.invitations, clock),
  }),
  underReview: ({ since, vendor, ...row }, clock) => ({
    ...tool(row),
    detail: { key: "detail.underReview", params: { vendor } },
    ...waitsSince(since, PATIENCE_DAYS.underReview, clock),
  }),
};

export const WAITING_KINDS = Object.keys(LINES) as readonly WaitingKind[];

/** Where all of a kind stand, below the clinic's address. */
export const MORE_PATHS: Readonly<Record<WaitingKind, string>> = {
  unbacked: "/tools?status=approved_for_phi",
  offboarding: "/people?state=leaving&state=left",
  baas: "/vendors?ends=90",
  requests: "/requests?status=open",
  narrowings: "/tools",
  reviews: "/tools?status=not_for_phi&status=approved_for_phi",
  worksheets: "/tools",
  emergencies: "/people/emergency-access?state=to_review&state=overdue",
  accessReviews: "/people/access-reviews",
  accessVerdicts: "/people/access-reviews",
  offices: "/people/officers",
  mail: "/outbox?state=failed&state=bounced",
  invitations: "/people/invitations?state=expired",
  underReview: "/tools?status=needs_review",
};

function waitsSince(since: Date, days: number, { timeZone }: Clock) {
  return { when: { since }, pressesOn: addDays(calendarDateIn(timeZone, since), days) };
}

/** Everything that waits in one list: what should have been seen to longest ago first, whatever its kind. */
export function linesOf(waiting: Waiting, clock: Clock): WaitingLine[] {
  const lines = WAITING_KINDS.flatMap((kind) => linesOfKind(waiting, kind, clock));
  // Sorting keeps the order of kinds, and of each kind's own rows, among what presses on the same day.
  return lines.sort((a, b) => (a.pressesOn < b.pressesOn ? -1 : a.pressesOn > b.pressesOn ? 1 : 0));
}

function linesOfKind<K extends WaitingKind>(waiting: WaitingLists, kind: K, clock: Clock): WaitingLine[] {
  return waiting[kind].shown.map((row) => ({ kind, ...LINES[kind](row, clock) }));
}

/** Whether something presses already, will within SOON_DAYS, or can wait. */
export function urgencyOf({ pressesOn }: Pick<WaitingLine, "pressesOn">, today: CalendarDate): Urgency {
  if (pressesOn <= today) return "now";
  return pressesOn <= addDays(today, SOON_DAYS) ? "soon" : "later";
}

/** The same list in three parts, without those that are empty. */
export function byUrgency(lines: readonly WaitingLine[], today: CalendarDate) {
  return URGENCIES.map((urgency) => ({
    urgency,
    lines: lines.filter((line) => urgencyOf(line, today) === urgency),
  })).filter((part) => part.lines.length > 0);
}

/** The kinds of which more wait than the list names, with how many. */
export function furtherOf(waiting: Waiting): Array<{ kind: WaitingKind; count: number; path: string }> {
  return WAITING_KINDS.filter((kind) => waiting[kind].more > 0).map((kind) => ({
    ...{ kind, count: waiting[kind].more, path: MORE_PATHS[kind] },
  }));
}

/** How many of a kind wait in all. */
export function countOf(waiting: Waiting, kind: WaitingKind): number {
  return waiting[kind].shown.length + waiting[kind].more;
}

/** How many wait in all, by kind. */
export function waitingCounts(waiting: Waiting): Readonly<Record<WaitingKind, number>> {
  // The kinds are the keys of a record that has every one of them.
  return Object.fromEntries(WAITING_KINDS.map((kind) => [kind, countOf(waiting, kind)])) as Record<WaitingKind, number>;
}
