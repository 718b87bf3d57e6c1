import "server-only";
import { getEndedEmergency } from "#lib/domain/clinic/emergency-access/queries.ts";
import { endedRefusal } from "#lib/domain/clinic/emergency-access/rules.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { Forbidden } from "#lib/kernel/errors.ts";

/** What a form is refused for; a missing permission that emergency access gave until a moment ago says so. */
export async function explainForbidden(ctx: ClinicContext, error: unknown): Promise<unknown> {
  if (!(error instanceof Forbidden)) return error;
  const ended = await getEndedEmergency(ctx, { permission: error.permission });
  return ended === null ? error : endedRefusal(ended, ctx);
}
