import "server-only";
import { getLocale, getTranslations } from "next-intl/server";
import { answerRequest } from "#app/api/answer-request.ts";
import type { Words } from "#components/data-table/columns.ts";
import type { List } from "#components/data-table/define-list.ts";
import { listSheet } from "#components/data-table/list-sheet.ts";
import { type ListState, parseListState, type SearchParams } from "#components/data-table/list-state.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";
import { currentSession } from "#lib/platform/auth/session.ts";
import type { Sheet } from "#lib/platform/spreadsheet/sheet.ts";
import { writeCsv } from "#lib/platform/spreadsheet/write-csv.ts";
import { writeXlsx } from "#lib/platform/spreadsheet/write-xlsx.ts";

type Context = { params: Promise<{ clinic: string; format: string }> };

/** All rows that fit, in order, of all pages; where `total` is over LIST_ROWS_MAX nobody looks at them. */
export type ReadRows<Row> = (
  ctx: ClinicContext,
  state: ListState,
) => Promise<{ readonly rows: readonly Row[]; readonly total: number; readonly today: string }>;

const formats = {
  csv: { type: "text/csv; charset=utf-8; header=present", write: async (sheet: Sheet) => writeCsv(sheet) },
  xlsx: { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write: writeXlsx },
} as const;

/**
 * The GET of a list's files, at `app/api/lists/[clinic]/<list>/[format]/route.ts`: the rows and columns that the address
 * asks for, on all pages. It only reads, so it leaves nothing in the ledger.
 */
export function downloadList<Row>(list: List<Row, never>, read: ReadRows<Row>) {
  return async (request: Request, { params }: Context): Promise<Response> => {
    // A person follows the link from a page; after a night they are shown the way in again.
    if ((await currentSession()) === null) {
      return new Response(null, { status: 303, headers: { Location: "/sign-in", "Cache-Control": "no-store" } });
    }
    return answerRequest(async () => {
      const { clinic, format } = await params;
      if (format !== "csv" && format !== "xlsx") return textAnswer(404, "");
      const ctx = await requireClinicContext(clinic);
      const state = parseListState(searchParams(request), list.shape);
      const { rows, total, today } = await read(ctx, state);
      const [t, words, locale] = await Promise.all([getTranslations(list.words), getTranslations("list"), getLocale()]);
      if (total > LIST_ROWS_MAX) return textAnswer(413, words("tooManyToDownload", { max: LIST_ROWS_MAX }));
      const facts = { t: t as Words, locale, timeZone: ctx.timeZone, today };
      const file = await formats[format].write(listSheet(list, state, rows, facts));
      return new Response(file, {
        headers: {
          "Content-Type": formats[format].type,
          // Both names are of letters, digits and dashes only.
          "Content-Disposition": `attachment; filename="${list.name}-${today}.${format}"`,
          "X-Content-Type-Options": "nosniff",
          "Cache-Control": "no-store",
        },
      });
    });
  };
}

function searchParams(request: Request): SearchParams {
  const query = new URL(request.url).searchParams;
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
}

function textAnswer(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}
