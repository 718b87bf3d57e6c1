import "server-only";
import { z } from "zod";
import { listLeaders } from "#lib/domain/clinic/store.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { newId } from "#lib/kernel/ids.ts";

/** The clinic's own facts. */
export const getClinic = defineQuery("clinic", "clinic.read", z.object({}), async ({ tx }) =>
  tx.clinic.findFirstOrThrow({ select: { slug: true, name: true, timeZone: true, needsSecondApprover: true } }),
);

/** Whom somebody turns to for what their role doesn't let them do. */
export const getLeaders = defineQuery("leaders", "clinic.read", z.object({}), async ({ tx, ctx }) =>
  listLeaders(tx, ctx.today),
);

/** The context in which a job of ours, or an operator's command, acts in a clinic. */
export async function systemContext(
  clinicId: string,
  actor: { kind: "system" | "operator"; job: string },
): Promise<ClinicContext> {
  const base: ClinicContext = {
    clinicId,
    slug: "",
    clinicName: "",
    timeZone: "UTC",
    locale: "en",
    actor: { ...actor },
    requestId: newId(),
  };
  const { slug, name: clinicName, timeZone } = await getClinic(base, {});
  return { ...base, slug, clinicName, timeZone };
}
