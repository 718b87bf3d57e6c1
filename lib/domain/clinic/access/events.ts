import { z } from "zod";
import { FACTORS } from "#lib/domain/clinic/access/schema.ts";
import { defineEvent, personal } from "#lib/domain/event.ts";
import { PROVIDERS } from "#lib/kernel/sign-in-ways.ts";

const OF_THE_HOLDER = { memberId: z.uuid(), at: z.iso.datetime() };

export const accessEvents = [
  defineEvent("clinic.sign_in_rules_set", "clinic", { idleMinutes: z.int(), secondFactorForAll: z.boolean() }),
  defineEvent("reset_link.issued", "reset_link", { memberId: z.uuid(), expiresAt: z.iso.datetime() }),
  defineEvent("reset_link.used", "reset_link", {
    memberId: z.uuid(),
    sessionsEnded: z.int().nonnegative(),
    linksEnded: z.int().nonnegative(),
  }),
  defineEvent("account.password_changed", "account_event", OF_THE_HOLDER),
  defineEvent("account.sessions_ended", "account_event", { ...OF_THE_HOLDER, count: z.int().positive() }),
  defineEvent("account.factor_added", "account_event", { ...OF_THE_HOLDER, factor: z.enum(FACTORS) }),
  defineEvent("account.factor_removed", "account_event", { ...OF_THE_HOLDER, factor: z.enum(FACTORS) }),
  defineEvent("account.provider_linked", "account_event", { ...OF_THE_HOLDER, provider: z.enum(PROVIDERS) }),
  defineEvent("account.provider_unlinked", "account_event", { ...OF_THE_HOLDER, provider: z.enum(PROVIDERS) }),
  defineEvent("member.factors_reset", "factor_reset", {
    memberId: z.uuid(),
    factors: z.int().positive(),
    linksEnded: z.int().nonnegative(),
    reason: personal(z.string()),
  }),
  defineEvent("account.reset_by_operator", "account_event", { ...OF_THE_HOLDER, count: z.int().nonnegative() }),
  defineEvent("account.recovery_codes_made", "account_event", OF_THE_HOLDER),
  defineEvent("account.recovery_code_used", "account_event", OF_THE_HOLDER),
] as const;
