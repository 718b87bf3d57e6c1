import "server-only";
import type { z } from "zod";
import { RecordAccountEvents } from "#lib/domain/clinic/access/schema.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import { NotFound } from "#lib/kernel/errors.ts";

/**
 * Copies what members did to their own accounts into the clinic's ledger. Safe to repeat: what the ledger holds already
 * is left out.
 */
export const recordAccountEvents = defineCommand(
  "record-account-events",
  "session.record",
  RecordAccountEvents,
  async ({ tx }, input) => {
    const memberIds = new Set(input.events.map(({ memberId }) => memberId));
    if ((await tx.member.count({ where: { id: { in: [...memberIds] } } })) < memberIds.size) throw new NotFound();
    const known = await tx.ledgerEvent.findMany({
      where: { objectType: "account_event", objectId: { in: input.events.map(({ id }) => id) } },
      select: { objectId: true },
    });
    const knownIds = new Set(known.map((event) => event.objectId));
    const [first, ...rest] = input.events.filter(({ id }) => !knownIds.has(id)).map(eventOf);
    return first === undefined ? unchanged({ recorded: 0 }) : done({ recorded: rest.length + 1 }, first, ...rest);
  },
);

function eventOf({
  id,
  memberId,
  at,
  type,
  count,
  provider,
}: z.output<typeof RecordAccountEvents>["events"][number]): AuditEvent {
  const done = { id, memberId, at: at.toISOString() };
  switch (type) {
    case "password_changed":
      return { type: "account.password_changed", ...done };
    case "sessions_ended":
      return { type: "account.sessions_ended", ...done, count: count ?? 1 };
    case "reset_by_operator":
      return { type: "account.reset_by_operator", ...done, count: count ?? 0 };
    case "totp_added":
      return { type: "account.factor_added", ...done, factor: "totp" };
    case "totp_removed":
      return { type: "account.factor_removed", ...done, factor: "totp" };
    case "passkey_added":
      return { type: "account.factor_added", ...done, factor: "passkey" };
    case "passkey_removed":
      return { type: "account.factor_removed", ...done, factor: "passkey" };
    case "recovery_codes_made":
      return { type: "account.recovery_codes_made", ...done };
    case "recovery_code_used":
      return { type: "account.recovery_code_used", ...done };
    case "provider_linked":
    case "provider_unlinked":
      // A CHECK holds these to name one.
      if (provider === null) throw new Error(`${type} names no provider`);
      return { type: `account.${type}`, ...done, provider };
    default: {
      const unhandled: never = type;
      throw new Error(`no event says ${unhandled}`);
    }
  }
}
