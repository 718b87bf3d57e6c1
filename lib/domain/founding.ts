import "server-only";
import type { z } from "zod";
import type { ClinicContext, WorkContext } from "#lib/domain/context.ts";
import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import { prepareEvents } from "#lib/domain/ledger/record.ts";
import { parseInput } from "#lib/domain/parse.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { type ClinicTx, type Foundation, withFounding } from "#lib/platform/db/with-clinic.ts";

export type Founded<T> = { readonly value: T; readonly events: readonly [AuditEvent, ...AuditEvent[]] };

type FoundingWork<I, T> = (
  spine: { tx: ClinicTx; ctx: WorkContext; accountId: string | null; foundation: Foundation },
  input: I,
) => Promise<Founded<T>>;

/** Where a founding change takes place, and for whose account. */
export type FoundingPlace = { readonly ctx: ClinicContext; readonly accountId: string | null };

/**
 * The shape of the changes that nobody can have permission for, because they begin outside every clinic: founding a clinic,
 * joining one, and setting a new password by a link. `place` is worked out by the caller from a token or from nothing, never from the input.
 */
export function defineFounding<S extends z.ZodType, T>(name: string, schema: S, work: FoundingWork<z.output<S>, T>) {
  const run = async (place: FoundingPlace, raw: z.input<S>): Promise<T> => {
    const input = parseInput(schema, raw);
    const { ctx, accountId } = place;
    return withFounding({ clinicId: ctx.clinicId, accountId }, async (tx, databaseNow, foundation) => {
      const now = ctx.occurredAt ?? databaseNow;
      const workContext = { ...ctx, now, today: calendarDateIn(ctx.timeZone, now) };
      const outcome = await work({ tx, ctx: workContext, accountId, foundation }, input);
      return { value: outcome.value, events: await prepareEvents(tx, ctx, outcome.events), reactingEventIds: [] };
    });
  };
  return Object.assign(run, { foundingName: name });
}
