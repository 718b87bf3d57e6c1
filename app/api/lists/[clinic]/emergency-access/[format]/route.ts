import { downloadList } from "#app/api/lists/download-list.ts";
import { emergencyUseList, emergencyUsesAsked } from "#components/people/emergency-use-list.tsx";
import { getEmergencyUsesRows } from "#lib/domain/clinic/emergency-access/queries.ts";

export const GET = downloadList(emergencyUseList, (ctx, state) => getEmergencyUsesRows(ctx, emergencyUsesAsked(state)));
