import { z } from "zod";
import { defineEvent } from "#lib/domain/event.ts";

const OF_THE_HOLDER = { memberId: z.uuid(), at: z.iso.datetime() };

export const accountEvents = [
  defineEvent("account.password_changed", "account_event", OF_THE_HOLDER),
  defineEvent("account.sessions_ended", "account_event", { ...OF_THE_HOLDER, count: z.int().positive() }),
] as const;
