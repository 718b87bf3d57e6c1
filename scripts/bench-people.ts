import { z } from "zod";
import { abandonAccessReview } from "#lib/domain/clinic/access-reviews/commands/abandon-access-review.ts";
import { startAccessReview } from "#lib/domain/clinic/access-reviews/commands/start-access-review.ts";
import { getReviewInterval, getReviewPage } from "#lib/domain/clinic/access-reviews/queries.ts";
import { getPeoplePage } from "#lib/domain/clinic/people/queries.ts";
import { systemContext } from "#lib/domain/clinic/queries.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { queueDigests } from "#lib/domain/notifications/outbox/commands/queue-digests.ts";
import { addDays } from "#lib/kernel/dates.ts";
import { actingIn, asOwner, type BenchClinic } from "#scripts/bench-clinics.ts";
import type { Compared, Reviews } from "#scripts/bench-pages.ts";
import { medianSeconds, timed, times } from "#scripts/bench-times.ts";

const ROUNDS = 3;

export type ReviewStart = { readonly people: number; readonly seconds: number };
export type Digests = { readonly people: number; readonly seconds: number };
export type PeopleMeasured = { readonly queries: Compared[]; readonly reviewStarts: ReviewStart[] };

/** What the people pages ask of the database, and the beginning of an access review; it leaves one open in each clinic. */
export async function measurePeople(): Promise<PeopleMeasured & { readonly reviews: Reviews }> {
  const [small, crowd] = [await actingIn("small", "privacy_officer"), await actingIn("crowd", "privacy_officer")];
  const queries: Compared[] = [];
  const compare = async (page: string, ask: (by: ClinicContext) => Promise<unknown>) => {
    const [few, many] = [await times(() => ask(small)), await times(() => ask(crowd))];
    queries.push({ page, small: few, large: many, ratio: many.p95 / few.p95 });
  };
  await compare("people", (by) => getPeoplePage(by, {}));
  await compare("people, searched", (by) => getPeoplePage(by, { q: "maria" }));
  await compare("people, by address", (by) => getPeoplePage(by, { q: `staff@${by.slug}.example` }));
  const [fewStarted, manyStarted] = [await startReview(small), await startReview(crowd)];
  return {
    queries,
    reviewStarts: [fewStarted, manyStarted].map(({ people, seconds }) => ({ people, seconds })),
    reviews: { small: fewStarted.reviewId, crowd: manyStarted.reviewId },
  };
}

async function startReview(by: ClinicContext) {
  const { seconds, value } = await medianSeconds(ROUNDS, async () => {
    const { open } = await getReviewInterval(by, {});
    if (open !== null) await abandonAccessReview(by, { reviewId: open.reviewId, reason: "Measured." });
    return timed(() => startAccessReview(by, {}));
  });
  const { reviewId } = value;
  return { seconds, reviewId, people: (await getReviewPage(by, { reviewId })).review.people };
}

/** The morning's round of daily mail in clinics of 1,000 and of 10,000 people. Nothing is sent: no worker runs. */
export async function measureDigests(): Promise<Digests[]> {
  return [await digestsOf("thousand"), await digestsOf("tenThousand")];
}

// A day has one round. The mornings are of the days to come, after those of earlier runs.
async function digestsOf(clinic: BenchClinic): Promise<Digests> {
  const { clinicId } = await actingIn(clinic, "owner");
  const system = await systemContext(clinicId, { kind: "system", job: "bench" });
  const day = z.object({ day: z.iso.date() });
  const [newest] = await asOwner(
    "SELECT greatest(max(digest_on), current_date)::text AS day FROM outbox_message WHERE clinic_id = $1",
    [clinicId],
  );
  const before = day.parse(newest).day;
  const { seconds, value } = await medianSeconds(ROUNDS, (round) => {
    const morning = new Date(`${addDays(before, round + 1)}T14:00:00Z`);
    return timed(() => queueDigests({ ...system, occurredAt: morning }, {}));
  });
  return { people: value.queued, seconds };
}
