import { downloadList } from "#app/api/lists/download-list.ts";
import { catalogueAsked, catalogueList } from "#components/tools/catalogue-list.tsx";
import { getCatalogueRows } from "#lib/domain/tools/queries.ts";

export const GET = downloadList(catalogueList, (ctx, state) => getCatalogueRows(ctx, catalogueAsked(state)));
