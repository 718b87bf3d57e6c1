import "server-only";
import { z } from "zod";
import { accessNow, frozenSha256, requireReviewer } from "#lib/domain/clinic/access-reviews/steps.ts";
import { findOpenReview } from "#lib/domain/clinic/access-reviews/store.ts";
import { lockRoster } from "#lib/domain/clinic/people/steps.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { toDatabaseDate } from "#lib/kernel/dates.ts";
import { newId } from "#lib/kernel/ids.ts";
import { insertMany } from "#lib/platform/db/insert-many.ts";

/**
 * Begins a review of who has access (45 CFR 164.308(a)(4)(ii)(C)): freezes everybody who has it today, as it is. One is
 * open at a time; beginning again leads to that one.
 */
export const startAccessReview = defineCommand(
  "start-access-review",
  "access_review.keep",
  z.object({}),
  async ({ tx, ctx }) => {
    const { memberId: startedBy } = await requireReviewer(tx, ctx);
    // Nobody's role or end changes while the list is frozen, and of two who begin at once the second finds the first's.
    await lockRoster(tx, ctx);
    const open = await findOpenReview(tx);
    if (open !== null) return unchanged({ reviewId: open.id, started: false });
    const people = await accessNow(tx, ctx);
    const starter = people.find(({ memberId }) => memberId === startedBy)?.name ?? "";
    const number = (await tx.accessReview.count()) + 1;
    const frozen = { number, frozenOn: ctx.today, startedAt: ctx.now, startedBy: starter };
    const listSha256 = frozenSha256(ctx, frozen, people);
    const id = newId();
    const counted = { id, number, people: people.length, listSha256 };
    await tx.accessReview.create({
      data: { ...counted, startedBy, startedAt: ctx.now, frozenOn: toDatabaseDate(ctx.today) },
      select: { id: true },
    });
    await insertMany(
      tx,
      "access_review_row",
      people.map(({ startedOn, endedOn, lastSignInOn, ...person }) => ({
        ...{ ...person, reviewId: id, startedOn: toDatabaseDate(startedOn) },
        endedOn: endedOn === null ? null : toDatabaseDate(endedOn),
        lastSignInOn: lastSignInOn === null ? null : toDatabaseDate(lastSignInOn),
        ...{ changeTo: "", note: "", withRest: false, soleReviewer: false, version: 1 },
      })),
    );
    return done({ reviewId: id, started: true }, { type: "access_review.started", ...counted, frozenOn: ctx.today });
  },
  { timeoutSeconds: 60 },
);
