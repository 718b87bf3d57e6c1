import { z } from "zod";
import { defineEvent, personal } from "#lib/domain/event.ts";
import { UPDATED_FIELDS } from "#lib/domain/tools/updates/schema.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const toolUpdateEvents = [
  defineEvent("tool.update_answered", "tool", {
    vendor: personal(z.string()),
    product: personal(z.string()),
    surface: personal(z.string()),
    number: z.int().positive(),
    catalogueSha256: sha256,
    accepted: z.array(z.enum(UPDATED_FIELDS)),
    kept: z.array(z.enum(UPDATED_FIELDS)),
    /** SHA-256 of the canonical JSON of the facts and hostnames as they stand from now on. */
    factsSha256: sha256,
  }),
] as const;
