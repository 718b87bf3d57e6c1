import { z } from "zod";
import { defineEvent, personal } from "#lib/domain/event.ts";
import { MEDIA_TYPES } from "#lib/domain/files/schema.ts";

export const fileEvents = [
  defineEvent("file.kept", "file", {
    name: personal(z.string()),
    mediaType: z.enum(MEDIA_TYPES),
    // These three bind the file: a pack that holds it at this path is checked against them (content/pack/SPEC.txt).
    file: z.string().regex(/^files\/[0-9a-f]{64}\.[a-z]{3,4}$/),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    size: z.int().positive(),
  }),
] as const;
