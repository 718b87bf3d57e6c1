import "server-only";
import { type Access, type ReadinessFacts, WITHOUT_FACTOR_SHOWN_MAX } from "#lib/domain/calendar/readiness/schema.ts";
import { countOf, waitingCounts } from "#lib/domain/calendar/waiting/rules.ts";
import type { Waiting } from "#lib/domain/calendar/waiting/schema.ts";
import { countOpenInvitations } from "#lib/domain/clinic/people/store.ts";
import { servingOn } from "#lib/domain/clinic/store.ts";
import type { Role, WorkContext } from "#lib/domain/context.ts";
import { countOwing } from "#lib/domain/policies/owed/store.ts";
import { newestVersions } from "#lib/domain/policies/store.ts";
import { calendarDateIn, daysBetween } from "#lib/kernel/dates.ts";
import { listWithoutSecondFactor } from "#lib/platform/db/second-factors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** Who can sign in, by role, and what about that is unfinished. */
export async function accessOf(tx: ClinicTx, ctx: WorkContext, waiting: Waiting): Promise<Access> {
  const groups = await tx.member.groupBy({ by: ["role"], where: servingOn(ctx.today), _count: { _all: true } });
  // A column that a CHECK holds to the roles.
  const byRole = Object.fromEntries(groups.map(({ role, _count }) => [role as Role, _count._all]));
  return {
    byRole,
    openInvitations: await countOpenInvitations(tx),
    offboarding: countOf(waiting, "offboarding"),
    withoutFactor: await listWithoutSecondFactor(tx, ctx.today, WITHOUT_FACTOR_SHOWN_MAX),
  };
}

type Known = {
  readonly waiting: Waiting;
  readonly withoutFactor: number;
  readonly packAsOf: Date | null;
  readonly missing: number;
};

/** What the owner's areas are judged from: counts, and nobody's records one by one. */
export async function readinessFacts(tx: ClinicTx, ctx: WorkContext, known: Known): Promise<ReadinessFacts> {
  const { waiting, withoutFactor, packAsOf, missing } = known;
  const versions = await newestVersions(tx);
  const unsigned = { open: 0, overdue: 0 };
  for (const version of versions) {
    const { open, overdue } = await countOwing(tx, version, ctx);
    unsigned.open += open;
    unsigned.overdue += overdue;
  }
  return {
    tools: await tx.tool.count(),
    baas: await tx.baa.count(),
    policies: versions.length,
    unsigned,
    waiting: waitingCounts(waiting),
    updates: waiting.updates,
    withoutFactor,
    packAgeDays: packAsOf === null ? null : daysBetween(calendarDateIn(ctx.timeZone, packAsOf), ctx.today),
    missing,
  };
}
