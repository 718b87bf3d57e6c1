import "server-only";
import { z } from "zod";
import { withNames } from "#lib/domain/clinic/store.ts";
import { defineQuery } from "#lib/domain/query.ts";
import {
  EARLIER_PATHS_MAX,
  findPaths,
  listBaaChoices,
  pathShown,
  requireToolNamed,
} from "#lib/domain/vendors/paths/store.ts";

/** A tool's inference path with those before it, newest first, and the BAAs that a new one may name. */
export const getInferencePathPage = defineQuery(
  "inference-path-page",
  "vendor.read",
  z.object({ toolId: z.uuid() }),
  async ({ tx, ctx }, { toolId }) => {
    const tool = await requireToolNamed(tx, toolId);
    const paths = await findPaths(tx, toolId, EARLIER_PATHS_MAX);
    return {
      tool,
      paths: await withNames(tx, (nameOf) => paths.map((row) => pathShown(row, { today: ctx.today, nameOf }).shown)),
      baas: await listBaaChoices(tx, ctx.today),
      today: ctx.today,
      asOf: ctx.now,
    };
  },
);
