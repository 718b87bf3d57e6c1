import "server-only";
import { z } from "zod";
import { defineQuery } from "#lib/domain/query.ts";
import { type UpdateRow, UpdatesPage, UpdatesRows } from "#lib/domain/tools/updates/schema.ts";
import { listUpdates, requireToolWithUpdate } from "#lib/domain/tools/updates/store.ts";

/** One page of the tools for which the catalogue has a newer entry. */
export const getUpdatesPage = defineQuery(
  "catalogue-updates-page",
  "tool.read",
  UpdatesPage,
  async ({ tx, ctx }, { page, size, q, ...order }) => {
    const all = inOrder(await listUpdates(tx, q), order);
    return { rows: all.slice((page - 1) * size, page * size), total: all.length, today: ctx.today, asOf: ctx.now };
  },
);

/** The updates on all their pages, for their files. */
export const getUpdatesRows = defineQuery(
  "catalogue-updates-rows",
  "tool.read",
  UpdatesRows,
  async ({ tx, ctx }, { q, ...order }) => {
    const rows = inOrder(await listUpdates(tx, q), order);
    return { rows, total: rows.length, today: ctx.today };
  },
);

type Order = Pick<z.output<typeof UpdatesRows>, "sort" | "direction">;

// They come by name; a sort keeps that order among equals.
function inOrder(rows: readonly UpdateRow[], { sort, direction }: Order): UpdateRow[] {
  const sign = direction === "desc" ? -1 : 1;
  switch (sort) {
    case "product":
      return direction === "desc" ? rows.toReversed() : [...rows];
    case "fields":
      return rows.toSorted((a, b) => sign * (a.fields.length - b.fields.length));
    case "checked":
      return rows.toSorted((a, b) => sign * a.newlyCheckedOn.localeCompare(b.newlyCheckedOn));
    default: {
      const unhandled: never = sort;
      return unhandled;
    }
  }
}

/** What the catalogue says anew of one tool, beside what the register has; nothing where its newest entry is answered. */
export const getUpdatePage = defineQuery(
  "catalogue-update-page",
  "tool.read",
  z.object({ toolId: z.uuid() }),
  async ({ tx, ctx }, { toolId }) => {
    const { tool, update, keptBefore } = await requireToolWithUpdate(tx, toolId);
    const { vendor, product, surface } = update?.entry ?? tool;
    const isRenamed = vendor !== tool.vendor || product !== tool.product || surface !== tool.surface;
    return {
      tool,
      update,
      keptBefore,
      renamed: isRenamed ? { vendor, product, surface } : null,
      today: ctx.today,
      asOf: ctx.now,
    };
  },
);
