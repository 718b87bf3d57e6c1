import type { z } from "zod";
import { attestationEvents } from "#lib/domain/attestations/events.ts";
import { firstStepEvents } from "#lib/domain/calendar/first-steps/events.ts";
import { accessEvents } from "#lib/domain/clinic/access/events.ts";
import { accessReviewEvents } from "#lib/domain/clinic/access-reviews/events.ts";
import { domainEvents } from "#lib/domain/clinic/domains/events.ts";
import { emergencyAccessEvents } from "#lib/domain/clinic/emergency-access/events.ts";
import { clinicEvents } from "#lib/domain/clinic/events.ts";
import { evidenceEvents } from "#lib/domain/evidence/events.ts";
import { fileEvents } from "#lib/domain/files/events.ts";
import { notificationEvents } from "#lib/domain/notifications/events.ts";
import { policyEvents } from "#lib/domain/policies/events.ts";
import { blockListEvents } from "#lib/domain/tools/block-list/events.ts";
import { toolEvents } from "#lib/domain/tools/events.ts";
import { toolExceptionEvents } from "#lib/domain/tools/exceptions/events.ts";
import { importEvents } from "#lib/domain/tools/imports/events.ts";
import { toolRequestEvents } from "#lib/domain/tools/requests/events.ts";
import { toolUpdateEvents } from "#lib/domain/tools/updates/events.ts";
import { vendorEvents } from "#lib/domain/vendors/events.ts";

/** The ledger's vocabulary: every event that any domain may write. What is written under a type stays for ever. */
export const EVENT_DEFINITIONS = [
  ...clinicEvents,
  ...accessEvents,
  ...accessReviewEvents,
  ...emergencyAccessEvents,
  ...domainEvents,
  ...fileEvents,
  ...attestationEvents,
  ...vendorEvents,
  ...toolEvents,
  ...toolUpdateEvents,
  ...toolRequestEvents,
  ...toolExceptionEvents,
  ...blockListEvents,
  ...importEvents,
  ...policyEvents,
  ...notificationEvents,
  ...firstStepEvents,
  ...evidenceEvents,
] as const;

export type AuditEvent = z.input<(typeof EVENT_DEFINITIONS)[number]["schema"]>;
export type EventType = AuditEvent["type"];

const byType = new Map<string, (typeof EVENT_DEFINITIONS)[number]>(
  EVENT_DEFINITIONS.map((definition) => [definition.type, definition]),
);

export function eventDefinition(type: string): (typeof EVENT_DEFINITIONS)[number] | undefined {
  return byType.get(type);
}
