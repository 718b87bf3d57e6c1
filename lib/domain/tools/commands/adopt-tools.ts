import "server-only";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { actingMemberId, type WorkContext } from "#lib/domain/context.ts";
import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import { isSoleDecider, nameKeyOf, recordOf, statusOnAdoption } from "#lib/domain/tools/rules.ts";
import { AdoptTools, type Catalogued } from "#lib/domain/tools/schema.ts";
import { keepFirstRevisions, retiredEarlier } from "#lib/domain/tools/steps.ts";
import { factsOf, listActiveDeciders, listCatalogue, snapshotOf } from "#lib/domain/tools/store.ts";
import { assertStillCalled, ensureVendors, vendorKeyOf } from "#lib/domain/vendors/steps.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";

/** How many were adopted, and how many the register held already, and of those how many retired. */
export type Adoption = {
  readonly adopted: number;
  readonly prohibited: number;
  readonly already: number;
  readonly retired: number;
  readonly toolIds: string[];
};

/**
 * Takes tools of the catalogue into the register. Only what is prohibited applies at once, as a decision of the one who
 * adopts; all else waits for a decision with the recommendation beside it. One that the clinic retired is in the register
 * still, and a new decision brings it back: whoever adopts it alone is told so.
 */
export const adoptTools = defineCommand(
  "adopt-tools",
  "tool.adopt",
  AdoptTools,
  async ({ tx, ctx }, input) => {
    const memberId = actingMemberId(ctx);
    if (memberId === null) throw new Forbidden("tool.adopt");
    const chosen = chosenEntries(input);
    const known = await tx.tool.findMany({
      where: {
        OR: [{ catalogueKey: { in: chosen.map((entry) => entry.key) } }, { nameKey: { in: chosen.map(nameKeyOf) } }],
      },
      select: { id: true, catalogueKey: true, nameKey: true, status: true, statusSince: true },
    });
    const retired = known.filter(({ status }) => status === "retired");
    const [only, ...others] = chosen;
    const [retiredTool] = retired;
    if (retiredTool !== undefined && only !== undefined && others.length === 0) {
      throw retiredEarlier(ctx, { ...only, ...retiredTool });
    }
    const taken = new Set(known.flatMap((tool) => [tool.catalogueKey, tool.nameKey]));
    const fresh = chosen.filter((entry) => !taken.has(entry.key) && !taken.has(nameKeyOf(entry)));
    const soleDecider = isSoleDecider(memberId, await listActiveDeciders(tx, ctx.today));
    const named = fresh.map(({ vendor, jurisdiction }) => ({ name: vendor, jurisdiction }));
    const { vendors, events: vendorEvents } = await ensureVendors(tx, ctx, named);
    const adoptions = fresh.map((entry) =>
      adoptionOf(entry, ctx, { memberId, soleDecider, vendorId: vendors.get(vendorKeyOf(entry.vendor))?.id ?? "" }),
    );
    await tx.tool.createMany({ data: adoptions.map((adoption) => adoption.tool) });
    await assertStillCalled(tx, vendors.values());
    await tx.toolHostname.createMany({ data: adoptions.flatMap((adoption) => adoption.hostnames) });
    await tx.toolDecision.createMany({ data: adoptions.flatMap((adoption) => adoption.decisions) });
    await keepFirstRevisions(
      tx,
      ctx,
      "adoption",
      adoptions.map(({ tool, hostnames }) => ({ ...tool, hostnames })),
    );
    const value: Adoption = {
      adopted: fresh.length,
      prohibited: adoptions.filter((adoption) => adoption.tool.status === "prohibited").length,
      already: chosen.length - fresh.length,
      retired: retired.length,
      toolIds: adoptions.map((adoption) => adoption.tool.id),
    };
    const [first, ...rest] = [...vendorEvents, ...adoptions.flatMap((adoption) => adoption.events)];
    return first === undefined ? unchanged(value) : done(value, first, ...rest);
  },
  { timeoutSeconds: 30 },
);

function chosenEntries(input: { keys: string[] } | { all: "prohibited" }): Catalogued[] {
  const catalogue = listCatalogue();
  if ("all" in input) return catalogue.filter((entry) => statusOnAdoption(entry).status === "prohibited");
  const byKey = new Map(catalogue.map((entry) => [entry.key, entry]));
  return [...new Set(input.keys)].map((key) => {
    const entry = byKey.get(key);
    if (entry === undefined) throw refuse("catalogue.entry_unknown", { key: key.slice(0, 80) });
    return entry;
  });
}

function adoptionOf(
  entry: Catalogued,
  ctx: WorkContext,
  { memberId, soleDecider, vendorId }: { memberId: string; soleDecider: boolean; vendorId: string },
) {
  const { status, basis } = statusOnAdoption(entry);
  const { vendor, product, surface, modelFamily, category, deepseek } = entry;
  const id = newId();
  const facts = factsOf(entry);
  const catalogued = { catalogueKey: entry.key, catalogueHash: entry.sha256 };
  const names = { vendor, product, surface };
  const described = { ...names, modelFamily, category, deepseek, facts, ...catalogued };
  const tool = {
    ...described,
    id,
    vendorId,
    nameKey: nameKeyOf(entry),
    status,
    conditions: [],
    statusSince: ctx.now,
    addedBy: memberId,
    addedAt: ctx.now,
  };
  const adopted: AuditEvent = {
    type: "tool.adopted",
    id,
    ...names,
    catalogueKey: entry.key,
    catalogueSha256: entry.sha256,
    deepseek,
    recommendation: entry.recommendation,
  };
  const hostnames = entry.hostnames.map((hostname) => ({ toolId: id, ...hostname }));
  if (status !== "prohibited") return { tool, hostnames, decisions: [], events: [adopted] };
  const { row, event } = recordOf({
    id: newId(),
    toolId: id,
    ...names,
    deepseek,
    narrowed: false,
    number: 1,
    status,
    basis,
    conditions: [],
    reason: entry.why.en,
    reviewOn: null,
    soleDecider,
    decidedBy: memberId,
    decidedAt: ctx.now,
    ...snapshotOf({ ...described, deepseekNarrowed: false, hostnames: entry.hostnames }),
  });
  return { tool, hostnames, decisions: [row], events: [adopted, event] };
}
