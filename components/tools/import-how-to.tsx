import { useLocale, useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { SheetColumn } from "#lib/domain/sheet.ts";
import { COLUMNS, IMPORT_KINDS, type ImportKind } from "#lib/domain/tools/imports/schema.ts";
import { allowedWords, columnWord } from "./import-words.ts";

/** What a file looks like, with files to begin from. */
export function ImportHowTo({ downloads }: { downloads: string }) {
  const t = useTranslations("import.howTo");
  return (
    <Section title={t("title")} id="how-to" lede={t("lede")}>
      <ul className="mb-4 max-w-prose list-disc space-y-1 pl-5 text-sm">
        {(["allOrNothing", "emptyCell", "lines", "dates", "deepseek", "people"] as const).map((rule) => (
          <li key={rule}>{t(rule)}</li>
        ))}
      </ul>
      <div className="space-y-3">
        {IMPORT_KINDS.map((kind) => (
          <details key={kind} className="rounded-md border p-3">
            <summary className="cursor-pointer font-medium">{t("columnsOf", { kind })}</summary>
            <Downloads kind={kind} downloads={downloads} />
            <ColumnsTable kind={kind} />
          </details>
        ))}
      </div>
    </Section>
  );
}

function Downloads({ kind, downloads }: { kind: ImportKind; downloads: string }) {
  const t = useTranslations("import.howTo");
  const files = [
    { name: t("template"), query: "?blank=1" },
    { name: t(`all.${kind}`), query: "" },
  ];
  return (
    <ul className="my-3 flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {files.flatMap(({ name, query }) =>
        (["csv", "xlsx"] as const).map((format) => (
          <li key={`${format}${query}`}>
            <a className="link" href={`${downloads}/${kind}/${format}${query}`} download>
              {t(format === "csv" ? "asCsv" : "asXlsx", { name })}
            </a>
          </li>
        )),
      )}
    </ul>
  );
}

function ColumnsTable({ kind }: { kind: ImportKind }) {
  const saying = { t: useTranslations(), locale: useLocale() };
  const t = useTranslations("import");
  const columns: readonly SheetColumn[] = COLUMNS[kind];
  return (
    <Table caption={t("howTo.columnsOf", { kind })} hideCaption>
      <thead>
        <tr>
          <Th>{t("howTo.column")}</Th>
          <Th>{t("howTo.holds")}</Th>
        </tr>
      </thead>
      <tbody>
        {columns.map(({ id, needed }) => (
          <tr key={id}>
            <Th scope="row">
              {columnWord(saying, kind, id)}
              {needed && <span className="ml-2 text-muted text-xs">{t("howTo.needed")}</span>}
            </Th>
            <Td>{t(`columnHelp.${kind}.${id}`, { allowed: allowedWords(saying, kind, id) })}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
