import { z } from "zod";
import { defineEvent, personal } from "#lib/domain/event.ts";
import { DECISION_BASES, DEEPSEEK_RELATIONS, STATUSES } from "#lib/domain/tools/schema.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const catalogueKey = z.string().regex(/^[a-z0-9-]{1,120}$/);
const calendarDate = z.iso.date();

// Names out of the public catalogue say nothing about the clinic's people, but a clinic may type others, and one rule
// for all of them is the safer one: names of tools are always commitments.
const toolNames = {
  vendor: personal(z.string()),
  product: personal(z.string()),
  surface: personal(z.string()),
};

const decision = {
  decisionId: z.uuid(),
  number: z.int().positive(),
  status: z.enum(STATUSES),
  basis: z.enum(DECISION_BASES),
  reason: personal(z.string()),
  conditions: personal(z.array(z.string())),
  reviewOn: calendarDate.nullable(),
  soleDecider: z.boolean(),
  /** SHA-256 of the canonical JSON of the facts that the decision rests on, salted, as kept with it. */
  snapshotSha256: sha256,
};

const narrowedTool = { toolId: z.uuid(), ...toolNames };

export const toolEvents = [
  defineEvent("tool.adopted", "tool", {
    ...toolNames,
    catalogueKey,
    catalogueSha256: sha256,
    deepseek: z.enum(DEEPSEEK_RELATIONS),
    recommendation: z.enum(STATUSES),
  }),
  defineEvent("tool.registered", "tool", { ...toolNames, deepseek: z.enum(DEEPSEEK_RELATIONS) }),
  defineEvent("tool.prohibited", "tool", { ...toolNames, ...decision }),
  defineEvent("tool.approved_without_phi", "tool", { ...toolNames, ...decision }),
  defineEvent("tool.approved_for_phi", "tool", { ...toolNames, ...decision }),
  defineEvent("tool.put_under_review", "tool", { ...toolNames, ...decision }),
  defineEvent("tool.retired", "tool", { ...toolNames, ...decision }),
  // Proposed waits for a second person, who approves or declines; the proposer may take it back. Where the clinic asks for
  // nobody else it is put in force at once. What was in force is withdrawn.
  defineEvent("deepseek_narrowing.proposed", "deepseek_narrowing", {
    ...narrowedTool,
    rationale: personal(z.string()),
  }),
  defineEvent("deepseek_narrowing.put_in_force", "deepseek_narrowing", {
    ...narrowedTool,
    rationale: personal(z.string()),
  }),
  defineEvent("deepseek_narrowing.approved", "deepseek_narrowing", narrowedTool),
  defineEvent("deepseek_narrowing.declined", "deepseek_narrowing", { ...narrowedTool, reason: personal(z.string()) }),
  defineEvent("deepseek_narrowing.taken_back", "deepseek_narrowing", { ...narrowedTool, reason: personal(z.string()) }),
  defineEvent("deepseek_narrowing.withdrawn", "deepseek_narrowing", { ...narrowedTool, reason: personal(z.string()) }),
] as const;
