import "server-only";
import { overAt } from "#lib/domain/clinic/emergency-access/rules.ts";
import { lastDaysOfLeavers, type PackMoment, type PackTable, packTable } from "#lib/domain/clinic/evidence.ts";
import { fromDatabaseDate } from "#lib/kernel/dates.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

const USE_COLUMNS = [
  ...["id", "kind", "member_id", "member", "reason", "minutes", "opened_at", "ends_at", "over_at", "ended_by"],
  ...["review_by", "justified", "done", "follow_up", "signed_as", "reviewed_by", "reviewed_at", "sole_reviewer"],
  ...["entries", "event_seq", "ended_event_seq", "reviewed_event_seq"],
];

/** Every use and every test of emergency access by the moment, with its review where there was one. */
export async function emergencyUsesTable(tx: ClinicTx, moment: PackMoment): Promise<PackTable> {
  const { asOf, nameOf, seqOf } = moment;
  const uses = await tx.emergencyUse.findMany({
    where: { openedAt: { lte: asOf } },
    include: { review: true },
    orderBy: [{ openedAt: "asc" }, { id: "asc" }],
  });
  const rows = uses.flatMap((use) => {
    const { id, kind, memberId, reason, minutes, openedAt, endsAt } = use;
    const seq = seqOf(id, "emergency_access.opened");
    if (seq === null) return [];
    const endedSeq = seqOf(id, "emergency_access.ended");
    const isEnded = endedSeq !== null && use.endedAt !== null && use.endedAt <= asOf;
    const over = overAt({ endsAt, endedAt: isEnded ? use.endedAt : null }, asOf);
    const reviewedSeq = seqOf(id, "emergency_access.reviewed");
    const review = reviewedSeq !== null && use.review !== null && use.review.reviewedAt <= asOf ? use.review : null;
    return [
      [
        ...[id, kind, memberId, nameOf(memberId), reason, minutes, openedAt.toISOString(), endsAt.toISOString()],
        ...[over?.toISOString() ?? null, isEnded && use.endedBy !== null ? nameOf(use.endedBy) : ""],
        ...[over === null ? null : fromDatabaseDate(use.reviewBy), review?.justified ?? null, review?.done ?? ""],
        ...[review?.followUp ?? "", review?.typedName ?? "", review === null ? "" : nameOf(review.reviewedBy)],
        ...[review?.reviewedAt.toISOString() ?? null, review?.soleReviewer ?? null, review?.entries ?? null, seq],
        ...[isEnded ? endedSeq : null, review === null ? null : reviewedSeq],
      ],
    ];
  });
  return packTable(USE_COLUMNS, rows);
}

const PEOPLE_COLUMNS = [
  ...["id", "member_id", "member", "from_on", "to_on", "reason", "named_by", "named_at", "ended_at", "ended_by"],
  ...["end_reason", "event_seq", "ended_event_seq", "member_left_on"],
];

/** Everybody who was named by the moment to open emergency access; whose membership was over by then may not any more. */
export async function emergencyPeopleTable(tx: ClinicTx, moment: PackMoment): Promise<PackTable> {
  const { asOf, nameOf, seqOf } = moment;
  const people = await tx.emergencyPerson.findMany({
    where: { namedAt: { lte: asOf } },
    orderBy: [{ namedAt: "asc" }, { id: "asc" }],
  });
  const leftOn = await lastDaysOfLeavers(tx, moment);
  const rows = people.flatMap(({ id, memberId, fromOn, toOn, reason, namedBy, namedAt, endedAt, ...ending }) => {
    const seq = seqOf(id, "emergency_person.named");
    if (seq === null) return [];
    const endedSeq = seqOf(id, "emergency_person.ended");
    const isEnded = endedSeq !== null && endedAt !== null && endedAt <= asOf;
    return [
      [
        ...[id, memberId, nameOf(memberId), fromDatabaseDate(fromOn), toOn === null ? null : fromDatabaseDate(toOn)],
        ...[reason, nameOf(namedBy), namedAt.toISOString(), isEnded ? endedAt.toISOString() : null],
        ...[isEnded && ending.endedBy !== null ? nameOf(ending.endedBy) : "", isEnded ? ending.endReason : "", seq],
        ...[isEnded ? endedSeq : null, leftOn.get(memberId) ?? null],
      ],
    ];
  });
  return packTable(PEOPLE_COLUMNS, rows);
}

const RULE_COLUMNS = ["number", "minutes_max", "review_days", "set_by", "set_at", "event_seq"];

/** Every rule that an owner set by the moment; the last one governs. */
export async function emergencyRulesTable(tx: ClinicTx, moment: PackMoment): Promise<PackTable> {
  const { asOf, nameOf, seqsOf } = moment;
  const rules = await tx.emergencyRule.findMany({ where: { setAt: { lte: asOf } }, orderBy: { number: "asc" } });
  const rows = rules.flatMap(({ clinicId, number, minutesMax, reviewDays, setBy, setAt }) => {
    const seq = seqsOf(clinicId, "emergency_rule.set")[number - 1] ?? null;
    return seq === null ? [] : [[number, minutesMax, reviewDays, nameOf(setBy), setAt.toISOString(), seq]];
  });
  return packTable(RULE_COLUMNS, rows);
}
