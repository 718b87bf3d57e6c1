import "server-only";
import { z } from "zod";
import { defineQuery } from "#lib/domain/query.ts";
import { ExceptionRows, ExceptionsPage } from "#lib/domain/tools/exceptions/schema.ts";
import { countExceptionsByState, exceptionsOfTool, findExceptionsPage } from "#lib/domain/tools/exceptions/store.ts";
import { requireTool } from "#lib/domain/tools/store.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";

/** All exceptions of the clinic, those that end last first. */
export const getExceptionsPage = defineQuery(
  "exceptions-page",
  "tool_exception.read",
  ExceptionsPage,
  async ({ tx, ctx }, input) => {
    const { rows, total } = await findExceptionsPage(tx, input, ctx.today);
    return { rows, total, counts: await countExceptionsByState(tx, ctx.today), today: ctx.today, asOf: ctx.now };
  },
);

/** The exceptions on all their pages, for their files. */
export const getExceptionRows = defineQuery(
  "exception-rows",
  "tool_exception.read",
  ExceptionRows,
  async ({ tx, ctx }, input) => {
    const { rows, total } = await findExceptionsPage(tx, { ...input, page: 1, size: LIST_ROWS_MAX }, ctx.today);
    return { rows, total, today: ctx.today };
  },
  { timeoutSeconds: 60 },
);

/** The exceptions of one tool, and whether another can be granted. */
export const getToolExceptions = defineQuery(
  "tool-exceptions",
  "tool_exception.read",
  z.object({ toolId: z.uuid() }),
  async ({ tx, ctx }, { toolId }) => {
    const tool = await requireTool(tx, toolId);
    return { tool, exceptions: await exceptionsOfTool(tx, tool, ctx), today: ctx.today, asOf: ctx.now };
  },
);
