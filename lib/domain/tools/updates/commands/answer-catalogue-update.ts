import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import type { WorkContext } from "#lib/domain/context.ts";
import { requireMemberId } from "#lib/domain/tools/steps.ts";
import { requireTool, type StoredTool } from "#lib/domain/tools/store.ts";
import { answered, assertSameRelation, withAnswers } from "#lib/domain/tools/updates/rules.ts";
import { AnswerCatalogueUpdate, type Known } from "#lib/domain/tools/updates/schema.ts";
import { updateOf } from "#lib/domain/tools/updates/store.ts";
import { refuse } from "#lib/kernel/errors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { bodySha256, bodyText } from "#lib/proof/body.ts";

/**
 * Answers the catalogue's newer entry for a tool, field by field: the tool's next revision. What was decided on it stays as
 * it is, whatever the catalogue recommends now; a person decides.
 */
export const answerCatalogueUpdate = defineCommand(
  "answer-catalogue-update",
  "tool.adopt",
  AnswerCatalogueUpdate,
  async ({ tx, ctx }, input) => {
    const tool = await requireTool(tx, input.toolId);
    const { vendor, product, surface } = tool;
    const update = updateOf(tool);
    if (update === null) throw refuse("catalogue.answered_already", { product });
    const { entry, theirs, fields } = update;
    if (entry.sha256 !== input.entrySha256) throw refuse("catalogue.changed_meanwhile", { product });
    assertSameRelation(tool, entry);
    const { accepted, kept } = answered(fields, input.answers);
    const known = withAnswers(tool, theirs, { accepted, kept });
    const { modelFamily, category, facts } = known;
    const { count } = await tx.tool.updateMany({
      where: { id: tool.id, version: input.version },
      data: { modelFamily, category, facts, catalogueHash: entry.sha256, version: { increment: 1 } },
    });
    if (count === 0) throw refuse("tool.changed_meanwhile", { product });
    await replaceHostnames(tx, ctx, tool, known);
    const number = await keepRevision(tx, ctx, { tool, known, kept, sha256: entry.sha256 });
    const recommendationChanged = accepted.includes("recommendation");
    return done(
      { toolId: tool.id, number, accepted, kept, recommendationChanged },
      {
        ...{ type: "tool.update_answered", id: tool.id, vendor, product, surface, number },
        ...{ catalogueSha256: entry.sha256, accepted: [...accepted], kept: [...kept] },
        factsSha256: bodySha256(bodyText({ modelFamily, category, facts, hostnames: inOrder(known.hostnames) })),
      },
    );
  },
);

async function replaceHostnames(tx: ClinicTx, ctx: WorkContext, tool: StoredTool, known: Known): Promise<void> {
  const toolId = tool.id;
  const named = new Set(known.hostnames.map(({ name }) => name));
  const gone = tool.hostnames.filter(({ name }) => !named.has(name)).map(({ name }) => name);
  if (gone.length > 0) {
    await tx.toolHostname.updateMany({ where: { toolId, name: { in: gone } }, data: { removedAt: ctx.now } });
  }
  const verifiedBefore = new Map(tool.hostnames.map(({ name, verified }) => [name, verified]));
  for (const { name, verified } of known.hostnames) {
    if (verifiedBefore.get(name) === verified) continue;
    // One that was taken away before comes back as itself.
    const { count } = await tx.toolHostname.updateMany({
      where: { toolId, name },
      data: { verified, removedAt: null },
    });
    if (count === 0) await tx.toolHostname.createMany({ data: [{ toolId, name, verified }] });
  }
}

type Revised = { tool: StoredTool; known: Known; kept: readonly string[]; sha256: string };

async function keepRevision(tx: ClinicTx, ctx: WorkContext, { tool, known, kept, sha256 }: Revised): Promise<number> {
  const { modelFamily, category, facts, hostnames } = known;
  const number = 1 + (await tx.toolRevision.count({ where: { toolId: tool.id } }));
  await tx.toolRevision.create({
    data: {
      ...{ toolId: tool.id, number, basis: "catalogue_update", modelFamily, category, facts },
      hostnames: hostnames.map(({ name }) => name),
      verified: hostnames.filter(({ verified }) => verified).map(({ name }) => name),
      ...{ catalogueHash: sha256, kept: [...kept], changedBy: requireMemberId(ctx), changedAt: ctx.now },
    },
    select: { number: true },
  });
  return number;
}

function inOrder(hostnames: Known["hostnames"]) {
  return [...hostnames].map(({ name, verified }) => ({ name, verified })).sort((a, b) => (a.name < b.name ? -1 : 1));
}
