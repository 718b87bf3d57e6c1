import { z } from "zod";
import { FIRST_STEPS } from "#lib/domain/calendar/first-steps/schema.ts";
import { defineEvent } from "#lib/domain/event.ts";

// The subject is the member whose list it is.
export const firstStepEvents = [
  defineEvent("first_steps.put_aside", "first_steps", { steps: z.array(z.enum(FIRST_STEPS)) }),
  defineEvent("first_steps.called_back", "first_steps", { steps: z.array(z.enum(FIRST_STEPS)) }),
] as const;
