import "server-only";
import { z } from "zod";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import { lapseOf } from "#lib/domain/vendors/rules.ts";
import type { BaaFacts } from "#lib/domain/vendors/schema.ts";
import { BAA_FACTS, baaFacts } from "#lib/domain/vendors/store.ts";
import { calendarDateIn, toDatabaseDate } from "#lib/kernel/dates.ts";

const byTime = (a: Date, b: Date) => a.getTime() - b.getTime();

function wasOverWhenEntered(baa: BaaFacts, entered: Date, timeZone: string): boolean {
  return lapseOf(baa, calendarDateIn(timeZone, entered)) !== null;
}

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
      // Papers of a time before the book are history: nobody relied on them here. A correction does not make one.
      const [first] = baa.versions
        .filter(({ signature }) => signature === "both")
        .map(({ enteredAt }) => enteredAt)
        .sort(byTime);
      if (first === undefined || wasOverWhenEntered(baaFacts(baa, first), first, ctx.timeZone)) return [];
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
