import Link from "next/link";
import { useTranslations } from "next-intl";
import { Moment } from "#components/layout/moments.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Section } from "#components/ui/section.tsx";
import type { Status } from "#lib/domain/tools/schema.ts";
import {
  ANSWERS,
  type AnswerShown,
  type WorksheetGroup,
  type WorksheetShown,
} from "#lib/domain/vendors/worksheet/schema.ts";
import { KeptFile } from "./kept-file.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { AnswerBadge } from "./worksheet-badges.tsx";

type Grouped = { readonly group: WorksheetGroup | "other"; readonly answers: readonly AnswerShown[] };

type WorksheetRecordProps = {
  worksheet: WorksheetShown;
  groups: readonly Grouped[];
  /** The number of the worksheet before this one. */
  before: number | null;
  filesPath: string;
};

/** A worksheet to read and to print: each question as it was asked, with answer, words and files. */
export function WorksheetRecord({ worksheet, groups, before, filesPath }: WorksheetRecordProps) {
  const t = useTranslations("due-diligence");
  return (
    <div className="max-w-3xl space-y-8">
      <Counts answers={worksheet.answers} />
      {worksheet.status === "complete" && (
        <Section id="conclusion" title={t("record.conclusion")}>
          <p className="whitespace-pre-line wrap-anywhere">{worksheet.conclusion}</p>
        </Section>
      )}
      {groups.map(({ group, answers }) => (
        <Section key={group} id={group} title={t(`group.${group}`)}>
          <ul className="divide-y">
            {answers.map((answer) => (
              <li key={answer.question} className="break-inside-avoid py-3 first:pt-0">
                <AnswerInFull answer={answer} before={before} filesPath={filesPath} />
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </div>
  );
}

// How many of each, so that a reader knows what to look for; no sum of them means anything.
function Counts({ answers }: { answers: readonly AnswerShown[] }) {
  const counts = ANSWERS.map((answer) => ({
    answer,
    count: answers.filter((given) => given.answer === answer).length,
  }));
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {counts
        .filter(({ count }) => count > 0)
        .map(({ answer, count }) => (
          <li key={answer} className="flex items-baseline gap-1.5">
            {count} <AnswerBadge answer={answer} />
          </li>
        ))}
    </ul>
  );
}

type AnswerInFullProps = { answer: AnswerShown; before: number | null; filesPath: string };

function AnswerInFull({ answer, before, filesPath }: AnswerInFullProps) {
  return (
    <div className="space-y-1 text-sm">
      <h3 className="font-medium">{answer.text}</h3>
      <p>
        <AnswerBadge answer={answer.answer} />
      </p>
      {answer.note !== "" && <p className="whitespace-pre-line wrap-anywhere">{answer.note}</p>}
      {answer.files.map((file) => (
        <KeptFile key={file.id} file={file} filesPath={filesPath} hashLabel="SHA-256" />
      ))}
      <Compared answer={answer} before={before} />
    </div>
  );
}

// Said wherever nobody changed a word: the question may not have been asked again.
function Compared({ answer, before }: Omit<AnswerInFullProps, "filesPath">) {
  const t = useTranslations("due-diligence");
  const { last } = answer;
  if (before === null || last === null || last.answer === null || answer.answer === null) return null;
  if (last.answer === answer.answer && last.note === answer.note) {
    return <p className="text-muted">{t("record.unchanged", { number: before })}</p>;
  }
  if (last.answer === answer.answer) return null;
  return <p className="text-muted">{t("record.changed", { number: before, answer: t(`answer.${last.answer}`) })}</p>;
}

type RestingProps = {
  decisions: ReadonlyArray<{
    readonly id: string;
    readonly number: number;
    readonly status: string;
    readonly decidedBy: string;
    readonly decidedAt: Date;
  }>;
  timeZone: string;
  /** The tool's page. */
  href: string;
};

/** The decisions that rest on a worksheet. */
export function WorksheetDecisions({ decisions, timeZone, href }: RestingProps) {
  const t = useTranslations("due-diligence.record");
  if (decisions.length === 0) return <p className="text-muted text-sm">{t("noDecisions")}</p>;
  return (
    <ul className="space-y-1 text-sm">
      {decisions.map(({ id, number, status, decidedBy, decidedAt }) => (
        <li key={id} className="flex flex-wrap items-baseline gap-x-2">
          <Link prefetch={false} href={`${href}#decision-${number}`} className="link">
            {t("decision", { number })}
          </Link>
          {/* The database holds a decision to one of the statuses. */}
          <StatusBadge status={status as Status} plain />
          <span className="text-muted">
            {decidedBy}, <Moment at={decidedAt} timeZone={timeZone} day />
          </span>
        </li>
      ))}
    </ul>
  );
}

export function WorksheetHash({ sha256 }: { sha256: string }) {
  const t = useTranslations("due-diligence.record");
  return (
    <p className="flex flex-wrap items-center gap-2 text-sm">
      <span className="text-muted">{t("hash")}</span>
      <code className="font-mono text-xs wrap-anywhere">{sha256}</code>
      <CopyButton text={sha256} label={t("copy")} copiedLabel={t("copied")} />
    </p>
  );
}
