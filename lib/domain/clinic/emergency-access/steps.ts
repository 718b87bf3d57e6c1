import "server-only";
import { reviewByOf } from "#lib/domain/clinic/emergency-access/rules.ts";
import type { EmergencyKind } from "#lib/domain/clinic/emergency-access/schema.ts";
import { inEffect, openAt } from "#lib/domain/clinic/emergency-access/store.ts";
import { actingMemberId, type ClinicContext, type WorkContext, withoutEmergency } from "#lib/domain/context.ts";
import { toDatabaseDate } from "#lib/kernel/dates.ts";
import { Forbidden } from "#lib/kernel/errors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/**
 * The context as it holds at the moment of a change: emergency access that is over by now gives nothing and is not named.
 * Until the change is committed its end waits, so that whatever carries it stands before its end in the ledger.
 */
export async function holdEmergency(tx: ClinicTx, ctx: ClinicContext, now: Date): Promise<ClinicContext> {
  const { actor } = ctx;
  if (actor.kind !== "member" || actor.emergency === undefined) return ctx;
  const { count } = await tx.emergencyUse.updateMany({
    where: inEffect(actor.emergency.useId, actor.memberId, now),
    data: { acts: { increment: 1 } },
  });
  return count === 0 ? withoutEmergency(ctx) : ctx;
}

type OpenUse = {
  readonly id: string;
  readonly memberId: string;
  readonly kind: string;
  readonly reviewDays: number;
};

/** Ends a use that is open, and says so; null when it is over already. */
export async function endUse(tx: ClinicTx, ctx: WorkContext, { id, memberId, kind, reviewDays }: OpenUse) {
  const endedBy = actingMemberId(ctx);
  if (endedBy === null) throw new Forbidden("emergency_access.end");
  const reviewBy = toDatabaseDate(reviewByOf(ctx.now, reviewDays, ctx.timeZone));
  const { count } = await tx.emergencyUse.updateMany({
    where: { id, ...openAt(ctx.now) },
    data: { endedAt: ctx.now, endedBy, reviewBy },
  });
  if (count === 0) return null;
  return { type: "emergency_access.ended" as const, id, memberId, kind: kind as EmergencyKind };
}
