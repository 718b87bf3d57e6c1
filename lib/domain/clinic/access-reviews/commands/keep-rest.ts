import "server-only";
import { KeepRest } from "#lib/domain/clinic/access-reviews/schema.ts";
import { lockOpenReview, requireReviewer } from "#lib/domain/clinic/access-reviews/steps.ts";
import { listRest } from "#lib/domain/clinic/access-reviews/store.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import { refuse } from "#lib/kernel/errors.ts";
import { inParts } from "#lib/platform/db/in-parts.ts";

const PEOPLE_PER_EVENT = 1000;

/**
 * Keeps the access of everybody whom nobody decided on, in one deliberate act: whoever does it types how many they are. Not
 * among them is whoever has changed since the list was frozen, nor one's own access while somebody else could decide on it.
 */
export const keepRest = defineCommand(
  "keep-rest",
  "access_review.keep",
  KeepRest,
  async ({ tx, ctx }, { reviewId, count: typed }) => {
    const { memberId: decidedBy, sole } = await requireReviewer(tx, ctx);
    const review = await lockOpenReview(tx, reviewId);
    const { number } = review;
    const rest = await listRest(tx, ctx, { review, but: sole ? null : decidedBy });
    if (rest.length !== typed) throw refuse("access_review.rest_is", { count: rest.length }, "count");
    const kept = { verdict: "keep", decidedBy, decidedAt: ctx.now, withRest: true, version: { increment: 1 } };
    await inParts(rest, async (part) => {
      const where = { reviewId, verdict: null, memberId: { in: [...part] } };
      await tx.accessReviewRow.updateMany({ where: { ...where, NOT: { memberId: decidedBy } }, data: kept });
      return [];
    });
    if (rest.includes(decidedBy)) {
      const where = { reviewId, memberId: decidedBy, verdict: null };
      await tx.accessReviewRow.updateMany({ where, data: { ...kept, soleReviewer: true } });
    }
    const events = Array.from({ length: Math.ceil(rest.length / PEOPLE_PER_EVENT) }, (_, index) => {
      const memberIds = rest.slice(index * PEOPLE_PER_EVENT, (index + 1) * PEOPLE_PER_EVENT);
      return {
        ...({ type: "access_review.rest_kept", id: reviewId, number, memberIds } as const),
        soleReviewer: memberIds.includes(decidedBy),
      };
    });
    const [first, ...more] = events;
    if (first === undefined) throw refuse("access_review.rest_is", { count: 0 }, "count");
    return done({ kept: rest.length }, first, ...more);
  },
  { timeoutSeconds: 60 },
);
