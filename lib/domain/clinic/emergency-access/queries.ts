import "server-only";
import { z } from "zod";
import {
  type EmergencyBanner,
  type EmergencyKind,
  type EndedEmergency,
  OneEmergencyUse,
  UsesPage,
  UsesRows,
} from "#lib/domain/clinic/emergency-access/schema.ts";
import {
  countEntries,
  countUsesToReview,
  emergencyRule,
  findNamingInForce,
  findOpenUse,
  findUseEndedLately,
  findUsesPage,
  listEmergencyPeople,
  listEntries,
  listNameable,
  listNamedToday,
  listOpenUses,
  listReviewerIds,
  requireUse,
} from "#lib/domain/clinic/emergency-access/store.ts";
import { listLeaders, namesOf } from "#lib/domain/clinic/store.ts";
import { actingMemberId, type WorkContext } from "#lib/domain/context.ts";
import { peopleOf } from "#lib/domain/ledger/rules.ts";
import { showEvents } from "#lib/domain/ledger/store.ts";
import { can, isGivenInAnEmergency } from "#lib/domain/permissions.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";

// Whose uses the reader may see: everybody's, or their own.
function whose(ctx: WorkContext): string | null {
  return can(ctx, "emergency_access.read") ? null : (actingMemberId(ctx) ?? "");
}

/** A page of the log of uses and tests, who may open emergency access today, and whether the reader may. */
export const getEmergencyUsesPage = defineQuery(
  "emergency-uses-page",
  "emergency_access.see",
  UsesPage,
  async ({ tx, ctx }, input) => {
    const memberId = actingMemberId(ctx) ?? "";
    const open = await findOpenUse(tx, memberId, ctx.now);
    return {
      ...(await findUsesPage(tx, input, whose(ctx), ctx)),
      rule: await emergencyRule(tx),
      namedToday: await listNamedToday(tx, ctx.today),
      mayOpen: open === null && can(ctx, "emergency_access.open") && (await isNamed(tx, ctx)),
      today: ctx.today,
      asOf: ctx.now,
    };
  },
);

/** The log on all its pages, for its files. */
export const getEmergencyUsesRows = defineQuery(
  "emergency-uses-rows",
  "emergency_access.see",
  UsesRows,
  async ({ tx, ctx }, input) => {
    const { rows, total } = await findUsesPage(tx, { ...input, page: 1, size: LIST_ROWS_MAX }, whose(ctx), ctx);
    return { rows, total, today: ctx.today };
  },
  { timeoutSeconds: 60 },
);

/** One use, and for who may read it all that was done under it. */
export const getEmergencyUse = defineQuery(
  "emergency-use",
  "emergency_access.see",
  OneEmergencyUse,
  async ({ tx, ctx }, { useId }) => {
    const use = await requireUse(tx, useId, whose(ctx), ctx);
    const reads = can(ctx, "emergency_access.read");
    const events = reads ? await showEvents(tx, ctx.clinicId, await listEntries(tx, use)) : [];
    const reviewerIds = await listReviewerIds(tx, ctx.today);
    const own = use.memberId === actingMemberId(ctx);
    return {
      ...{ use, events, entries: await countEntries(tx, use) },
      names: Object.fromEntries(await namesOf(tx, events.flatMap(peopleOf))) as Readonly<Record<string, string | null>>,
      /** Whether the reader may end it, and whether they may review it now. */
      mayEnd: use.overAt === null && (own || can(ctx, "emergency_access.review")),
      mayReview:
        use.overAt !== null &&
        use.review === null &&
        can(ctx, "emergency_access.review") &&
        (!own || reviewerIds.every((id) => id === use.memberId)),
      today: ctx.today,
      asOf: ctx.now,
    };
  },
);

/** Who was named when, the clinic's rule, and for an owner whom they may name. */
export const getEmergencyPeoplePage = defineQuery(
  "emergency-people-page",
  "emergency_access.read",
  z.object({}),
  async ({ tx, ctx }) => ({
    people: await listEmergencyPeople(tx, ctx.today),
    rule: await emergencyRule(tx),
    nameable: can(ctx, "emergency_access.arrange") ? await listNameable(tx, ctx.today) : [],
    today: ctx.today,
    asOf: ctx.now,
  }),
);

/** What the form that opens emergency access says and asks. */
export const getOpenEmergencyForm = defineQuery(
  "open-emergency-form",
  "emergency_access.open",
  z.object({}),
  async ({ tx, ctx }) => {
    const open = await findOpenUse(tx, actingMemberId(ctx) ?? "", ctx.now);
    return {
      rule: await emergencyRule(tx),
      named: await isNamed(tx, ctx),
      namedToday: await listNamedToday(tx, ctx.today),
      leaders: (await listLeaders(tx, ctx.today)).map(({ name }) => name),
      openUseId: open?.id ?? null,
    };
  },
);

/** What stands above every page while emergency access is open, and for officers until it is reviewed. */
export const getEmergencyBanner = defineQuery(
  "emergency-banner",
  "emergency_access.see",
  z.object({}),
  async ({ tx, ctx }): Promise<EmergencyBanner> => {
    const memberId = actingMemberId(ctx) ?? "";
    const own = await findOpenUse(tx, memberId, ctx.now);
    const watches = can(ctx, "emergency_access.review");
    const open = watches ? await listOpenUses(tx, ctx) : [];
    const waiting = watches ? await countUsesToReview(tx, ctx) : { toReview: 0, overdue: 0 };
    return {
      own: own === null ? null : { useId: own.id, kind: own.kind as EmergencyKind, endsAt: own.endsAt },
      named: can(ctx, "emergency_access.open") && (await isNamed(tx, ctx)),
      open: open.filter((use) => use.memberId !== memberId).map(({ memberId: _, ...use }) => use),
      ...waiting,
      asOf: ctx.now,
    };
  },
);

/** Whether the reader was refused only because their emergency access is over since a moment; null where that isn't it. */
export const getEndedEmergency = defineQuery(
  "ended-emergency",
  "emergency_access.see",
  z.object({ permission: z.string().max(100) }),
  async ({ tx, ctx }, { permission }): Promise<EndedEmergency | null> => {
    if (!isGivenInAnEmergency(permission)) return null;
    const overAt = await findUseEndedLately(tx, actingMemberId(ctx) ?? "", ctx.now);
    if (overAt === null) return null;
    const mayOpen = can(ctx, "emergency_access.open") && (await isNamed(tx, ctx));
    return { overAt, mayOpen, leaders: (await listLeaders(tx, ctx.today)).map(({ name }) => name) };
  },
);

async function isNamed(tx: Parameters<typeof findNamingInForce>[0], ctx: WorkContext): Promise<boolean> {
  return (await findNamingInForce(tx, actingMemberId(ctx) ?? "", ctx.today)) !== null;
}
