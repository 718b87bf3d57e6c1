import { z } from "zod";
import { defineEvent } from "#lib/domain/event.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const evidenceEvents = [
  defineEvent("evidence.requested", "evidence_pack", {
    asOf: z.iso.datetime(),
    periodFrom: z.iso.date().nullable(),
    periodTo: z.iso.date().nullable(),
    ledgerSize: z.int().positive(),
  }),
  defineEvent("evidence.completed", "evidence_pack", { sha256, sizeBytes: z.int().positive() }),
  defineEvent("evidence.failed", "evidence_pack", { failure: z.enum(["build_failed"]) }),
  defineEvent("evidence.downloaded", "evidence_pack", { sha256 }),
] as const;
