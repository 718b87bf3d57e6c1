import "server-only";
import type { Verdict } from "#lib/domain/clinic/access-reviews/schema.ts";
import { listReviewRows, type ReviewRow } from "#lib/domain/clinic/access-reviews/store.ts";
import { type PackMoment, type PackTable, type PackText, packTable } from "#lib/domain/clinic/evidence.ts";
import { fromDatabaseDate } from "#lib/kernel/dates.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** Where the signed text of a review stands in a pack, from its `data/`. */
export function reviewTextPath(number: number): string {
  return `access-reviews/review-${number}.txt`;
}

const CLOSINGS = ["access_review.signed", "access_review.abandoned"] as const;

/** A review as the moment knows it: open, where it was closed later, and then without what was decided. */
type ReviewReading = {
  readonly id: string;
  readonly number: number;
  readonly status: string;
  readonly seq: number;
  readonly closedSeq: number | null;
  readonly started: { readonly by: string; readonly at: string; readonly on: string; readonly recordedAt: string };
  readonly people: number;
  readonly listSha256: string;
  readonly closed: {
    readonly by: string;
    readonly at: string;
    readonly reason: string;
    readonly soleReviewer: boolean;
  } | null;
  readonly signature: {
    readonly attestationId: string;
    readonly typedName: string;
    readonly textSha256: string;
    readonly text: string;
  } | null;
  readonly rows: readonly ReviewRow[];
};

async function reviewReadings(tx: ClinicTx, moment: PackMoment): Promise<ReviewReading[]> {
  const reviews = await tx.accessReview.findMany({
    where: { startedAt: { lte: moment.asOf } },
    include: { attestation: { include: { text: true } } },
    orderBy: { number: "asc" },
  });
  const readings: ReviewReading[] = [];
  for (const review of reviews) {
    const { id, number, people, listSha256, closedBy, closedAt, attestation } = review;
    const seq = moment.seqOf(id);
    if (seq === null) continue;
    const closedSeq = closedAt !== null && closedAt <= moment.asOf ? moment.seqOf(id, ...CLOSINGS) : null;
    const isClosed = closedSeq !== null && closedBy !== null && closedAt !== null;
    const recordedAt = review.recordedAt.toISOString();
    const { abandonReason: reason, soleReviewer } = review;
    readings.push({
      ...{ id, number, people, listSha256, seq, closedSeq, status: isClosed ? review.status : "open" },
      started: {
        ...{ by: moment.nameOf(review.startedBy), at: review.startedAt.toISOString(), recordedAt },
        on: fromDatabaseDate(review.frozenOn),
      },
      closed: isClosed ? { by: moment.nameOf(closedBy), at: closedAt.toISOString(), reason, soleReviewer } : null,
      signature:
        isClosed && attestation !== null
          ? {
              ...{ attestationId: attestation.id, typedName: attestation.typedName },
              ...{ textSha256: attestation.textSha256, text: attestation.text.text },
            }
          : null,
      rows: await listReviewRows(tx, id),
    });
  }
  return readings;
}

const REVIEW_COLUMNS = [
  ...["id", "number", "status", "frozen_on", "people", "keep", "change", "end", "started_by", "started_at"],
  ...["recorded_at", "list_sha256", "closed_by", "closed_at", "abandon_reason", "sole_reviewer", "attestation_id"],
  ...["typed_name", "text_sha256", "text", "event_seq", "closed_event_seq"],
];

const ROW_COLUMNS = [
  ...["review_id", "review", "status", "position", "member_id", "member", "role", "job_title", "workforce_type"],
  ...["location", "started_on", "ended_on", "last_sign_in_on", "second_factor", "offices", "verdict", "change_to"],
  ...["note", "decided_by", "decided_at", "kept_with_rest", "sole_reviewer", "event_seq", "closed_event_seq"],
];

/**
 * Every review of access by the moment, with the list that each froze. What was decided on the list stands there once the
 * review was signed or given up: until then it may change. Each signed text stands beside the tables, byte for byte.
 */
export async function accessReviewTables(
  tx: ClinicTx,
  moment: PackMoment,
): Promise<{ readonly reviews: PackTable & { readonly files: PackText[] }; readonly rows: PackTable }> {
  const readings = await reviewReadings(tx, moment);
  const reviews = packTable(REVIEW_COLUMNS, readings.map(reviewCells));
  const files = readings.flatMap(({ number, signature }) =>
    signature === null ? [] : [{ path: reviewTextPath(number), bytes: Buffer.from(signature.text, "utf8") }],
  );
  return { reviews: { ...reviews, files }, rows: packTable(ROW_COLUMNS, readings.flatMap(rowCells)) };
}

function reviewCells(review: ReviewReading) {
  const { id, number, status, people, listSha256, seq, closedSeq, started, closed, signature, rows } = review;
  const count = (verdict: Verdict) => (closed === null ? null : rows.filter((row) => row.verdict === verdict).length);
  return [
    ...[id, number, status, started.on, people, count("keep"), count("change"), count("end"), started.by, started.at],
    ...[started.recordedAt, listSha256, closed?.by ?? null, closed?.at ?? null, closed?.reason ?? ""],
    ...[closed?.soleReviewer ?? null, signature?.attestationId ?? null, signature?.typedName ?? null],
    ...[signature?.textSha256 ?? null, signature === null ? null : reviewTextPath(number), seq, closedSeq],
  ];
}

function rowCells({ id, number, status, closed, rows, seq, closedSeq }: ReviewReading) {
  return rows.map((row) => {
    const isDecided = closed !== null && row.verdict !== null;
    return [
      ...[id, number, status, row.position, row.memberId, row.name, row.role, row.jobTitle, row.workforceType],
      ...[row.location, row.startedOn, row.endedOn, row.lastSignInOn, row.secondFactor, row.offices.join("\n")],
      ...(isDecided
        ? [row.verdict, row.changeTo, row.note, row.decidedBy, row.decidedAt?.toISOString() ?? null]
        : [null, "", "", null, null]),
      ...[isDecided ? row.withRest : null, isDecided ? row.soleReviewer : null, seq, closedSeq],
    ];
  });
}
