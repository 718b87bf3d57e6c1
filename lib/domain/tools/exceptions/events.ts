import { z } from "zod";
import { ROLES } from "#lib/domain/context.ts";
import { defineEvent, personal } from "#lib/domain/event.ts";

const excepted = {
  toolId: z.uuid(),
  vendor: personal(z.string()),
  product: personal(z.string()),
  surface: personal(z.string()),
  memberId: z.uuid().nullable(),
  role: z.enum(ROLES).nullable(),
};

export const toolExceptionEvents = [
  defineEvent("tool_exception.granted", "tool_exception", {
    ...excepted,
    reason: personal(z.string()),
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
    soleDecider: z.boolean(),
  }),
  defineEvent("tool_exception.withdrawn", "tool_exception", { ...excepted, reason: personal(z.string()) }),
] as const;
