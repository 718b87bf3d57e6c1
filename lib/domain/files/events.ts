import { z } from "zod";
import { defineEvent, personal } from "#lib/domain/event.ts";
import { MEDIA_TYPES } from "#lib/domain/files/schema.ts";

export const fileEvents = [
  defineEvent("file.kept", "file", {
    name: personal(z.string()),
    mediaType: z.enum(MEDIA_TYPES),
    sizeBytes: z.int().positive(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
] as const;
