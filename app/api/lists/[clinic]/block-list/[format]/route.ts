import { downloadList } from "#app/api/lists/download-list.ts";
import { blockListAsked, blockListList } from "#components/tools/block-list-table.tsx";
import { getBlockListRows } from "#lib/domain/tools/block-list/queries.ts";

export const GET = downloadList(blockListList, (ctx, state) => getBlockListRows(ctx, blockListAsked(state)));
