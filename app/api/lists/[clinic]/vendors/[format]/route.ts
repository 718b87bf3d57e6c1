import { downloadList } from "#app/api/lists/download-list.ts";
import { vendorList, vendorsAsked } from "#components/vendors/vendor-list.tsx";
import { getVendorsRows } from "#lib/domain/vendors/queries.ts";

export const GET = downloadList(vendorList, (ctx, state) => getVendorsRows(ctx, vendorsAsked(state)));
