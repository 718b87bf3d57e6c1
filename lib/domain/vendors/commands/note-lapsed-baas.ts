import "server-only";
import { z } from "zod";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import { lapseOf } from "#lib/domain/vendors/rules.ts";
import { type BaaRow, baaFacts, findBaaRows } from "#lib/domain/vendors/store.ts";
import { type CalendarDate, calendarDateIn, toDatabaseDate } from "#lib/kernel/dates.ts";
import { insertMany } from "#lib/platform/db/insert-many.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/**
 * Notes each BAA that ran out since it was entered, once for its last day. Standings don't wait for this: they are
 * computed from the dates. It is what tells people.
 */
export const noteLapsedBaas = defineCommand(
  "note-lapsed-baas",
  "baa.note_lapse",
  z.object({}),
  async ({ tx, ctx }) => {
    const noted = await notedLapses(tx);
    const over = await baasThatMayBeOver(tx, ctx.today, noted);
    const lapsed = (await findBaaRows(tx, { ids: over })).flatMap((baa) => {
      const lapse = lapseOf(baaFacts(baa), ctx.today);
      if (lapse === null || noted.has(lapseKey(baa.id, toDatabaseDate(lapse.lastDay)))) return [];
      return wasReliedOn(baa, ctx.timeZone) ? [{ baaId: baa.id, vendorId: baa.vendorId, ...lapse }] : [];
    });
    const events = lapsed.map(
      ({ baaId, vendorId, lastDay, surfaces }): AuditEvent => ({
        ...{ type: "baa.lapsed", id: baaId, vendorId, lastDay, tools: [...surfaces] },
      }),
    );
    const [first, ...rest] = events;
    if (first === undefined) return unchanged({ lapsed: 0 });
    const lapses = lapsed.map(({ baaId, lastDay }) => ({ baaId, lastDay, notedAt: ctx.now }));
    await insertMany(tx, "baa_lapse", lapses);
    return done({ lapsed: lapsed.length }, first, ...rest);
  },
  { timeoutSeconds: 60 },
);

async function notedLapses(tx: ClinicTx): Promise<ReadonlySet<string>> {
  const lapses = await tx.baaLapse.findMany({ select: { baaId: true, lastDay: true } });
  return new Set(lapses.map(({ baaId, lastDay }) => lapseKey(baaId, lastDay)));
}

/** BAAs with a last day in the past that is not noted, of a signed version or of an end before its time; the rules judge which are over. */
async function baasThatMayBeOver(
  tx: ClinicTx,
  today: CalendarDate,
  noted: ReadonlySet<string>,
): Promise<readonly string[]> {
  const past = { lt: toDatabaseDate(today) };
  const versions = await tx.baaVersion.findMany({
    where: { expiresOn: past, signature: "both" },
    select: { baaId: true, expiresOn: true },
  });
  const ended = await tx.baaTermination.findMany({
    where: { lastDay: past, withdrawnAt: null },
    select: { baaId: true, lastDay: true },
  });
  const days = [...versions.map(({ baaId, expiresOn }) => ({ baaId, lastDay: expiresOn })), ...ended];
  const open = days.filter(({ baaId, lastDay }) => lastDay !== null && !noted.has(lapseKey(baaId, lastDay)));
  return [...new Set(open.map(({ baaId }) => baaId))];
}

function lapseKey(baaId: string, lastDay: Date): string {
  return `${baaId} ${lastDay.getTime()}`;
}

// Papers of a time before the book are history: nobody relied on them here. So a BAA counts from the first of its signed
// versions with which it was not over on the day of entering; a later correction does not take that away.
function wasReliedOn(baa: BaaRow, timeZone: string): boolean {
  return baa.versions
    .filter(({ signature }) => signature === "both")
    .some(({ enteredAt }) => lapseOf(baaFacts(baa, enteredAt), calendarDateIn(timeZone, enteredAt)) === null);
}
