import { z } from "zod";
import { ROLES } from "#lib/domain/context.ts";
import { defineEvent, personal } from "#lib/domain/event.ts";

export const toolExceptionEvents = [
  defineEvent("tool_exception.granted", "tool_exception", {
    toolId: z.uuid(),
    memberId: z.uuid().nullable(),
    role: z.enum(ROLES).nullable(),
    reason: personal(z.string()),
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
    soleDecider: z.boolean(),
  }),
  defineEvent("tool_exception.withdrawn", "tool_exception", { toolId: z.uuid(), reason: personal(z.string()) }),
] as const;
