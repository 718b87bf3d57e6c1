import { z } from "zod";
import { defineEvent } from "#lib/domain/event.ts";
import { IMPORT_KINDS } from "#lib/domain/tools/imports/schema.ts";

export const importEvents = [
  defineEvent("import.applied", "import", {
    kind: z.enum(IMPORT_KINDS),
    fileId: z.uuid(),
    fileSha256: z.string().regex(/^[0-9a-f]{64}$/),
    added: z.int().nonnegative(),
    changed: z.int().nonnegative(),
    unchanged: z.int().nonnegative(),
  }),
  defineEvent("import.previewed", "import", {
    kind: z.enum(IMPORT_KINDS),
    fileId: z.uuid(),
    fileSha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
] as const;
