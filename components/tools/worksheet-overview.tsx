import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Progress } from "#components/ui/progress.tsx";
import type { WorksheetGroup } from "#lib/domain/vendors/worksheet/schema.ts";

/** A question of a draft as its overview counts it. */
export type QuestionState = {
  readonly question: string;
  readonly text: string;
  readonly group: WorksheetGroup;
  readonly lacks: "answer" | "words" | null;
};

type OverviewProps = {
  questions: readonly QuestionState[];
  groups: readonly WorksheetGroup[];
  /** The worksheet's own page; each group stands under it. */
  href: string;
};

/** How far a draft has come, group by group, each with the way to it. */
export function WorksheetOverview({ questions, groups, href }: OverviewProps) {
  const t = useTranslations("due-diligence");
  const done = questions.filter(({ lacks }) => lacks === null).length;
  return (
    <div className="max-w-prose space-y-4">
      <Progress
        label={t("progress")}
        text={t("answered", { answered: done, asked: questions.length })}
        value={done}
        max={questions.length}
      />
      <ol className="divide-y rounded-md border">
        {groups.map((group) => {
          const own = questions.filter((question) => question.group === group);
          const count = { done: own.filter(({ lacks }) => lacks === null).length, count: own.length };
          return (
            <li key={group}>
              <Link
                prefetch={false}
                href={`${href}/${group}`}
                className="flex items-center justify-between gap-4 px-4 py-3 hover:bg-hover"
              >
                <span className="font-medium">{t(`group.${group}`)}</span>
                <span className="flex shrink-0 items-center gap-2 text-muted text-sm">
                  {t("draft.groupDone", count)}
                  <ChevronRight className="size-4" aria-hidden="true" />
                </span>
              </Link>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** What has to be done before a worksheet can be completed, question by question. */
export function OpenQuestions({ questions, href }: Omit<OverviewProps, "groups">) {
  const t = useTranslations("due-diligence");
  const open = questions.filter(({ lacks }) => lacks !== null);
  if (open.length === 0) return <p className="text-sm">{t("conclude.ready")}</p>;
  return (
    <details className="text-sm">
      <summary className="link w-fit">{t("conclude.openLede", { count: open.length })}</summary>
      <ul className="mt-2 list-disc space-y-1 pl-5">
        {open.map(({ question, text, group, lacks }) => (
          <li key={question}>
            <Link prefetch={false} href={`${href}/${group}#question-${question}`} className="link">
              {text}
            </Link>{" "}
            <span className="text-muted">{t(`question.lacks.${lacks ?? "answer"}`)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
