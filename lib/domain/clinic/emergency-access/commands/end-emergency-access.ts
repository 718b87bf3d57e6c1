import "server-only";
import { OneEmergencyUse } from "#lib/domain/clinic/emergency-access/schema.ts";
import { endUse } from "#lib/domain/clinic/emergency-access/steps.ts";
import { requireUse } from "#lib/domain/clinic/emergency-access/store.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { can } from "#lib/domain/permissions.ts";

/** Ends emergency access now: one's own, or as an officer anybody's. The person's next request has their own role again. */
export const endEmergencyAccess = defineCommand(
  "end-emergency-access",
  "emergency_access.end",
  OneEmergencyUse,
  async ({ tx, ctx }, { useId }) => {
    const use = await requireUse(tx, useId, can(ctx, "emergency_access.read") ? null : actingMemberId(ctx), ctx);
    const ended = await endUse(tx, ctx, use);
    return ended === null ? unchanged({ useId }) : done({ useId }, ended);
  },
);
