import { getTranslations } from "next-intl/server";
import { answerRequest } from "#app/api/answer-request.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getImportSheet } from "#lib/domain/tools/imports/queries.ts";
import { COLUMNS, DATE_COLUMNS, type ImportKind, VALUE_WORDS } from "#lib/domain/tools/imports/schema.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";
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
    if (rows.length > LIST_ROWS_MAX) return tooMany(t("import.howTo.tooMany", { max: LIST_ROWS_MAX }));
    const said = (id: string, value: string) => {
      const word = `${VALUE_WORDS[kind][id]}.${value}`;
      return VALUE_WORDS[kind][id] !== undefined && value !== "" && t.has(word) ? t(word) : value;
    };
    const columns = COLUMNS[kind].map(({ id }) => ({
      header: t(`import.column.${kind}.${id}`),
      as: DATE_COLUMNS.has(id) ? ("date" as const) : undefined,
    }));
    const cells = rows.map((row) => COLUMNS[kind].map(({ id }) => said(id, row[id] ?? "")));
    const sheet = { name: kind, columns, rows: cells };
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
