import "server-only";
import type { z } from "zod";
import { carriedOut, changedSince, nextReviewOn, type Since } from "#lib/domain/clinic/access-reviews/rules.ts";
import type {
  Decided,
  FrozenAccess,
  OpenVerdict,
  ReviewDue,
  ReviewRows,
  ReviewShown,
  ReviewStatus,
  ReviewsRows,
  SecondFactor,
  Verdict,
} from "#lib/domain/clinic/access-reviews/schema.ts";
import { QUIET_DAYS } from "#lib/domain/clinic/access-reviews/schema.ts";
import { memberState } from "#lib/domain/clinic/people/rules.ts";
import type { WorkforceType } from "#lib/domain/clinic/people/schema.ts";
import type { Office } from "#lib/domain/clinic/settings/schema.ts";
import { servingOn } from "#lib/domain/clinic/store.ts";
import type { Role, WorkContext } from "#lib/domain/context.ts";
import { rolesWith } from "#lib/domain/permissions.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import { addDays, type CalendarDate, calendarDateIn, fromDatabaseDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { inParts } from "#lib/platform/db/in-parts.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

const REVIEW = {
  starter: { select: { name: true } },
  closer: { select: { name: true } },
  attestation: { select: { textSha256: true, typedName: true, statement: true } },
} as const;

type StoredReview = NonNullable<Awaited<ReturnType<ClinicTx["accessReview"]["findFirst"]>>> & {
  readonly starter: { readonly name: string };
  readonly closer: { readonly name: string } | null;
  readonly attestation: {
    readonly textSha256: string;
    readonly typedName: string;
    readonly statement: string;
  } | null;
};

function reviewOf(stored: StoredReview, undecided: number): ReviewShown {
  const { id, number, people, startedAt, closedAt, abandonReason, soleReviewer, listSha256 } = stored;
  const { attestationId, attestation } = stored;
  return {
    ...{ id, number, people, undecided, startedAt, closedAt, abandonReason, soleReviewer, listSha256 },
    status: stored.status as ReviewStatus,
    frozenOn: fromDatabaseDate(stored.frozenOn),
    startedBy: stored.starter.name,
    closedBy: stored.closer?.name ?? "",
    signature: attestationId === null || attestation === null ? null : { attestationId, ...attestation },
  };
}

/** A review of the clinic, in whatever state. */
export async function requireReview(tx: ClinicTx, reviewId: string): Promise<ReviewShown> {
  const stored = await tx.accessReview.findFirst({ where: { id: reviewId }, include: REVIEW });
  if (stored === null) throw new NotFound();
  return reviewOf(stored, await countUndecided(tx, reviewId));
}

export async function countUndecided(tx: ClinicTx, reviewId: string): Promise<number> {
  return tx.accessReviewRow.count({ where: { reviewId, verdict: null } });
}

/** The review that is under way, if there is one: at most one is. */
export async function findOpenReview(tx: ClinicTx): Promise<{ id: string; number: number } | null> {
  return tx.accessReview.findFirst({ where: { status: "open" }, select: { id: true, number: true } });
}

/** One page of the reviews, and how many there are. */
export async function findReviewsPage(
  tx: ClinicTx,
  { status, sort, direction, page, size }: z.output<typeof ReviewsRows> & { page: number; size: number },
): Promise<{ rows: ReviewShown[]; total: number }> {
  const where = status.length > 0 ? { status: { in: status } } : {};
  const by = { number: "number", frozen: "frozenOn", closed: "closedAt", people: "people" } as const;
  const stored = await tx.accessReview.findMany({
    ...{ where, include: REVIEW, skip: (page - 1) * size, take: size },
    orderBy: [{ [by[sort]]: direction }, { number: "desc" as const }],
  });
  const open = stored.find((review) => review.status === "open");
  const undecided = open === undefined ? 0 : await countUndecided(tx, open.id);
  const rows = stored.map((review) => reviewOf(review, review.id === open?.id ? undecided : 0));
  return { rows, total: await tx.accessReview.count({ where }) };
}

type StoredRow = NonNullable<Awaited<ReturnType<ClinicTx["accessReviewRow"]["findFirst"]>>> & {
  readonly decider: { readonly name: string } | null;
};

export type ReviewRow = FrozenAccess & Decided & { readonly version: number };

