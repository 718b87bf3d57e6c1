import "server-only";
import { z } from "zod";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import { lapseOf } from "#lib/domain/vendors/rules.ts";
import { BAA_FACTS, baaFacts } from "#lib/domain/vendors/store.ts";
import { calendarDateIn, toDatabaseDate } from "#lib/kernel/dates.ts";

/**
 * Notes each BAA that ran out since it was entered, once for its last day. Standings don't wait for this: they are
 * computed from the dates. It is what tells people.
 */
export const noteLapsedBaas = defineCommand(
  "note-lapsed-baas",
  "baa.note_lapse",
  z.object({}),
  async ({ tx, ctx }) => {
    const baas = await tx.baa.findMany({
      include: { ...BAA_FACTS, lapses: { select: { lastDay: true } } },
      orderBy: { id: "asc" },
    });
    const lapsed = baas.flatMap((baa) => {
      const lapse = lapseOf(baaFacts(baa), ctx.today);
      if (lapse === null) return [];
      // Papers of a time before the book are history, and nobody relied on them here.
      const entered = baa.versions.find((version) => version.id === lapse.versionId)?.enteredAt ?? ctx.now;
      if (calendarDateIn(ctx.timeZone, entered) > lapse.lastDay) return [];
      const lastDay = toDatabaseDate(lapse.lastDay);
      const isNoted = baa.lapses.some((noted) => noted.lastDay.getTime() === lastDay.getTime());
      return isNoted ? [] : [{ baaId: baa.id, lapse, lastDay }];
    });
    const events = lapsed.map(
      ({ baaId, lapse }): AuditEvent => ({
        type: "baa.lapsed",
        id: baaId,
        lastDay: lapse.lastDay,
        tools: [...lapse.surfaces],
      }),
    );
    const [first, ...rest] = events;
    if (first === undefined) return unchanged({ lapsed: 0 });
    await tx.baaLapse.createMany({ data: lapsed.map(({ baaId, lastDay }) => ({ baaId, lastDay, notedAt: ctx.now })) });
    return done({ lapsed: lapsed.length }, first, ...rest);
  },
  { timeoutSeconds: 60 },
);
