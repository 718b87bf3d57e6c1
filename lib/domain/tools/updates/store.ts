import "server-only";
import { foldForSearch } from "#lib/domain/text.ts";
import { nameKeyOf } from "#lib/domain/tools/rules.ts";
import type { Catalogued } from "#lib/domain/tools/schema.ts";
import {
  factsOf,
  HOSTNAMES,
  listCatalogue,
  requireTool,
  type StoredTool,
  storedTool,
} from "#lib/domain/tools/store.ts";
import { updatesOf } from "#lib/domain/tools/updates/rules.ts";
import type { Known, UpdatedField, UpdateRow } from "#lib/domain/tools/updates/schema.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** How many tools the catalogue has a newer entry for; nobody has to answer for what the clinic no longer uses. */
export async function countUpdates(tx: ClinicTx): Promise<number> {
  return (await toolsWithUpdates(tx)).length;
}

/** Every tool with a newer entry that fits the words, by name. A clinic has at most one for each entry of the catalogue. */
export async function listUpdates(tx: ClinicTx, q: string): Promise<UpdateRow[]> {
  const ids = (await toolsWithUpdates(tx)).map(({ id }) => id);
  const words = foldForSearch(q)
    .split(" ")
    .filter((word) => word !== "");
  // Signs alone name nothing: they find nothing, not everything.
  if (ids.length === 0 || (q !== "" && words.length === 0)) return [];
  const rows = await tx.tool.findMany({
    where: { id: { in: ids } },
    include: { hostnames: HOSTNAMES },
    orderBy: [{ product: "asc" }, { nameKey: "asc" }],
  });
  return rows
    .map(storedTool)
    .filter((tool) => words.every((word) => nameKeyOf(tool).includes(word)))
    .flatMap((tool) => {
      const update = updateOf(tool);
      return update === null ? [] : [updateRow(tool, update)];
    });
}

async function toolsWithUpdates(tx: ClinicTx) {
  const hashOf = new Map(listCatalogue().map((entry) => [entry.key, entry.sha256]));
  const adopted = await tx.tool.findMany({
    where: { catalogueKey: { in: [...hashOf.keys()] }, status: { not: "retired" } },
    select: { id: true, catalogueKey: true, catalogueHash: true },
  });
  return adopted.filter((tool) => hashOf.get(tool.catalogueKey ?? "") !== tool.catalogueHash);
}

export type Update = { readonly entry: Catalogued; readonly theirs: Known; readonly fields: readonly UpdatedField[] };

/** What the catalogue says anew of a tool; null where the clinic has answered its newest entry, or it has none. */
export function updateOf(tool: StoredTool): Update | null {
  const entry = listCatalogue().find(({ key }) => key === tool.catalogueKey);
  if (entry === undefined || entry.sha256 === tool.catalogueHash) return null;
  const { modelFamily, category, hostnames } = entry;
  const theirs = { modelFamily, category, hostnames, facts: factsOf(entry) };
  return { entry, theirs, fields: updatesOf(tool, theirs) };
}

function updateRow(tool: StoredTool, { entry, fields }: Update): UpdateRow {
  const { id: toolId, vendor, product, surface, status } = tool;
  return {
    ...{ toolId, vendor, product, surface, status, fields },
    deepseekNow: entry.deepseek === tool.deepseek ? null : entry.deepseek,
    checkedOn: tool.facts.asOf,
    newlyCheckedOn: entry.asOf,
  };
}

/** A tool with what the catalogue says anew, and in which fields the clinic kept its own the last time. */
export async function requireToolWithUpdate(tx: ClinicTx, toolId: string) {
  const tool = await requireTool(tx, toolId);
  const revision = await tx.toolRevision.findFirst({
    where: { toolId },
    select: { kept: true },
    orderBy: { number: "desc" },
  });
  return { tool, update: updateOf(tool), keptBefore: revision?.kept ?? [] };
}
