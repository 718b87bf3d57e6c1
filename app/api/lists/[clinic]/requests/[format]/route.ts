import { downloadList } from "#app/api/lists/download-list.ts";
import { requestList, requestsAsked } from "#components/tools/request-list.tsx";
import { getRequestRows } from "#lib/domain/tools/requests/queries.ts";

export const GET = downloadList(requestList, (ctx, state) => getRequestRows(ctx, requestsAsked(state)));
