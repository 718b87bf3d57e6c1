import { downloadList } from "#app/api/lists/download-list.ts";
import { outboxAsked, outboxList } from "#components/notifications/outbox-list.tsx";
import { getOutboxRows } from "#lib/domain/notifications/outbox/queries.ts";

export const GET = downloadList(outboxList, (ctx, state) => getOutboxRows(ctx, outboxAsked(state)));