function rowOf(stored: StoredRow): ReviewRow {
  const { memberId, position, name, jobTitle, location, lastSignInOn, endedOn, decider, ...decided } = stored;
  const { changeTo, note, decidedAt, withRest, soleReviewer, version } = decided;
  return {
    ...{ memberId, position, name, jobTitle, location, changeTo, note, decidedAt, withRest, soleReviewer, version },
    role: stored.role as Role,
    workforceType: stored.workforceType as WorkforceType,
    startedOn: fromDatabaseDate(stored.startedOn),
    endedOn: endedOn === null ? null : fromDatabaseDate(endedOn),
    lastSignInOn: lastSignInOn === null ? null : fromDatabaseDate(lastSignInOn),
    secondFactor: stored.secondFactor as SecondFactor,
    offices: stored.offices as Office[],
    verdict: stored.verdict as Verdict | null,
    decidedBy: decider?.name ?? "",
  };
}

const ROW = { decider: { select: { name: true } } } as const;

/** Everybody on the list of a review, in its order. */
export async function listReviewRows(tx: ClinicTx, reviewId: string): Promise<ReviewRow[]> {
  const stored = await tx.accessReviewRow.findMany({
    ...{ where: { reviewId }, include: ROW, orderBy: { position: "asc" as const } },
  });
  return stored.map(rowOf);
}

/** One page of the people on a review who fit, and how many there are. */
export async function findReviewRowsPage(
  tx: ClinicTx,
  { page, size, ...asked }: z.output<typeof ReviewRows> & { page: number; size: number },
  frozenOn: CalendarDate,
): Promise<{ rows: ReviewRow[]; total: number }> {
  const where = rowsWhere(asked, frozenOn);
  const stored = await tx.accessReviewRow.findMany({
    ...{ where, include: ROW, orderBy: rowsOrder(asked), skip: (page - 1) * size, take: size },
  });
  return { rows: stored.map(rowOf), total: await tx.accessReviewRow.count({ where }) };
}

type RowsAsked = z.output<typeof ReviewRows>;

function rowsWhere({ reviewId, q, verdict, role, factor, signIn }: RowsAsked, frozenOn: CalendarDate) {
  const words = foldForSearch(q)
    .split(" ")
    .filter((word) => word !== "")
    .slice(0, 8);
  // Signs alone name nobody: they find nothing, not everything.
  if (q !== "" && words.length === 0) return { reviewId, memberId: { in: [] as string[] } };
  const quietSince = toDatabaseDate(addDays(frozenOn, -QUIET_DAYS));
  return {
    reviewId,
    ...(role.length > 0 ? { role: { in: role } } : {}),
    ...(factor.length > 0 ? { secondFactor: { in: factor } } : {}),
    AND: [
      ...words.map((word) => ({ searchKey: { contains: word } })),
      ...(verdict.length > 0
        ? [{ OR: verdict.map((one) => ({ verdict: one === "undecided" ? null : (one as string) })) }]
        : []),
      ...(signIn.length > 0
        ? [{ OR: signIn.map((one) => ({ lastSignInOn: one === "never" ? null : { lt: quietSince } })) }]
        : []),
    ],
  };
}

function rowsOrder({ sort, direction }: RowsAsked) {
  const tail = { position: "asc" as const };
  switch (sort) {
    case "verdict":
      return [
        { verdict: { sort: direction, nulls: direction === "asc" ? ("first" as const) : ("last" as const) } },
        tail,
      ];
    case "name":
      return [{ position: direction }];
    case "role":
      return [{ role: direction }, tail];
    case "signIn":
      return [
        { lastSignInOn: { sort: direction, nulls: direction === "asc" ? ("first" as const) : ("last" as const) } },
        tail,
      ];
    default: {
      const unhandled: never = sort;
      return unhandled;
    }
  }
}

const REVIEWERS_MAX = 20;

/** Who else than this member may decide on access today, by name. */
export async function listOtherReviewers(tx: ClinicTx, memberId: string, today: CalendarDate): Promise<string[]> {
  const reviewers = await tx.member.findMany({
    where: { ...servingOn(today), role: { in: rolesWith("access_review.keep") }, id: { not: memberId } },
    ...{
      select: { name: true },
      orderBy: [{ searchKey: "asc" as const }, { id: "asc" as const }],
      take: REVIEWERS_MAX,
    },
  });
  return reviewers.map(({ name }) => name);
}

/** How many became members after the list was frozen: they stand on the next one. */
export async function countJoinedSince(tx: ClinicTx, at: Date): Promise<number> {
  return tx.member.count({ where: { createdAt: { gt: at } } });
}

