import "server-only";
import { CloseLocation } from "#lib/domain/clinic/settings/schema.ts";
import { requireLocation } from "#lib/domain/clinic/settings/store.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import { refuse } from "#lib/kernel/errors.ts";

/** Closes a place: nobody is put there any more, and who was there stays on record as there. */
export const closeLocation = defineCommand(
  "close-location",
  "location.keep",
  CloseLocation,
  async ({ tx, ctx }, { locationId, version }) => {
    const { name } = await requireLocation(tx, locationId);
    const { count } = await tx.location.updateMany({
      where: { id: locationId, version, closedAt: null },
      data: { closedAt: ctx.now, version: { increment: 1 } },
    });
    if (count === 0) throw refuse("location.changed_meanwhile", { name });
    return done({ name }, { type: "location.closed", id: locationId, name });
  },
);
