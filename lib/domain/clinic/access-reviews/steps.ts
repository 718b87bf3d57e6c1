import "server-only";
import {
  carriedOut,
  frozenText,
  leavesNoOwner,
  reviewText,
  type Since,
  secondFactorOf,
} from "#lib/domain/clinic/access-reviews/rules.ts";
import type { FrozenAccess, ReviewShown, Verdict } from "#lib/domain/clinic/access-reviews/schema.ts";
import {
  listOtherReviewers,
  listReviewRows,
  requireReview,
  sinceFrozen,
} from "#lib/domain/clinic/access-reviews/store.ts";
import { isLastOwner } from "#lib/domain/clinic/people/rules.ts";
import type { WorkforceType } from "#lib/domain/clinic/people/schema.ts";
import { listStandingOwners } from "#lib/domain/clinic/people/store.ts";
import { holdsOn } from "#lib/domain/clinic/settings/rules.ts";
import type { Office } from "#lib/domain/clinic/settings/schema.ts";
import { servingOn } from "#lib/domain/clinic/store.ts";
import { actingMemberId, type Role, type WorkContext } from "#lib/domain/context.ts";
import { calendarDateIn, fromDatabaseDate } from "#lib/kernel/dates.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";
import { accessFacts } from "#lib/platform/db/access-facts.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { say } from "#lib/platform/i18n/say.ts";
import { sha256Hex } from "#lib/proof/hash.ts";

/** Who acts on a review: a person, and whether they may decide on their own access because nobody else could. */
export type Reviewer = { readonly memberId: string; readonly sole: boolean };

export async function requireReviewer(tx: ClinicTx, ctx: WorkContext): Promise<Reviewer> {
  const memberId = actingMemberId(ctx);
  if (memberId === null) throw new Forbidden("access_review.keep");
  return { memberId, sole: (await listOtherReviewers(tx, memberId, ctx.today)).length === 0 };
}

/**
 * The review, held until the commit: of two who decide, sign or give up at once, the second sees what the first did.
 * Refuses `access_review.not_open` for one that is signed or abandoned.
 */
export async function lockOpenReview(tx: ClinicTx, reviewId: string): Promise<ReviewShown> {
  const review = await requireReview(tx, reviewId);
  if (!(await holdReview(tx, reviewId))) throw refuse("access_review.not_open", { number: review.number });
  return review;
}

export async function holdReview(tx: ClinicTx, reviewId: string): Promise<boolean> {
  const held = await tx.accessReview.updateMany({
    where: { id: reviewId, status: "open" },
    data: { version: { increment: 1 } },
  });
  return held.count > 0;
}

/** Everybody who has access on the day of the context, as it is, by name. */
export async function accessNow(tx: ClinicTx, ctx: WorkContext): Promise<Array<FrozenAccess & { searchKey: string }>> {
  const members = await tx.member.findMany({
    where: { ...servingOn(ctx.today), createdAt: { lte: ctx.now } },
    include: { location: { select: { name: true } } },
    orderBy: [{ searchKey: "asc" }, { id: "asc" }],
  });
  const { needsSecondFactor } = await tx.clinic.findFirstOrThrow({ select: { needsSecondFactor: true } });
  const facts = await accessFacts(tx, ctx.now);
  const offices = await officesHeld(tx, ctx);
  return members.map((member, index) => {
    const { id: memberId, name, jobTitle, searchKey, location } = member;
    const role = member.role as Role;
    const { lastSignIn = null, hasFactor = false } = facts.get(memberId) ?? {};
    return {
      ...{ memberId, position: index + 1, name, jobTitle, role, searchKey, location: location?.name ?? "" },
      workforceType: member.workforceType as WorkforceType,
      startedOn: fromDatabaseDate(member.startedOn),
      endedOn: member.endedOn === null ? null : fromDatabaseDate(member.endedOn),
      lastSignInOn: lastSignIn === null ? null : calendarDateIn(ctx.timeZone, lastSignIn),
      secondFactor: secondFactorOf({ role, hasFactor }, needsSecondFactor),
      offices: offices.get(memberId) ?? [],
    };
  });
}

async function officesHeld(tx: ClinicTx, { today }: WorkContext): Promise<ReadonlyMap<string, Office[]>> {
  const designations = await tx.designation.findMany({ orderBy: [{ office: "asc" }, { id: "asc" }] });
  const held = designations.filter(({ fromOn, toOn }) =>
    holdsOn({ fromOn: fromDatabaseDate(fromOn), toOn: toOn === null ? null : fromDatabaseDate(toOn) }, today),
  );
  const byMember = Map.groupBy(held, ({ memberId }) => memberId);
  return new Map([...byMember].map(([memberId, own]) => [memberId, own.map(({ office }) => office as Office)]));
}

type Judged = {
  readonly review: Pick<ReviewShown, "id" | "startedAt">;
  /** What is decided just now, by member. */
  readonly judged?: ReadonlyMap<string, Verdict>;
};

/** The owner without whom the clinic would have none, were everything carried out that the review decided: as they are today. */
export async function lastOwners(
  tx: ClinicTx,
  ctx: Pick<WorkContext, "timeZone" | "today">,
  { review, judged = new Map() }: Judged,
): Promise<ReadonlyMap<string, Since>> {
  const owners = await listStandingOwners(tx, ctx.today);
  const rows = await tx.accessReviewRow.findMany({
    where: { reviewId: review.id, memberId: { in: owners } },
    select: { memberId: true, verdict: true },
  });
  const decided = new Map(rows.map(({ memberId, verdict }) => [memberId, verdict as Verdict | null]));
  const since = await sinceFrozen(tx, owners, review, ctx);
  const staying = [...since].flatMap(([id, now]) =>
    carriedOut(judged.get(id) ?? decided.get(id) ?? null, now)?.state === "open" ? [] : [id],
  );
  return new Map(
    [...since].filter(([id, now]) =>
      isLastOwner(
        now,
        staying.some((other) => other !== id),
      ),
    ),
  );
}

/** Of what a review decided, whom it would take from the clinic though nobody else would be an owner: it can't be signed so. */
export async function findLostOwner(
  tx: ClinicTx,
  ctx: Pick<WorkContext, "timeZone" | "today">,
  review: Judged["review"],
  rows: ReadonlyArray<{ readonly memberId: string; readonly name: string; readonly verdict: Verdict | null }>,
): Promise<string | null> {
  const last = await lastOwners(tx, ctx, { review });
  return rows.find(({ memberId, verdict }) => leavesNoOwner(verdict, last.get(memberId)))?.name ?? null;
}

// One document in one language, whoever asks for it: English, which OCR reads.
const words = () => say("en", "access-reviews");

type Frozen = Pick<ReviewShown, "number" | "frozenOn" | "startedAt" | "startedBy">;

/** SHA-256 of the frozen list's canonical text. */
export function frozenSha256(
  { clinicName }: Pick<WorkContext, "clinicName">,
  review: Frozen,
  people: readonly FrozenAccess[],
): string {
  return sha256Hex(frozenText({ ...review, clinicName }, people, words()));
}

/** The text to sign, as the review stands now, with what it says. */
export async function composeReview(
  tx: ClinicTx,
  { clinicName }: Pick<WorkContext, "clinicName">,
  review: ReviewShown,
) {
  const rows = await listReviewRows(tx, review.id);
  const text = reviewText({ ...review, clinicName }, rows, words());
  return { rows, text, sha256: sha256Hex(text), statement: words()("text.statement") };
}
