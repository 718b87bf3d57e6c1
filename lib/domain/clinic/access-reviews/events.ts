import { z } from "zod";
import { VERDICTS } from "#lib/domain/clinic/access-reviews/schema.ts";
import { defineEvent, personal } from "#lib/domain/event.ts";

const number = z.int().positive();
const count = z.int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const verdicts = { keep: count, change: count, end: count };

export const accessReviewEvents = [
  defineEvent("clinic.access_review_interval_set", "clinic", { months: z.int() }),
  defineEvent("access_review.started", "access_review", {
    number,
    frozenOn: z.iso.date(),
    people: z.int().positive(),
    listSha256: sha256,
  }),
  defineEvent("access_review.judged", "access_review", {
    number,
    memberIds: z.array(z.uuid()),
    verdicts: z.array(z.enum(VERDICTS)),
    changes: personal(z.array(z.string())),
    notes: personal(z.array(z.string())),
    /** Among them is the decider's own access, for nobody else could decide. */
    soleReviewer: z.boolean(),
  }),
  defineEvent("access_review.rest_kept", "access_review", {
    number,
    memberIds: z.array(z.uuid()),
    soleReviewer: z.boolean(),
  }),
  defineEvent("access_review.signed", "access_review", {
    number,
    people: z.int().positive(),
    ...verdicts,
    listSha256: sha256,
    textSha256: sha256,
    attestationId: z.uuid(),
    memberId: z.uuid(),
    soleReviewer: z.boolean(),
  }),
  defineEvent("access_review.abandoned", "access_review", { number, reason: personal(z.string()) }),
] as const;
