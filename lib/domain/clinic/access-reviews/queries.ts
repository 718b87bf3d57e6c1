import "server-only";
import { z } from "zod";
import { carriedOut, changedSince, daysSinceSignIn, type Since } from "#lib/domain/clinic/access-reviews/rules.ts";
import {
  OneReview,
  type OwnAccess,
  ReviewPage,
  type ReviewRowShown,
  ReviewRows,
  type ReviewShown,
  ReviewsPage,
  ReviewsRows,
} from "#lib/domain/clinic/access-reviews/schema.ts";
import { composeReview, findLostOwner, lastOwners } from "#lib/domain/clinic/access-reviews/steps.ts";
import {
  countJoinedSince,
  findReviewRowsPage,
  findReviewsPage,
  listOtherReviewers,
  listRest,
  type ReviewRow,
  requireReview,
  reviewDue,
  sinceFrozen,
} from "#lib/domain/clinic/access-reviews/store.ts";
import { reaches } from "#lib/domain/clinic/people/rules.ts";
import { actingMemberId, type WorkContext } from "#lib/domain/context.ts";
import { can } from "#lib/domain/permissions.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** One page of the reviews, how many fit, and when the next is due. */
export const getReviewsPage = defineQuery(
  "access-reviews-page",
  "access_review.read",
  ReviewsPage,
  async ({ tx, ctx }, input) => ({
    ...(await findReviewsPage(tx, input)),
    due: await reviewDue(tx, ctx),
    today: ctx.today,
    asOf: ctx.now,
  }),
);

/** The reviews on all pages, for the list's files. */
export const getReviewsRows = defineQuery(
  "access-reviews-rows",
  "access_review.read",
  ReviewsRows,
  async ({ tx, ctx }, input) => ({
    ...(await findReviewsPage(tx, { ...input, page: 1, size: LIST_ROWS_MAX })),
    today: ctx.today,
  }),
);

/** How often the clinic looks at everybody's access, and when next. */
export const getReviewInterval = defineQuery(
  "access-review-interval",
  "access_review.read",
  z.object({}),
  async ({ tx, ctx }) => reviewDue(tx, ctx),
);

/** A review with one page of its people, and what became of them since. */
export const getReviewPage = defineQuery(
  "access-review-page",
  "access_review.read",
  ReviewPage,
  async ({ tx, ctx }, input) => {
    const review = await requireReview(tx, input.reviewId);
    const { rows, total } = await findReviewRowsPage(tx, input, review.frozenOn);
    const own = await ownAccess(tx, ctx, review);
    const forAnother = own.sole ? null : actingMemberId(ctx);
    return {
      ...{ review, total, rows: await shownRows(tx, ctx, { review, rows, forAnother }) },
      /** How many nobody has decided on whom the reader could keep at once. */
      rest: review.undecided === 0 ? 0 : (await listRest(tx, ctx, { review, but: forAnother })).length,
      own,
      joinedSince: await countJoinedSince(tx, review.startedAt),
      ...{ today: ctx.today, asOf: ctx.now },
    };
  },
);

/** Everybody on a review, for the list's files. */
export const getReviewRows = defineQuery(
  "access-review-rows",
  "access_review.read",
  ReviewRows,
  async ({ tx, ctx }, input) => {
    const review = await requireReview(tx, input.reviewId);
    const asked = { ...input, page: 1, size: LIST_ROWS_MAX };
    const { rows, total } = await findReviewRowsPage(tx, asked, review.frozenOn);
    return { rows: await shownRows(tx, ctx, { review, rows, forAnother: null }), total, today: ctx.today };
  },
  { timeoutSeconds: 60 },
);

/** The text of a review: as it would be signed now, or as it was. */
export const getReviewText = defineQuery(
  "access-review-text",
  "access_review.read",
  OneReview,
  async ({ tx, ctx }, { reviewId }) => {
    const review = await requireReview(tx, reviewId);
    return {
      ...{ review, ...(await textOf(tx, ctx, review)) },
      own: await ownAccess(tx, ctx, review),
      asOf: ctx.now,
    };
  },
  { timeoutSeconds: 30 },
);

async function textOf(tx: ClinicTx, ctx: WorkContext, review: ReviewShown) {
  if (review.signature === null) {
    const { rows, text, sha256, statement } = await composeReview(tx, ctx, review);
    const lostOwner = review.status === "open" ? await findLostOwner(tx, ctx, review, rows) : null;
    return { text, sha256, statement, lostOwner };
  }
  const { textSha256: sha256, statement } = review.signature;
  const { text } = await tx.exactText.findFirstOrThrow({ where: { sha256 }, select: { text: true } });
  return { text, sha256, statement, lostOwner: null };
}

const NOBODY: ReadonlyMap<string, Since> = new Map();

async function ownAccess(
  tx: ClinicTx,
  ctx: WorkContext,
  { id: reviewId, status, undecided }: ReviewShown,
): Promise<OwnAccess> {
  const memberId = actingMemberId(ctx);
  if (memberId === null || !can(ctx, "access_review.keep"))
    return { sole: false, reviewers: [], isAllThatWaits: false };
  const reviewers = await listOtherReviewers(tx, memberId, ctx.today);
  const own = await tx.accessReviewRow.count({ where: { reviewId, memberId, verdict: null } });
  return { sole: reviewers.length === 0, reviewers, isAllThatWaits: status === "open" && undecided === 1 && own === 1 };
}

type Shown = {
  readonly review: ReviewShown;
  readonly rows: readonly ReviewRow[];
  /** The member whose own access another officer decides on. */
  readonly forAnother: string | null;
};

async function shownRows(tx: ClinicTx, ctx: WorkContext, shown: Shown): Promise<ReviewRowShown[]> {
  const { review, rows, forAnother } = shown;
  const ids = rows.map(({ memberId }) => memberId);
  const since = await sinceFrozen(tx, ids, review, ctx);
  const last = review.status === "open" ? await lastOwners(tx, ctx, { review }) : NOBODY;
  return rows.map((row) => {
    const now = since.get(row.memberId);
    return {
      ...row,
      daysSinceSignIn: daysSinceSignIn(row, review.frozenOn),
      carriedOut: now === undefined ? null : carriedOut(row.verdict, now),
      changed: now === undefined ? [] : changedSince(row, now),
      above: now !== undefined && !reaches(ctx.actor, now.role),
      lastOwner: last.has(row.memberId),
      forAnother: row.memberId === forAnother,
    };
  });
}
