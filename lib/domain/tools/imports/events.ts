import { z } from "zod";
import { defineEvent, personal } from "#lib/domain/event.ts";
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
  // A file said otherwise of a tool that a person had described; this is what is known of it since.
  defineEvent("tool.described", "tool", {
    vendor: personal(z.string()),
    product: personal(z.string()),
    surface: personal(z.string()),
    number: z.int().positive(),
    hostnames: personal(z.array(z.string())),
    jurisdiction: personal(z.string()),
    why: personal(z.string()),
  }),
] as const;
