import { z } from "zod";
import { defineEvent, personal } from "#lib/domain/event.ts";
import { POLICY_CODES } from "#lib/domain/policies/documents/schema.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const policyEvents = [
  defineEvent("policy.issued", "policy_version", {
    policyId: z.uuid(),
    policyCode: z.enum(POLICY_CODES),
    number: z.int().positive(),
    contentVersion: z.int().positive(),
    effectiveOn: z.iso.date(),
    dueOn: z.iso.date(),
    reason: personal(z.string()),
    textSha256En: sha256,
    textSha256Es: sha256,
  }),
  defineEvent("policy.signed", "policy_version", {
    policyCode: z.enum(POLICY_CODES),
    number: z.int().positive(),
    memberId: z.uuid(),
    attestationId: z.uuid(),
  }),
] as const;
