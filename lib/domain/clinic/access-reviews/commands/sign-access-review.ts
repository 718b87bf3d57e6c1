import "server-only";
import { keepText, sign } from "#lib/domain/attestations/steps.ts";
import { SignReview } from "#lib/domain/clinic/access-reviews/schema.ts";
import { composeReview, findLostOwner, holdReview, requireReviewer } from "#lib/domain/clinic/access-reviews/steps.ts";
import { requireReview } from "#lib/domain/clinic/access-reviews/store.ts";
import { lockRoster } from "#lib/domain/clinic/people/steps.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { toDatabaseDate } from "#lib/kernel/dates.ts";
import { refuse } from "#lib/kernel/errors.ts";

/**
 * Signs a review with everybody on it decided: from then on nothing of it changes. The text is the whole list with every
 * decision; another one on the signer's screen is refused, and so is one that would leave the clinic without an owner: who
 * is one may have changed since it was decided. Sent twice, it is signed once.
 */
export const signAccessReview = defineCommand(
  "sign-access-review",
  "access_review.keep",
  SignReview,
  async ({ tx, ctx }, { reviewId, ...signing }) => {
    const { memberId } = await requireReviewer(tx, ctx);
    await requireReview(tx, reviewId);
    const held = await holdReview(tx, reviewId);
    const review = await requireReview(tx, reviewId);
    const { number, people, undecided, listSha256 } = review;
    if (!held) {
      const own = await tx.accessReview.count({ where: { id: reviewId, status: "signed", closedBy: memberId } });
      if (own === 0) throw refuse("access_review.not_open", { number });
      return unchanged({ number, alreadySigned: true });
    }
    if (undecided > 0) throw refuse("access_review.undecided", { count: undecided });
    const { rows, text, sha256, statement } = await composeReview(tx, ctx, review);
    if (signing.textSha256 !== sha256) throw refuse("access_review.changed_meanwhile");
    await lockRoster(tx, ctx);
    const lost = await findLostOwner(tx, ctx, review, rows);
    if (lost !== null) throw refuse("access_review.last_owner", { name: lost });
    await keepText(tx, { locale: "en", text });
    const { attestationId, event } = await sign(tx, ctx, signing, { current: { textSha256: sha256 }, statement });
    const soleReviewer = rows.some((row) => row.soleReviewer);
    await tx.accessReview.updateMany({
      where: { id: reviewId, status: "open" },
      data: {
        ...{ status: "signed", attestationId, soleReviewer, closedBy: memberId, closedAt: ctx.now },
        closedOn: toDatabaseDate(ctx.today),
      },
    });
    const count = (verdict: string) => rows.filter((row) => row.verdict === verdict).length;
    return done({ number, alreadySigned: false }, event, {
      ...({ type: "access_review.signed", id: reviewId, number, people, listSha256, textSha256: sha256 } as const),
      ...{ attestationId, memberId, soleReviewer },
      ...{ keep: count("keep"), change: count("change"), end: count("end") },
    });
  },
  { timeoutSeconds: 60 },
);
