import { z } from "zod";
import { defineEvent, personal } from "#lib/domain/event.ts";
import { ANSWERS, GOES_IN } from "#lib/domain/tools/requests/schema.ts";

/** What was asked for, as it was called then. */
const asked = { vendor: personal(z.string()), product: personal(z.string()), surface: personal(z.string()) };

/** The tool that the answer names, and why. */
const answer = {
  answerProduct: personal(z.string()),
  answerSurface: personal(z.string()),
  reason: personal(z.string()),
  soleDecider: z.boolean(),
};

export const toolRequestEvents = [
  defineEvent("tool_request.asked", "tool_request", {
    ...asked,
    hostname: personal(z.string()),
    purpose: personal(z.string()),
    goesIn: z.enum(GOES_IN),
    toolId: z.uuid().nullable(),
  }),
  defineEvent("tool_request.supported", "tool_request", asked),
  defineEvent("tool_request.withdrawn", "tool_request", asked),
  /** The officer has said which tool of the register it means. */
  defineEvent("tool_request.linked", "tool_request", {
    ...asked,
    toolId: z.uuid(),
    answerProduct: personal(z.string()),
    answerSurface: personal(z.string()),
  }),
  /** It means another one than that. */
  defineEvent("tool_request.unlinked", "tool_request", {
    ...asked,
    toolId: z.uuid(),
    answerProduct: personal(z.string()),
    answerSurface: personal(z.string()),
  }),
  defineEvent("tool_request.granted", "tool_request", { ...asked, answerToolId: z.uuid(), ...answer }),
  defineEvent("tool_request.refused", "tool_request", { ...asked, answerToolId: z.uuid().nullable(), ...answer }),
  defineEvent("tool_request.pointed_elsewhere", "tool_request", { ...asked, answerToolId: z.uuid(), ...answer }),
  /** Which of its answers was taken back, counted from 1, and what that was. */
  defineEvent("tool_request.reopened", "tool_request", {
    ...asked,
    number: z.int().positive(),
    answer: z.enum(ANSWERS),
    answerToolId: z.uuid().nullable(),
    reason: personal(z.string()),
    soleDecider: z.boolean(),
  }),
] as const;
