import { getLocale, getTranslations } from "next-intl/server";
import { answerRequest } from "#app/api/answer-request.ts";
import type { Words } from "#components/data-table/columns.ts";
import { importSheet } from "#components/tools/import-words.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getImportSheet } from "#lib/domain/tools/imports/queries.ts";
import { type ImportKind, ROWS_MAX } from "#lib/domain/tools/imports/schema.ts";
import { writeCsv } from "#lib/platform/spreadsheet/write-csv.ts";
import { writeXlsx } from "#lib/platform/spreadsheet/write-xlsx.ts";

type Context = { params: Promise<{ clinic: string; kind: string; format: string }> };

const TYPES = {
  csv: "text/csv; charset=utf-8; header=present",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

/** The register of one kind as a file to edit and import again, or only its columns. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return answerRequest(async () => {
    const { clinic, kind: asked, format } = await params;
    if (format !== "csv" && format !== "xlsx") return new Response(null, { status: 404 });
    const ctx = await requireClinicContext(clinic);
    const blank = new URL(request.url).searchParams.has("blank");
    // The query parses the kind before it believes it.
    const { kind, rows, today } = await getImportSheet(ctx, { kind: asked as ImportKind, blank });
    const t = await getTranslations();
    const max = ROWS_MAX[kind];
    if (rows.length > max) return tooMany(t("import.howTo.tooMany", { max }));
    const sheet = importSheet({ t: t as Words, locale: await getLocale() }, kind, rows);
    const file = format === "csv" ? writeCsv(sheet) : await writeXlsx(sheet);
    return new Response(file, {
      headers: {
        "Content-Type": TYPES[format],
        "Content-Disposition": `attachment; filename="${blank ? "template-" : ""}${kind}-${today}.${format}"`,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
    });
  });
}

function tooMany(text: string): Response {
  return new Response(text, {
    status: 413,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}
