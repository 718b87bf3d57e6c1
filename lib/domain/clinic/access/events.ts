import { z } from "zod";
import { defineEvent } from "#lib/domain/event.ts";

const OF_THE_HOLDER = { memberId: z.uuid(), at: z.iso.datetime() };

export const accessEvents = [
  defineEvent("clinic.sign_in_rules_set", "clinic", { idleMinutes: z.int() }),
  defineEvent("reset_link.issued", "reset_link", { memberId: z.uuid(), expiresAt: z.iso.datetime() }),
  defineEvent("reset_link.used", "reset_link", { memberId: z.uuid(), sessionsEnded: z.int().nonnegative() }),
  defineEvent("account.password_changed", "account_event", OF_THE_HOLDER),
  defineEvent("account.sessions_ended", "account_event", { ...OF_THE_HOLDER, count: z.int().positive() }),
] as const;
