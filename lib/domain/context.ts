import type { CalendarDate } from "#lib/kernel/dates.ts";

export const ROLES = ["owner", "privacy_officer", "manager", "staff", "auditor"] as const;
export type Role = (typeof ROLES)[number];

export const LOCALES = ["en", "es"] as const;
export type Locale = (typeof LOCALES)[number];

/** Who acts: a person of the clinic, a job of ours, or someone at the server's own shell. */
export type Actor =
  | {
      readonly kind: "member";
      readonly memberId: string;
      readonly name: string;
      readonly role: Role;
      /** The sign-in in which they act, as signatures keep it; only a browser has one. */
      readonly sessionId?: string;
      /** Emergency access that is open for them: it adds to their role, and every event they leave names it. */
      readonly emergency?: { readonly useId: string; readonly endsAt: Date };
    }
  | { readonly kind: "system"; readonly job: string }
  | { readonly kind: "operator"; readonly job: string };

/** Who acts, in which clinic, on whose behalf it is logged. Every command and query takes one. */
export type ClinicContext = {
  readonly clinicId: string;
  readonly slug: string;
  readonly clinicName: string;
  readonly timeZone: string;
  readonly locale: Locale;
  readonly actor: Actor;
  /** Joins log lines and ledger events of one human act. */
  readonly requestId: string;
  /**
   * When it happened, if that was before it was written down. Only the demo, imports of paper records and tests set
   * it; a browser context never has it. The ledger's own time stays the database's clock.
   */
  readonly occurredAt?: Date;
};

/** What a command or query works with: the context and the moment, read from the database as the transaction began. */
export type WorkContext = ClinicContext & { readonly now: Date; readonly today: CalendarDate };

/** The same person with their own role and nothing else. */
export function withoutEmergency(ctx: ClinicContext): ClinicContext {
  if (ctx.actor.kind !== "member") return ctx;
  const { emergency: _, ...actor } = ctx.actor;
  return { ...ctx, actor };
}

/** The member who acts; a job or an operator has none. */
export function actingMemberId(ctx: ClinicContext): string | null {
  return ctx.actor.kind === "member" ? ctx.actor.memberId : null;
}
