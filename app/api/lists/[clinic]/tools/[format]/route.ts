import { downloadList } from "#app/api/lists/download-list.ts";
import { registerAsked, registerList } from "#components/tools/register-list.tsx";
import { getRegisterRows } from "#lib/domain/tools/queries.ts";

export const GET = downloadList(registerList, (ctx, state) => getRegisterRows(ctx, registerAsked(state)));
