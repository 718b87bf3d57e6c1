import { z } from "zod";
import { LOCALES } from "#lib/domain/context.ts";
import { defineEvent, personal } from "#lib/domain/event.ts";

export const attestationEvents = [
  defineEvent("attestation.signed", "attestation", {
    memberId: z.uuid(),
    textSha256: z.string().regex(/^[0-9a-f]{64}$/),
    locale: z.enum(LOCALES),
    statement: personal(z.string()),
    typedName: personal(z.string()),
    sessionId: z.uuid().nullable(),
  }),
] as const;
