import { downloadList } from "#app/api/lists/download-list.ts";
import { policyListWithSignatures } from "#components/policies/policy-list.tsx";
import { getPoliciesPage } from "#lib/domain/policies/queries.ts";

export const GET = downloadList(policyListWithSignatures, (ctx) => getPoliciesPage(ctx, {}));
