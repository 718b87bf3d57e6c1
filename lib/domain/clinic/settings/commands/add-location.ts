import "server-only";
import { AddLocation } from "#lib/domain/clinic/settings/schema.ts";
import { freeNameKey } from "#lib/domain/clinic/settings/steps.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { newId } from "#lib/kernel/ids.ts";

/** Adds a place of the clinic. */
export const addLocation = defineCommand(
  "add-location",
  "location.keep",
  AddLocation,
  async ({ tx, ctx }, { name, address }) => {
    const nameKey = await freeNameKey(tx, name);
    const id = newId();
    await tx.location.create({
      data: { id, name, nameKey, address, addedBy: actingMemberId(ctx), addedAt: ctx.now },
      select: { id: true },
    });
    return done({ locationId: id }, { type: "location.added", id, name, address });
  },
);
