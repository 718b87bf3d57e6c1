import { judgeAccess } from "#lib/domain/clinic/access-reviews/commands/judge-access.ts";
import { keepRest } from "#lib/domain/clinic/access-reviews/commands/keep-rest.ts";
import { signAccessReview } from "#lib/domain/clinic/access-reviews/commands/sign-access-review.ts";
import { startAccessReview } from "#lib/domain/clinic/access-reviews/commands/start-access-review.ts";
import { getReviewPage, getReviewText } from "#lib/domain/clinic/access-reviews/queries.ts";
import { nameEmergencyPerson } from "#lib/domain/clinic/emergency-access/commands/name-emergency-person.ts";
import { openEmergencyAccess } from "#lib/domain/clinic/emergency-access/commands/open-emergency-access.ts";
import { reviewEmergencyAccess } from "#lib/domain/clinic/emergency-access/commands/review-emergency-access.ts";
import { actingMemberId, type ClinicContext } from "#lib/domain/context.ts";
import { tellOfEmergencyAccess, tellOfNaming, tellOfReview } from "#lib/domain/notifications/reactions.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { daysBefore } from "#scripts/days-before.ts";
import { letTheContractorGo } from "#scripts/demo-roster.ts";
import type { OpenedClinic } from "#scripts/open-clinic.ts";

/** Who could get in three weeks ago, signed; who was out since; and a drill of emergency access, reviewed. */
export async function keepHarborsAccess(clinic: OpenedClinic, now: Date): Promise<void> {
  await reviewAccess(clinic, now);
  await letTheContractorGo(clinic, now);
  await drillEmergencyAccess(clinic, now);
}

async function reviewAccess({ as }: OpenedClinic, now: Date): Promise<void> {
  const dana = (days: number) => as("dana", daysBefore(now, days));
  const { reviewId } = await startAccessReview(dana(21), {});
  const decide = async (by: ClinicContext, who: string, verdict: "keep" | "end", note: string) => {
    const { rows } = await getReviewPage(by, { reviewId, size: 100 });
    const row = rows.find(({ memberId }) => memberId === actingMemberId(as(who, now)));
    if (row === undefined) throw new Error(`${who} is not on the list`);
    await judgeAccess(by, { reviewId, rows: [{ memberId: row.memberId, version: row.version, verdict, note }] });
  };
  await decide(dana(20), "vera.lang", "end", "The website goes live in two weeks.");
  await decide(dana(20), "priya", "keep", "Reads for the yearly audit, to the end of March.");
  await decide(as("grace", daysBefore(now, 20)), "dana", "keep", "");
  const { rest } = await getReviewPage(dana(20), { reviewId });
  await keepRest(dana(20), { reviewId, count: rest });
  const { sha256: textSha256 } = await getReviewText(dana(20), { reviewId });
  await signAccessReview(dana(20), { reviewId, textSha256, locale: "en", typedName: "Dana Whitfield" });
}

async function drillEmergencyAccess({ as, system }: OpenedClinic, now: Date): Promise<void> {
  const memberId = actingMemberId(as("samuel.greene", now)) ?? "";
  // Told on the day: who starts the demo's worker would have everybody told today.
  const { personId } = await nameEmergencyPerson(as("owner", daysBefore(now, 45)), {
    ...{ memberId, fromOn: calendarDateIn("America/New_York", daysBefore(now, 45)) },
    reason: "Is in the building when neither Grace nor Dana is.",
  });
  await tellOfNaming(system(daysBefore(now, 45)), personId);
  const { useId } = await openEmergencyAccess(as("samuel.greene", daysBefore(now, 15)), {
    ...{ kind: "drill", minutes: 30, understood: "yes" },
    reason: "The drill of the quarter, announced the week before.",
  });
  await tellOfEmergencyAccess(system(daysBefore(now, 15)), useId);
  await reviewEmergencyAccess(as("dana", daysBefore(now, 14)), {
    ...{ useId, justified: "yes", typedName: "Dana Whitfield" },
    done: "He signed in, opened it within two minutes, looked a BAA up and ended nothing.",
    followUp: "Put the steps on the card at the front desk.",
  });
  await tellOfReview(system(daysBefore(now, 14)), useId);
}
