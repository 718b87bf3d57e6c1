import { useTranslations } from "next-intl";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { Change } from "#lib/domain/sheet.ts";
import {
  IMPORT_PAGE_SIZE,
  type ImportKind,
  type ImportShown,
  type PlannedRowShown,
  type PlanShown,
} from "#lib/domain/tools/imports/schema.ts";

const DELIMITERS = { ",": "comma", ";": "semicolon", "\t": "tab" } as const;

type ImportPlanProps = { of: ImportShown; plan: PlanShown; path: string };

/** What a file would do: the figures, what is wrong, and each row that would change something. */
export function ImportPlan({ of, plan, path }: ImportPlanProps) {
  const t = useTranslations("import.plan");
  const { file, kind } = of;
  const { readAs, counts, notRead } = plan;
  const read =
    readAs.kind === "xlsx"
      ? t("asXlsx")
      : t("asCsv", { delimiter: DELIMITERS[readAs.delimiter], encoding: readAs.encoding });
  return (
    <>
      <DescriptionList
        facts={[
          { term: t("file"), description: <span className="break-all">{file.name}</span> },
          { term: t("readAs"), description: read },
          ...(notRead.length > 0 ? [{ term: t("notRead"), description: notRead.join(", ") }] : []),
        ]}
      />
      <Table caption={t("counts")}>
        <thead>
          <tr>
            <Th>{t("outcome")}</Th>
            <Th numeric>{t("count")}</Th>
          </tr>
        </thead>
        <tbody>
          {(["added", "changed", "unchanged"] as const).map((outcome) => (
            <tr key={outcome}>
              <Th scope="row">{t(outcome)}</Th>
              <Td numeric>{counts[outcome]}</Td>
            </tr>
          ))}
          {plan.problemCount > 0 && (
            <tr>
              <Th scope="row">{t("wrong")}</Th>
              <Td numeric>{plan.problemRows}</Td>
            </tr>
          )}
        </tbody>
      </Table>
      {plan.problemCount > 0 && <Problems plan={plan} kind={kind} />}
      <Changes plan={plan} kind={kind} path={path} />
    </>
  );
}

function Problems({ plan, kind }: { plan: PlanShown; kind: ImportKind }) {
  const t = useTranslations("import.plan");
  const columns = useTranslations(`import.column.${kind}`);
  const refusals = useTranslations("refusals");
  const { problems, problemCount } = plan;
  return (
    <Section title={t("problems")} id="problems" lede={t("problemsLede")}>
      <Table caption={t("problems")} hideCaption>
        <thead>
          <tr>
            <Th numeric>{t("row")}</Th>
            <Th>{t("column")}</Th>
            <Th>{t("says")}</Th>
            <Th>{t("allowed")}</Th>
          </tr>
        </thead>
        <tbody>
          {problems.map(({ row, column, value, code, params }) => (
            <tr key={`${row} ${column} ${code} ${value}`}>
              <Th scope="row" numeric>
                {row}
              </Th>
              <Td>{column === null ? t("header") : columns(column)}</Td>
              <Td className="break-all">{value === "" ? t("emptyCell") : value}</Td>
              <Td>{refusals(code, { ...params })}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {problemCount > problems.length && (
        <p className="mt-2 text-muted text-sm">{t("problemsCut", { shown: problems.length, count: problemCount })}</p>
      )}
    </Section>
  );
}

function Changes({ plan, kind, path }: { plan: PlanShown; kind: ImportKind; path: string }) {
  const t = useTranslations("import.plan");
  if (plan.rowCount === 0) {
    return plan.problemCount > 0 ? null : <p>{t("noChanges")}</p>;
  }
  const from = (plan.page - 1) * IMPORT_PAGE_SIZE;
  return (
    <Section title={t("changes")} id="changes">
      <Table caption={t("changes")} hideCaption>
        <thead>
          <tr>
            <Th numeric>{t("row")}</Th>
            <Th>{t("what")}</Th>
            <Th>{t("wouldBe")}</Th>
          </tr>
        </thead>
        <tbody>
          {plan.rows.map((row) => (
            <ChangedRow key={row.row} row={row} kind={kind} />
          ))}
        </tbody>
      </Table>
      {plan.rowCount > IMPORT_PAGE_SIZE && (
        <nav aria-label={t("pages")} className="mt-3 flex flex-wrap items-center gap-3 print:hidden">
          {plan.page > 1 && <LinkButton href={`${path}?page=${plan.page - 1}`}>←</LinkButton>}
          <span>
            {t("pageOf", {
              from: Math.min(from + 1, plan.rowCount),
              to: Math.min(from + IMPORT_PAGE_SIZE, plan.rowCount),
              count: plan.rowCount,
            })}
          </span>
          {from + IMPORT_PAGE_SIZE < plan.rowCount && <LinkButton href={`${path}?page=${plan.page + 1}`}>→</LinkButton>}
        </nav>
      )}
    </Section>
  );
}

function ChangedRow({ row, kind }: { row: PlannedRowShown; kind: ImportKind }) {
  const t = useTranslations("import.plan");
  const columns = useTranslations(`import.column.${kind}`);
  const refusals = useTranslations("refusals");
  const said = ({ column, from, to }: Change) =>
    from === null
      ? t("becomes", { column: columns(column), to: to || t("nothing") })
      : t("from", { column: columns(column), from: from || t("nothing"), to: to || t("nothing") });
  return (
    <tr>
      <Th scope="row" numeric>
        {row.row}
      </Th>
      <Td className="wrap-anywhere">{row.names.filter((name) => name !== "").join(", ")}</Td>
      <Td>
        <p className="font-medium">{t(row.outcome)}</p>
        {row.outcome === "changed" && (
          <ul className="wrap-anywhere">
            {row.changes.map((change) => (
              <li key={change.column}>{said(change)}</li>
            ))}
          </ul>
        )}
        {row.notes.map(({ code, params }) => (
          <p key={code} className="text-muted">
            {refusals(code, { ...params })}
          </p>
        ))}
      </Td>
    </tr>
  );
}
