import "server-only";
import { ChangeLocation } from "#lib/domain/clinic/settings/schema.ts";
import { freeNameKey } from "#lib/domain/clinic/settings/steps.ts";
import { requireLocation } from "#lib/domain/clinic/settings/store.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { refuse } from "#lib/kernel/errors.ts";

/** Gives an open place another name or address. */
export const changeLocation = defineCommand(
  "change-location",
  "location.keep",
  ChangeLocation,
  async ({ tx }, { locationId, version, name, address }) => {
    const location = await requireLocation(tx, locationId);
    const nameKey = await freeNameKey(tx, name, locationId);
    if (location.version === version && location.name === name && location.address === address)
      return unchanged({ locationId });
    const { count } = await tx.location.updateMany({
      where: { id: locationId, version, closedAt: null },
      data: { name, nameKey, address, version: { increment: 1 } },
    });
    if (count === 0) throw refuse("location.changed_meanwhile", { name: location.name });
    return done(
      { locationId },
      { type: "location.changed", id: locationId, name, address, previousName: location.name },
    );
  },
);
