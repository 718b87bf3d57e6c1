import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { assertPackDates } from "#lib/domain/evidence/rules.ts";
import { RequestEvidencePack } from "#lib/domain/evidence/schema.ts";
import { endOfDayIn, toDatabaseDate } from "#lib/kernel/dates.ts";
import { newId } from "#lib/kernel/ids.ts";

/**
 * Asks for a pack of the records as of a moment: now, or the end of a past day in the clinic's zone. The number of ledger
 * events it covers is fixed here, before this request itself becomes one. The worker makes it.
 */
export const requestEvidencePack = defineCommand(
  "request-evidence-pack",
  "evidence.request",
  RequestEvidencePack,
  async ({ tx, ctx }, input) => {
    assertPackDates(input, ctx.today);
    const asOf = input.asOf === null || input.asOf === ctx.today ? ctx.now : endOfDayIn(ctx.timeZone, input.asOf);
    const head = await tx.ledgerHead.findFirstOrThrow({ select: { nextSeq: true } });
    const packId = newId();
    const date = (day: string | null) => (day === null ? null : toDatabaseDate(day));
    await tx.evidencePack.create({
      data: {
        id: packId,
        status: "requested",
        requestedBy: actingMemberId(ctx),
        requestedAt: ctx.now,
        asOf,
        periodFrom: date(input.from),
        periodTo: date(input.to),
        ledgerSize: head.nextSeq,
      },
      select: { id: true },
    });
    const period = { periodFrom: input.from, periodTo: input.to };
    const ledgerSize = Number(head.nextSeq);
    return done(
      { packId, ledgerSize },
      { type: "evidence.requested", id: packId, asOf: asOf.toISOString(), ...period, ledgerSize },
    );
  },
);
