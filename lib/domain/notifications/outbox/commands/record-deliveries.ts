import "server-only";
import { z } from "zod";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import { type MailTo, namesOf, type Step, stepAfter } from "#lib/domain/notifications/outbox/rules.ts";
import { Delivery, MAIL_ROUND_MAX, type MailKind } from "#lib/domain/notifications/outbox/schema.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

const RecordDeliveries = z.object({ deliveries: z.array(Delivery).min(1).max(MAIL_ROUND_MAX) });

type Went = MailTo & { readonly kind: MailKind; readonly step: Step };

/** Writes down how the attempts of one round went; a message that was finished meanwhile is left as it is. */
export const recordDeliveries = defineCommand(
  "record-deliveries",
  "mail.send",
  RecordDeliveries,
  async ({ tx, ctx }, { deliveries }) => {
    const ids = deliveries.map(({ messageId }) => messageId);
    const messages = await tx.outboxMessage.findMany({ where: { id: { in: ids } } });
    const byId = new Map(messages.map((message) => [message.id, message]));
    const went: Went[] = [];
    for (const delivery of deliveries) {
      const message = byId.get(delivery.messageId);
      if (message === undefined) throw new NotFound();
      const attempts = message.attempts + 1;
      const step = stepAfter(delivery.outcome, attempts, ctx.now);
      if (!(await recorded(tx, { ...delivery, attempts, now: ctx.now }, step))) continue;
      went.push({ memberId: message.memberId, subjectId: message.subjectId, kind: message.kind as MailKind, step });
    }
    const [first, ...rest] = eventsOf(went);
    return first === undefined ? unchanged({ recorded: 0 }) : done({ recorded: went.length }, first, ...rest);
  },
  { timeoutSeconds: 30 },
);

async function recorded(
  tx: ClinicTx,
  { messageId, locale, attempts, now }: Delivery & { readonly attempts: number; readonly now: Date },
  step: Step,
): Promise<boolean> {
  const { count } = await tx.outboxMessage.updateMany({
    where: { id: messageId, state: "queued", attempts: attempts - 1 },
    data: { failure: null, ...step, attempts, locale, finishedAt: step.state === "queued" ? null : now },
  });
  return count === 1;
}

// One event for all whom the same thing happened to: a digest goes to thousands.
function eventsOf(went: readonly Went[]): AuditEvent[] {
  const alike = Map.groupBy(went, ({ kind, step }) => JSON.stringify([step.state, kind, failureOf(step)]));
  return [...alike.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [eventOf(first, same)];
  });
}

function eventOf({ kind, step }: Went, same: readonly Went[]): AuditEvent {
  const about = { id: newId(), kind, ...namesOf(same) };
  switch (step.state) {
    case "sent":
      return { type: "mail.sent", ...about };
    case "queued":
      return { type: "mail.delayed", ...about, mailFailure: step.failure };
    case "failed":
      return { type: "mail.failed", ...about, mailFailure: step.failure };
    default: {
      const unhandled: never = step;
      return unhandled;
    }
  }
}

function failureOf(step: Step): string {
  return step.state === "sent" ? "" : step.failure;
}
