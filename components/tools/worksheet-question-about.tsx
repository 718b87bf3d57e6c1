import { useTranslations } from "next-intl";
import { DateText } from "#components/layout/moments.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import type { WorksheetQuestion } from "#lib/domain/vendors/worksheet/schema.ts";

/** Why a question is asked, what to look for in the answer, and where the question is from. */
export function WorksheetQuestionAbout({ question }: { question: WorksheetQuestion }) {
  const t = useTranslations("due-diligence.question");
  const { why, goodAnswer, redFlag, evidence, citations, sources, asOf } = question;
  return (
    <details className="max-w-prose text-sm">
      <summary className="link w-fit">
        {t("why")}
        <span className="sr-only">: {question.question.en}</span>
      </summary>
      <div className="mt-2">
        <p className="mb-2">{why}</p>
        <DescriptionList
          facts={[
            { term: t("goodAnswer"), description: goodAnswer },
            { term: t("redFlag"), description: redFlag },
            ...(evidence === null ? [] : [{ term: t("evidence"), description: evidence }]),
            { term: t("rules"), description: citations.length === 0 ? t("practice") : citations.join(" · ") },
            {
              term: t("sources"),
              description: (
                <ul>
                  {sources.map(({ title, url }) => (
                    <li key={title}>
                      {url === undefined ? (
                        title
                      ) : (
                        <a className="link" href={url} rel="noreferrer" target="_blank">
                          {title}
                          <span className="sr-only"> {t("newWindow")}</span>
                        </a>
                      )}
                    </li>
                  ))}
                  <li className="text-muted">
                    {t("asOf")} <DateText date={asOf} />
                  </li>
                </ul>
              ),
            },
          ]}
        />
      </div>
    </details>
  );
}
