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
  // A change that began before the use was over may come here after its review: nothing joins what was signed.
  const reviewed = await tx.emergencyReview.count({ where: { useId: actor.emergency.useId } });
  return count === 0 || reviewed > 0 ? withoutEmergency(ctx) : ctx;
}

/** From here to the end of the transaction nothing joins a use: what was begun under it stands in the ledger by then. */
export async function lockUse(tx: ClinicTx, useId: string): Promise<void> {
  await tx.emergencyUse.updateMany({ where: { id: useId }, data: { acts: { increment: 0 } } });
}

/**
 * Takes a member off the list with all their namings, and ends what they have open: they have left, or have another role.
 * An old naming would hold again the day they are back.
 */
export async function endEmergencyOf(
  tx: ClinicTx,
  ctx: WorkContext,
  { memberId, reason }: { readonly memberId: string; readonly reason: string },
) {
  const endedBy = actingMemberId(ctx);
  if (endedBy === null) throw new Forbidden("member.keep");
  const standing = { memberId, endedAt: null };
  const namings = await tx.emergencyPerson.findMany({
    where: { ...standing, OR: [{ toOn: null }, { toOn: { gte: toDatabaseDate(ctx.today) } }] },
    select: { id: true },
    orderBy: [{ namedAt: "asc" }, { id: "asc" }],
  });
  const ids = namings.map(({ id }) => id);
  await tx.emergencyPerson.updateMany({
    where: { ...standing, id: { in: ids } },
    data: { endedBy, endedAt: ctx.now, endReason: reason },
  });
  const named = ids.map((id) => ({ type: "emergency_person.ended" as const, id, memberId, reason }));
  return [...named, ...(await endUses(tx, ctx, { memberId }))];
}

/** Ends the uses that are open of a member or by a naming, and says so of each. */
export async function endUses(tx: ClinicTx, ctx: WorkContext, of: { memberId: string } | { personId: string }) {
  const uses = await tx.emergencyUse.findMany({
    where: { ...of, ...openAt(ctx.now) },
    select: { id: true, memberId: true, kind: true, reviewDays: true },
    orderBy: [{ openedAt: "asc" }, { id: "asc" }],
  });
  const ended = [];
  for (const use of uses) ended.push(await endUse(tx, ctx, use));
  return ended.filter((event) => event !== null);
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
