import { z } from "zod";
import { defineEvent, personal } from "#lib/domain/event.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const policyEvents = [
  defineEvent("policy.issued", "policy", {
    code: z.enum(["P02"]),
    versionId: z.uuid(),
    number: z.int().positive(),
    contentVersion: z.int().positive(),
    effectiveOn: z.iso.date(),
    dueOn: z.iso.date(),
    reason: personal(z.string()),
    textSha256En: sha256,
    textSha256Es: sha256,
  }),
  defineEvent("policy.signed", "policy", {
    versionId: z.uuid(),
    number: z.int().positive(),
    memberId: z.uuid(),
    attestationId: z.uuid(),
  }),
] as const;
