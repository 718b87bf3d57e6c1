import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import { deepseekRelationOf, isSoleDecider, nameKeyOf, recordOf } from "#lib/domain/tools/rules.ts";
import { RegisterTool, type ToolFacts } from "#lib/domain/tools/schema.ts";
import { keepFirstRevisions, retiredEarlier } from "#lib/domain/tools/steps.ts";
import { listActiveDeciders, snapshotOf } from "#lib/domain/tools/store.ts";
import { assertStillCalled, ensureVendors, vendorKeyOf } from "#lib/domain/vendors/steps.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";

/**
 * Takes a tool into the register that the catalogue does not know. It waits for a decision, unless what was typed is
 * DeepSeek: then it is prohibited at once.
 */
export const registerTool = defineCommand("register-tool", "tool.adopt", RegisterTool, async ({ tx, ctx }, input) => {
  const memberId = actingMemberId(ctx);
  if (memberId === null) throw new Forbidden("tool.adopt");
  const names = { vendor: input.vendor, product: input.product, surface: input.surface };
  const nameKey = nameKeyOf(names);
  const twin = await tx.tool.findFirst({
    where: { nameKey },
    select: { id: true, vendor: true, product: true, surface: true, status: true, statusSince: true },
  });
  if (twin?.status === "retired") throw retiredEarlier(ctx, twin, "product");
  if (twin !== null) throw refuse("tool.already_registered", { ...names, toolId: twin.id }, "product");
  const deepseek = deepseekRelationOf(input);
  const { jurisdiction } = input;
  const { vendors, events: vendorEvents } = await ensureVendors(tx, ctx, [{ name: names.vendor, jurisdiction }]);
  const vendorId = vendors.get(vendorKeyOf(names.vendor))?.id ?? "";
  const modelFamily = input.modelFamily === "" ? "not-disclosed" : input.modelFamily;
  const described = {
    ...names,
    modelFamily,
    category: input.category,
    deepseek,
    facts: typedFacts(input),
    catalogueKey: null,
    catalogueHash: null,
  };
  const hostnames = input.hostnames.map((name) => ({ name, verified: false }));
  const toolId = newId();
  const status = deepseek === "none" ? "needs_review" : "prohibited";
  await tx.tool.create({
    data: {
      ...described,
      id: toolId,
      vendorId,
      nameKey,
      status,
      conditions: [],
      statusSince: ctx.now,
      addedBy: memberId,
      addedAt: ctx.now,
    },
    select: { id: true },
  });
  await assertStillCalled(tx, vendors.values());
  await tx.toolHostname.createMany({ data: hostnames.map((hostname) => ({ toolId, ...hostname })) });
  await keepFirstRevisions(tx, ctx, "registration", [{ ...described, id: toolId, hostnames }]);
  const basis = snapshotOf({ ...described, deepseekNarrowed: false, hostnames });
  const registered = {
    type: "tool.registered" as const,
    id: toolId,
    ...names,
    deepseek,
  };
  const [listed] = vendorEvents;
  const entered: [AuditEvent, ...AuditEvent[]] = listed === undefined ? [registered] : [listed, registered];
  if (status !== "prohibited") return done({ toolId, status }, ...entered);
  const soleDecider = isSoleDecider(memberId, await listActiveDeciders(tx, ctx.today));
  const { row, event } = recordOf({
    id: newId(),
    toolId,
    ...names,
    deepseek,
    narrowed: false,
    number: 1,
    status,
    basis: "deepseek_rule",
    conditions: [],
    reason: input.why,
    reviewOn: null,
    soleDecider,
    decidedBy: memberId,
    decidedAt: ctx.now,
    ...basis,
  });
  await tx.toolDecision.create({ data: row, select: { id: true } });
  return done({ toolId, status }, ...entered, event);
});

// What a person typed is their word: no source, no confidence, and nothing that nobody asked about.
function typedFacts(input: { jurisdiction: string; why: string }): ToolFacts {
  return {
    jurisdiction: input.jurisdiction,
    baa: "unknown",
    trainsOnInputs: "unknown",
    dataResidency: "",
    retention: "",
    recommendation: null,
    conditions: [],
    why: { en: input.why, es: input.why },
    notes: "",
    sources: [],
    asOf: null,
    confidence: null,
  };
}
