import "server-only";
import { SetReviewInterval } from "#lib/domain/clinic/access-reviews/schema.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";

/** Sets after how many months everybody's access is looked at again: the clinic's own rule, for HIPAA names no interval. */
export const setAccessReviewInterval = defineCommand(
  "set-access-review-interval",
  "clinic.configure",
  SetReviewInterval,
  async ({ tx, ctx }, { months }) => {
    const data = { accessReviewMonths: months };
    const { count } = await tx.clinic.updateMany({ where: { id: ctx.clinicId, NOT: data }, data });
    if (count === 0) return unchanged({ months });
    return done({ months }, { type: "clinic.access_review_interval_set", id: ctx.clinicId, months });
  },
);
