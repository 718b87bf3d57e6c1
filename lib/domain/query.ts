import "server-only";
import type { z } from "zod";
import { lookEmergency } from "#lib/domain/clinic/emergency-access/store.ts";
import type { ClinicContext, WorkContext } from "#lib/domain/context.ts";
import { parseInput } from "#lib/domain/parse.ts";
import { assertCan, type Permission } from "#lib/domain/permissions.ts";
import { register } from "#lib/domain/registry.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { type ClinicTx, readClinic } from "#lib/platform/db/with-clinic.ts";

type Reading<I, T> = (spine: { tx: ClinicTx; ctx: WorkContext }, input: I) => Promise<T>;

export type Query<S extends z.ZodType, T> = ((ctx: ClinicContext, raw: z.input<S>) => Promise<T>) & {
  readonly queryName: string;
};

export type QueryOptions = { readonly timeoutSeconds?: number };

/**
 * Every read has this shape: allowed, parsed, pinned to one clinic, in one READ ONLY transaction. A page asks one query.
 * Throws Forbidden, InvalidInput or NotFound.
 */
export function defineQuery<S extends z.ZodType, T>(
  name: string,
  permission: Permission,
  schema: S,
  read: Reading<z.output<S>, T>,
  options: QueryOptions = {},
): Query<S, T> {
  const run = async (asked: ClinicContext, raw: z.input<S>): Promise<T> => {
    assertCan(asked, permission);
    const input = parseInput(schema, raw);
    return readClinic(asked, options, async (tx, now) => {
      const ctx = await lookEmergency(tx, asked, now);
      assertCan(ctx, permission);
      return read({ tx, ctx: { ...ctx, now, today: calendarDateIn(ctx.timeZone, now) } }, input);
    });
  };
  return register({ kind: "query", name, permission, schema, run: Object.assign(run, { queryName: name }) });
}
