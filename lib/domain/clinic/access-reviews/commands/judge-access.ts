import "server-only";
import { leavesNoOwner } from "#lib/domain/clinic/access-reviews/rules.ts";
import { JudgeAccess, type Verdict } from "#lib/domain/clinic/access-reviews/schema.ts";
import { lastOwners, lockOpenReview, requireReviewer } from "#lib/domain/clinic/access-reviews/steps.ts";
import { countUndecided } from "#lib/domain/clinic/access-reviews/store.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { NotFound, refuse } from "#lib/kernel/errors.ts";

/**
 * Decides on the access of some of a review's people: keep, change or end. Saved in parts and changed until the review is
 * signed. Nobody decides on their own access while somebody else could, and nobody decides what would leave the clinic
 * without an owner: it could not be carried out.
 */
export const judgeAccess = defineCommand(
  "judge-access",
  "access_review.keep",
  JudgeAccess,
  async ({ tx, ctx }, { reviewId, rows }) => {
    const { memberId: decidedBy, sole } = await requireReviewer(tx, ctx);
    const review = await lockOpenReview(tx, reviewId);
    const stored = await tx.accessReviewRow.findMany({
      where: { reviewId, memberId: { in: rows.map(({ memberId }) => memberId) } },
    });
    const changed = rows.flatMap((row, index) => {
      const known = stored.find(({ memberId }) => memberId === row.memberId);
      if (known === undefined) throw new NotFound();
      const { verdict, note } = row;
      // What was typed for a change that is none any more is not kept: the list would say two things.
      const changeTo = verdict === "change" ? row.changeTo : "";
      if (verdict === known.verdict && changeTo === known.changeTo && note === known.note) return [];
      if (row.memberId === decidedBy && !sole) throw refuse("access_review.own_access", {}, `rows.${index}.verdict`);
      if (row.version !== known.version) {
        throw refuse("access_review.decided_meanwhile", { name: known.name }, `rows.${index}.verdict`);
      }
      if (verdict === "change" && changeTo === "")
        throw refuse("access_review.what_to_change", {}, `rows.${index}.changeTo`);
      return [{ index, name: known.name, memberId: row.memberId, verdict, changeTo, note }];
    });
    if (changed.length === 0) return unchanged({ decided: 0, undecided: await countUndecided(tx, reviewId) });
    const judged = new Map(changed.map(({ memberId, verdict }) => [memberId, verdict]));
    const last = await lastOwners(tx, ctx, { review, judged });
    for (const { index, name, memberId, verdict } of changed) {
      if (!leavesNoOwner(verdict, last.get(memberId))) continue;
      throw refuse("access_review.last_owner", { name }, `rows.${index}.verdict`);
    }
    for (const { memberId, verdict, changeTo, note } of changed) {
      const soleReviewer = memberId === decidedBy;
      await tx.accessReviewRow.updateMany({
        where: { reviewId, memberId },
        data: {
          ...{ verdict, changeTo, note, decidedBy, decidedAt: ctx.now, withRest: false, soleReviewer },
          version: { increment: 1 },
        },
      });
    }
    return done(
      { decided: changed.length, undecided: await countUndecided(tx, reviewId) },
      {
        ...({ type: "access_review.judged", id: reviewId, number: review.number } as const),
        memberIds: changed.map(({ memberId }) => memberId),
        verdicts: changed.map(({ verdict }): Verdict => verdict),
        changes: changed.map(({ changeTo }) => changeTo),
        notes: changed.map(({ note }) => note),
        soleReviewer: changed.some(({ memberId }) => memberId === decidedBy),
      },
    );
  },
  { timeoutSeconds: 30 },
);
