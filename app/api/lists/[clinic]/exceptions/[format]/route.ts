import { downloadList } from "#app/api/lists/download-list.ts";
import { exceptionList, exceptionsAsked } from "#components/tools/exception-list.tsx";
import { getExceptionRows } from "#lib/domain/tools/exceptions/queries.ts";

export const GET = downloadList(exceptionList, (ctx, state) => getExceptionRows(ctx, exceptionsAsked(state)));
