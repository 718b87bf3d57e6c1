import type { z } from "zod";
import { clinicEvents } from "#lib/domain/clinic/events.ts";
import { evidenceEvents } from "#lib/domain/evidence/events.ts";
import { toolEvents } from "#lib/domain/tools/events.ts";

/** The ledger's vocabulary: every event that any domain may write. What is written under a type stays for ever. */
export const EVENT_DEFINITIONS = [...clinicEvents, ...toolEvents, ...evidenceEvents] as const;

export type AuditEvent = z.input<(typeof EVENT_DEFINITIONS)[number]["schema"]>;

const byType = new Map<string, (typeof EVENT_DEFINITIONS)[number]>(
  EVENT_DEFINITIONS.map((definition) => [definition.type, definition]),
);

export function eventDefinition(type: string): (typeof EVENT_DEFINITIONS)[number] | undefined {
  return byType.get(type);
}
