import "server-only";
import { defineQuery } from "#lib/domain/query.ts";
import { ExceptionRows, ExceptionsPage } from "#lib/domain/tools/exceptions/schema.ts";
import { countExceptionsByState, findExceptionsPage } from "#lib/domain/tools/exceptions/store.ts";
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
