import { downloadList } from "#app/api/lists/download-list.ts";
import { updateList, updatesAsked } from "#components/tools/update-list.tsx";
import { getUpdatesRows } from "#lib/domain/tools/updates/queries.ts";

export const GET = downloadList(updateList, (ctx, state) => getUpdatesRows(ctx, updatesAsked(state)));
