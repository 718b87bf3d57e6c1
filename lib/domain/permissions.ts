import { calendarPermissions } from "#lib/domain/calendar/permissions.ts";
import { accessPermissions } from "#lib/domain/clinic/access/permissions.ts";
import { accessReviewPermissions } from "#lib/domain/clinic/access-reviews/permissions.ts";
import { domainPermissions } from "#lib/domain/clinic/domains/permissions.ts";
import { emergencyAccessPermissions, GIVEN_IN_AN_EMERGENCY } from "#lib/domain/clinic/emergency-access/permissions.ts";
import { clinicPermissions } from "#lib/domain/clinic/permissions.ts";
import type { ClinicContext, Role } from "#lib/domain/context.ts";
import { evidencePermissions } from "#lib/domain/evidence/permissions.ts";
import { filePermissions } from "#lib/domain/files/permissions.ts";
import { ledgerPermissions } from "#lib/domain/ledger/permissions.ts";
import { notificationPermissions } from "#lib/domain/notifications/permissions.ts";
import { policyPermissions } from "#lib/domain/policies/permissions.ts";
import { toolPermissions } from "#lib/domain/tools/permissions.ts";
import { vendorPermissions } from "#lib/domain/vendors/permissions.ts";
import { Forbidden } from "#lib/kernel/errors.ts";

/** Who may do what, as sentences: permission → who holds it. "system" is a job of ours or an operator's command. */
export const PERMISSIONS = {
  ...clinicPermissions,
  ...accessPermissions,
  ...accessReviewPermissions,
  ...emergencyAccessPermissions,
  ...domainPermissions,
  ...filePermissions,
  ...vendorPermissions,
  ...toolPermissions,
  ...policyPermissions,
  ...evidencePermissions,
  ...ledgerPermissions,
  ...calendarPermissions,
  ...notificationPermissions,
} as const satisfies Record<string, readonly Holder[]>;

export type Holder = Role | "system";
export type Permission = keyof typeof PERMISSIONS;

const GIVEN: ReadonlySet<Permission> = new Set(GIVEN_IN_AN_EMERGENCY);

/** Whether the actor's own role carries it, or the emergency access that is open for them. */
export function can(ctx: ClinicContext, permission: Permission): boolean {
  const { actor } = ctx;
  const holder: Holder = actor.kind === "member" ? actor.role : "system";
  if ((PERMISSIONS[permission] as readonly Holder[]).includes(holder)) return true;
  return actor.kind === "member" && actor.emergency !== undefined && GIVEN.has(permission);
}

/** Whether emergency access gives it to whoever has one open. */
export function isGivenInAnEmergency(permission: string): boolean {
  return (GIVEN as ReadonlySet<string>).has(permission);
}

export function assertCan(ctx: ClinicContext, permission: Permission): void {
  if (!can(ctx, permission)) throw new Forbidden(permission);
}

/** Roles whose members may do it. */
export function rolesWith(permission: Permission): Role[] {
  return (PERMISSIONS[permission] as readonly Holder[]).filter((holder): holder is Role => holder !== "system");
}
