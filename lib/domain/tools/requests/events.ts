import { z } from "zod";
import { defineEvent, personal } from "#lib/domain/event.ts";
import { GOES_IN } from "#lib/domain/tools/requests/schema.ts";

export const toolRequestEvents = [
  defineEvent("tool_request.asked", "tool_request", {
    vendor: personal(z.string()),
    product: personal(z.string()),
    surface: personal(z.string()),
    hostname: personal(z.string()),
    purpose: personal(z.string()),
    goesIn: z.enum(GOES_IN),
    toolId: z.uuid().nullable(),
  }),
  defineEvent("tool_request.supported", "tool_request", {}),
  defineEvent("tool_request.withdrawn", "tool_request", {}),
  /** The officer has put the tool it means into the register. */
  defineEvent("tool_request.linked", "tool_request", { toolId: z.uuid() }),
  defineEvent("tool_request.granted", "tool_request", {
    answerToolId: z.uuid(),
    reason: personal(z.string()),
    soleDecider: z.boolean(),
  }),
  defineEvent("tool_request.refused", "tool_request", {
    answerToolId: z.uuid().nullable(),
    reason: personal(z.string()),
    soleDecider: z.boolean(),
  }),
  defineEvent("tool_request.pointed_elsewhere", "tool_request", {
    answerToolId: z.uuid(),
    reason: personal(z.string()),
    soleDecider: z.boolean(),
  }),
] as const;