/** What became of these members since a list was frozen, by id. */
export async function sinceFrozen(
  tx: ClinicTx,
  memberIds: readonly string[],
  { startedAt }: Pick<ReviewShown, "startedAt">,
  { timeZone, today }: Pick<WorkContext, "timeZone" | "today">,
): Promise<ReadonlyMap<string, Since>> {
  const members = await inParts(memberIds, (part) =>
    tx.member.findMany({ where: { id: { in: part } }, include: { location: { select: { name: true } } } }),
  );
  const grants = await inParts(memberIds, (part) =>
    tx.roleGrant.findMany({
      where: { memberId: { in: part }, number: { gt: 1 }, grantedAt: { gt: startedAt } },
      orderBy: { number: "asc" },
    }),
  );
  const givenAt = new Map<string, Date>();
  for (const { memberId, grantedAt } of grants) if (!givenAt.has(memberId)) givenAt.set(memberId, grantedAt);
  return new Map(
    members.map(({ id, role, jobTitle, workforceType, location, ...member }) => {
      const startedOn = fromDatabaseDate(member.startedOn);
      const endedOn = member.endedOn === null ? null : fromDatabaseDate(member.endedOn);
      const given = givenAt.get(id);
      return [
        id,
        {
          ...{ role: role as Role, jobTitle, workforceType, location: location?.name ?? "", endedOn },
          state: memberState({ startedOn, endedOn, endedAt: member.endedAt }, today),
          roleGivenOn: given === undefined ? null : calendarDateIn(timeZone, given),
        },
      ];
    }),
  );
}

/** Whom nobody has decided on and of whom nothing has changed since the list was frozen, in its order; but for one of them. */
export async function listRest(
  tx: ClinicTx,
  ctx: Pick<WorkContext, "timeZone" | "today">,
  { review, but }: { readonly review: Pick<ReviewShown, "id" | "startedAt">; readonly but: string | null },
): Promise<string[]> {
  const stored = await tx.accessReviewRow.findMany({
    where: { reviewId: review.id, verdict: null, ...(but === null ? {} : { memberId: { not: but } }) },
    ...{ include: ROW, orderBy: { position: "asc" as const } },
  });
  const rows = stored.map(rowOf);
  const since = await sinceFrozen(
    tx,
    rows.map(({ memberId }) => memberId),
    review,
    ctx,
  );
  return rows.flatMap((row) => {
    const now = since.get(row.memberId);
    return now === undefined || changedSince(row, now).length > 0 ? [] : [row.memberId];
  });
}

const NEWEST = { orderBy: { number: "desc" as const }, where: { status: "signed" } };

/** When everybody's access is to be looked at again, and what is under way. */
export async function reviewDue(tx: ClinicTx, { timeZone }: Pick<WorkContext, "timeZone">): Promise<ReviewDue> {
  const clinic = await tx.clinic.findFirstOrThrow({ select: { accessReviewMonths: true, createdAt: true } });
  const last = await tx.accessReview.findFirst({ ...NEWEST, select: { closedOn: true } });
  const lastSignedOn = last === null || last.closedOn === null ? null : fromDatabaseDate(last.closedOn);
  const open = await findOpenReview(tx);
  const months = clinic.accessReviewMonths;
  return {
    dueOn: nextReviewOn(lastSignedOn ?? calendarDateIn(timeZone, clinic.createdAt), months),
    ...{ months, lastSignedOn },
    open: open === null ? null : { reviewId: open.id, undecided: await countUndecided(tx, open.id) },
  };
}

/** What the newest signed review decided and nobody has carried out. Who isn't on it has no access any more. */
export async function listOpenVerdicts(
  tx: ClinicTx,
  ctx: Pick<WorkContext, "timeZone" | "today">,
): Promise<OpenVerdict[]> {
  const review = await tx.accessReview.findFirst({ ...NEWEST, select: { id: true, startedAt: true, closedOn: true } });
  if (review === null || review.closedOn === null) return [];
  const { id: reviewId, closedOn } = review;
  const rows = await tx.accessReviewRow.findMany({
    where: { reviewId, verdict: { in: ["change", "end"] } },
    select: { memberId: true, name: true, verdict: true },
    orderBy: { position: "asc" },
  });
  const since = await sinceFrozen(
    tx,
    rows.map(({ memberId }) => memberId),
    review,
    ctx,
  );
  return rows.flatMap(({ memberId, name, verdict }) => {
    const today = since.get(memberId);
    const asked = verdict === "end" ? ("end" as const) : ("change" as const);
    if (today === undefined || carriedOut(asked, today)?.state !== "open") return [];
    return [{ reviewId, memberId, name, verdict: asked, signedOn: fromDatabaseDate(closedOn) }];
  });
}
