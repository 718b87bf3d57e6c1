import { judgeAccess } from "#lib/domain/clinic/access-reviews/commands/judge-access.ts";
import { keepRest } from "#lib/domain/clinic/access-reviews/commands/keep-rest.ts";
import { signAccessReview } from "#lib/domain/clinic/access-reviews/commands/sign-access-review.ts";
import { startAccessReview } from "#lib/domain/clinic/access-reviews/commands/start-access-review.ts";
import { getReviewPage, getReviewText } from "#lib/domain/clinic/access-reviews/queries.ts";
import type { Verdict } from "#lib/domain/clinic/access-reviews/schema.ts";
import { changeRole } from "#lib/domain/clinic/people/commands/change-role.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import type { TestClinic } from "#tests/support/clinic.ts";
import { memberIdOf, seenNow } from "#tests/support/roster.ts";
import { asApp } from "#tests/support/sql.ts";

/** A review as its page shows it, with everybody on it by name. */
export async function reviewShown(by: ClinicContext, reviewId: string) {
  const page = await getReviewPage(by, { reviewId, size: 100 });
  return { ...page, of: (name: string) => page.rows.find((row) => row.name === name) };
}

/** What a form on the page sends about one person, as the page just read it. */
export async function decision(by: ClinicContext, reviewId: string, who: ClinicContext, verdict: Verdict) {
  const { rows } = await reviewShown(by, reviewId);
  const row = rows.find(({ memberId }) => memberId === memberIdOf(who));
  if (row === undefined) throw new Error("nobody like that is on the list");
  return { memberId: row.memberId, version: row.version, verdict };
}

export async function judge(
  by: ClinicContext,
  reviewId: string,
  who: ClinicContext,
  verdict: Verdict,
  words: { changeTo?: string; note?: string } = {},
) {
  return judgeAccess(by, { reviewId, rows: [{ ...(await decision(by, reviewId, who, verdict)), ...words }] });
}

/** What the signing form sends. */
export async function reviewSigning(by: ClinicContext, reviewId: string) {
  const { sha256: textSha256 } = await getReviewText(by, { reviewId });
  const typedName = by.actor.kind === "member" ? by.actor.name : "";
  return { reviewId, textSha256, locale: "en" as const, typedName };
}

export async function sign(by: ClinicContext, reviewId: string) {
  return signAccessReview(by, await reviewSigning(by, reviewId));
}

/** A review started and signed, with everybody kept; `other` decides on the signer's own access, where there is one. */
export async function signedReview(by: ClinicContext, other?: ClinicContext): Promise<string> {
  const { reviewId } = await startAccessReview(by, {});
  await keepTheRest(by, reviewId);
  if (other !== undefined) await judge(other, reviewId, by, "keep");
  await sign(by, reviewId);
  return reviewId;
}

export async function keepTheRest(by: ClinicContext, reviewId: string) {
  const { rest } = await getReviewPage(by, { reviewId });
  return keepRest(by, { reviewId, count: rest });
}

/** An officer becomes staff. */
export async function toStaff(by: ClinicContext, who: ClinicContext) {
  await changeRole(by, { ...(await seenNow(by, who)), role: "staff", reason: "Hands over." });
}

/** What a clinic's own SQL can do to a review's rows, whatever our commands would. */
export async function rewritten({ clinicId }: TestClinic, statement: string): Promise<number> {
  return asApp(clinicId, async (sql) => (await sql(`${statement} RETURNING 1`)).length);
}
