import type { ClinicContext } from "#lib/domain/context.ts";
import { getCatalogueEntry, getToolPage } from "#lib/domain/tools/queries.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";
import { daysBefore } from "#scripts/days-before.ts";
import type { OpenedClinic } from "#scripts/open-clinic.ts";

/** A clinic of the demo, and the moment from which its past is counted back. */
export type Moment = { readonly clinic: OpenedClinic; readonly now: Date; readonly today: CalendarDate };

export async function catalogued(at: Moment, key: string): Promise<{ toolId: string; vendorId: string }> {
  const ctx = officer(at, 0);
  const { toolId } = await getCatalogueEntry(ctx, { key });
  const { tool } = await getToolPage(ctx, { toolId: toolId ?? "" });
  return { toolId: tool.id, vendorId: tool.vendorId };
}

export function officer(at: Moment, days: number): ClinicContext {
  return at.clinic.as("privacy_officer", ago(at, days));
}

export function ago({ now }: Moment, days: number): Date {
  return daysBefore(now, days);
}
