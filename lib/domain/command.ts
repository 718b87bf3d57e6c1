import "server-only";
import type { z } from "zod";
import { holdEmergency } from "#lib/domain/clinic/emergency-access/steps.ts";
import type { ClinicContext, WorkContext } from "#lib/domain/context.ts";
import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import { prepareEvents } from "#lib/domain/ledger/record.ts";
import { parseInput } from "#lib/domain/parse.ts";
import { assertCan, type Permission } from "#lib/domain/permissions.ts";
import { reactingEventIds } from "#lib/domain/reacting-events.ts";
import { register } from "#lib/domain/registry.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { type ClinicTx, withClinic } from "#lib/platform/db/with-clinic.ts";

/** What a command did: the events that say so, or the statement that nothing changed. */
export type Outcome<T> =
  | { readonly value: T; readonly events: readonly [AuditEvent, ...AuditEvent[]] }
  | { readonly value: T; readonly unchanged: true };

type Work<I, T> = (spine: { tx: ClinicTx; ctx: WorkContext }, input: I) => Promise<Outcome<T>>;

export type Command<S extends z.ZodType, T> = ((ctx: ClinicContext, raw: z.input<S>) => Promise<T>) & {
  readonly commandName: string;
};

export type CommandOptions = { readonly timeoutSeconds?: number };

export function done<T>(value: T, ...events: [AuditEvent, ...AuditEvent[]]): Outcome<T> {
  return { value, events };
}

export function unchanged<T>(value: T): Outcome<T> {
  return { value, unchanged: true };
}

/**
 * Every change in the product has this shape: allowed, parsed, pinned to one clinic, worked, recorded; in one transaction.
 * Throws Forbidden, InvalidInput, NotFound, or the Refusal of a rule; then nothing has been written.
 */
export function defineCommand<S extends z.ZodType, T>(
  name: string,
  permission: Permission,
  schema: S,
  work: Work<z.output<S>, T>,
  options: CommandOptions = {},
): Command<S, T> {
  const run = async (asked: ClinicContext, raw: z.input<S>): Promise<T> => {
    assertCan(asked, permission);
    const input = parseInput(schema, raw);
    return withClinic(asked, options, async (tx, databaseNow) => {
      const ctx = await holdEmergency(tx, asked, databaseNow);
      assertCan(ctx, permission);
      const now = ctx.occurredAt ?? databaseNow;
      const outcome = await work({ tx, ctx: { ...ctx, now, today: calendarDateIn(ctx.timeZone, now) } }, input);
      if ("unchanged" in outcome) return { value: outcome.value, events: [], reactingEventIds: [] };
      const events = await prepareEvents(tx, ctx, outcome.events);
      return { value: outcome.value, events, reactingEventIds: reactingEventIds(events) };
    });
  };
  return register({ kind: "command", name, permission, schema, run: Object.assign(run, { commandName: name }) });
}
