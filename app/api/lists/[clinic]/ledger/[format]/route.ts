import { downloadList } from "#app/api/lists/download-list.ts";
import { ledgerList } from "#components/ledger/ledger-list.ts";
import { getLedgerRows } from "#lib/domain/ledger/queries.ts";
import { typesOfKinds } from "#lib/domain/ledger/rules.ts";

export const GET = downloadList(ledgerList, async (ctx, { filters }) => {
  const { events, names, ...read } = await getLedgerRows(ctx, { type: typesOfKinds(filters.kind ?? []) });
  return { ...read, rows: events.map((event) => ({ event, names })) };
});
