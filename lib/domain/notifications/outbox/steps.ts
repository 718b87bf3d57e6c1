import "server-only";
import type { DigestCounts, MailKind } from "#lib/domain/notifications/outbox/schema.ts";
import { type CalendarDate, toDatabaseDate } from "#lib/kernel/dates.ts";
import { newId } from "#lib/kernel/ids.ts";
import { insertMany } from "#lib/platform/db/insert-many.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

type Queued = {
  readonly kind: MailKind;
  readonly subjectId: string | null;
  readonly to: ReadonlyArray<{
    readonly memberId: string | null;
    readonly subjectId?: string;
    readonly counts?: DigestCounts;
  }>;
  readonly digestOn?: CalendarDate;
};

/** Queues one message for each of these readers, in the transaction of what it tells of. */
export async function queueMail(tx: ClinicTx, now: Date, { kind, subjectId, to, digestOn }: Queued): Promise<void> {
  const rows = to.map(({ memberId, counts, subjectId: own = subjectId }) => ({
    ...{ id: newId(), memberId, kind, subjectId: own, counts: counts ?? null },
    digestOn: digestOn === undefined ? null : toDatabaseDate(digestOn),
    ...{ state: "queued", attempts: 0, nextAttemptAt: now, queuedAt: now },
  }));
  await insertMany(tx, "outbox_message", rows);
}
