import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Callout } from "#components/ui/callout.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { Section } from "#components/ui/section.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { Change, Note } from "#lib/domain/sheet.ts";
import {
  IMPORT_PAGE_SIZE,
  type ImportKind,
  type ImportShown,
  type PlannedRowShown,
  type PlanShown,
} from "#lib/domain/tools/imports/schema.ts";
import { columnWord, noteWords, problemWords, valueWord, wayOn } from "./import-words.ts";

const DELIMITERS = { ",": "comma", ";": "semicolon", "\t": "tab" } as const;

type ImportPlanProps = { of: ImportShown; plan: PlanShown; home: string };

/** What a file would do: the figures, what is wrong, and each row that would change something. */
export function ImportPlan({ of, plan, home }: ImportPlanProps) {
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
      {readAs.kind === "csv" && readAs.encoding === "windows-1252" && (
        <Callout tone="caution" title={t("windowsTitle")}>
          {t("windows")}
        </Callout>
      )}
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
      {plan.problemCount > 0 && <Problems plan={plan} kind={kind} home={home} />}
      <Changes of={of} plan={plan} home={home} />
    </>
  );
}

function Problems({ plan, kind, home }: { plan: PlanShown; kind: ImportKind; home: string }) {
  const t = useTranslations("import.plan");
  const saying = { t: useTranslations(), locale: useLocale() };
  const { problems, problemCount } = plan;
  return (
    <Section title={t("problems")} id="problems" lede={t("problemsLede")}>
      <Table caption={t("problemsCaption")} hideCaption>
        <thead>
          <tr>
            <Th numeric>{t("row")}</Th>
            <Th>{t("column")}</Th>
            <Th>{t("says")}</Th>
            <Th>{t("allowed")}</Th>
          </tr>
        </thead>
        <tbody>
          {problems.map((problem, index) => {
            const { row, column, value } = problem;
            return (
              // A cell may have several things wrong.
              // biome-ignore lint/suspicious/noArrayIndexKey: the table is never reordered
              <tr key={index}>
                <Th scope="row" numeric>
                  {row}
                </Th>
                <Td>{column === null ? t("header") : columnWord(saying, kind, column)}</Td>
                <Td className="wrap-anywhere">{value === "" ? t("emptyCell") : <bdi>{value}</bdi>}</Td>
                <Td className="max-w-prose">
                  {problemWords(saying, kind, problem)} <WayOn from={problem} home={home} />
                </Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      {problemCount > problems.length && (
        <p className="mt-2 text-muted text-sm">{t("problemsCut", { shown: problems.length, count: problemCount })}</p>
      )}
    </Section>
  );
}

/** To where it is done, if that is somewhere. */
function WayOn({ from, home }: { from: Note; home: string }) {
  const way = wayOn({ t: useTranslations(), locale: useLocale() }, from);
  return (
    way !== null && (
      <Link prefetch={false} className="link" href={`${home}${way.href}`}>
        {way.label}
      </Link>
    )
  );
}

function Changes({ of, plan, home }: ImportPlanProps) {
  const t = useTranslations("import.plan");
  if (plan.rowCount === 0) {
    return plan.problemCount > 0 ? null : <p>{t("noChanges")}</p>;
  }
  return (
    <Section title={t("changes")} id="changes" lede={plan.problemCount > 0 ? t("changesWithProblems") : undefined}>
      <Table caption={t("changesCaption")} hideCaption>
        <thead>
          <tr>
            <Th numeric>{t("row")}</Th>
            <Th>{t("what")}</Th>
            <Th>{t("wouldBe")}</Th>
          </tr>
        </thead>
        <tbody>
          {plan.rows.map((row) => (
            <ChangedRow key={row.row} row={row} kind={of.kind} home={home} />
          ))}
        </tbody>
      </Table>
      {plan.rowCount > IMPORT_PAGE_SIZE && <Pages plan={plan} path={`${home}/import/${of.id}`} />}
    </Section>
  );
}

function Pages({ plan, path }: { plan: PlanShown; path: string }) {
  const t = useTranslations("import.plan");
  const words = useTranslations("list");
  const { page, rowCount } = plan;
  const last = Math.ceil(rowCount / IMPORT_PAGE_SIZE);
  const near = [1, page - 1, page, page + 1, last].filter((number) => number >= 1 && number <= last);
  const link = (number: number) => `${path}?page=${number}#changes`;
  return (
    <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
      <p className="text-muted text-sm">
        {t("pageOf", {
          from: Math.min((page - 1) * IMPORT_PAGE_SIZE + 1, rowCount),
          to: Math.min(page * IMPORT_PAGE_SIZE, rowCount),
          count: rowCount,
        })}
      </p>
      <Pagination
        label={t("pages")}
        pages={[...new Set(near)].map((number) => ({
          page: number,
          href: link(number),
          label: words("page", { page: number }),
          current: number === page,
        }))}
        previous={page > 1 ? { href: link(page - 1), label: words("previous") } : undefined}
        next={page < last ? { href: link(page + 1), label: words("next") } : undefined}
      />
    </div>
  );
}

function ChangedRow({ row, kind, home }: { row: PlannedRowShown; kind: ImportKind; home: string }) {
  const t = useTranslations("import.plan");
  const saying = { t: useTranslations(), locale: useLocale() };
  const said = ({ column, from, to }: Change) => {
    const word = (value: string) => valueWord(saying, kind, column, value) || t("nothing");
    const values = { column: columnWord(saying, kind, column), to: word(to) };
    return from === null ? t("becomes", values) : t("from", { ...values, from: word(from) });
  };
  const [name, ...others] = row.names;
  return (
    <tr>
      <Th scope="row" numeric>
        {row.row}
      </Th>
      <Td className="wrap-anywhere">
        <bdi>{name}</bdi>
        {others.map((other) => (
          <span key={other} className="block text-muted">
            <bdi>{other}</bdi>
          </span>
        ))}
      </Td>
      <Td className="wrap-anywhere">
        <p className="font-medium">{t(row.outcome)}</p>
        <ul className="whitespace-pre-line">
          {row.changes.map((change) => (
            <li key={change.column}>{said(change)}</li>
          ))}
        </ul>
        {row.notes.map((note) => (
          <p key={note.code} className="text-muted">
            {noteWords(saying, note)} <WayOn from={note} home={home} />
          </p>
        ))}
      </Td>
    </tr>
  );
}
