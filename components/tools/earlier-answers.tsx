import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge.tsx";
import type { EarlierAnswer } from "#lib/domain/tools/requests/schema.ts";
import { dateText } from "#lib/kernel/date-text.ts";
import { NamedTool } from "./request-similar.tsx";
import { standingLook } from "./status-badge.tsx";
import { toolParts } from "./tool-parts.tsx";

type EarlierAnswersProps = {
  answers: readonly EarlierAnswer[];
  lookUpPath: string;
  /** Where requests are read, for those who may read them all. */
  requestsPath?: string | undefined;
};

/** What the clinic answered before to who asked for the tool, with the reason for whom it is. */
export function EarlierAnswers({ answers, lookUpPath, requestsPath }: EarlierAnswersProps) {
  const t = useTranslations("requests.before");
  const locale = useLocale();
  return (
    <ul className="divide-y">
      {answers.map((answer) => (
        <li key={answer.requestId} className="space-y-1 py-2.5">
          <p>
            <NamedTool tool={answer} />
          </p>
          <p>
            {t.rich(answer.isReaders ? `yours.${answer.status}` : answer.status, {
              ...toolParts(answer.instead ?? answer),
              date: dateText(answer.answeredOn, locale),
            })}
            {answer.answeredBy !== null && <> {t("by", { name: answer.answeredBy })}</>}
          </p>
          {answer.granted !== null && <Granted tool={answer.granted} />}
          {answer.reason !== null && answer.reason !== "" && (
            <p className="whitespace-pre-line text-sm">
              <span className="font-medium">{t("why")}:</span> {answer.reason}
            </p>
          )}
          <AnswerWays answer={answer} lookUpPath={lookUpPath} requestsPath={requestsPath} />
        </li>
      ))}
    </ul>
  );
}

/** What a grant covers: which plan, and for what. */
function Granted({ tool }: { tool: NonNullable<EarlierAnswer["granted"]> }) {
  const t = useTranslations("requests.standing");
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
      <span>
        <NamedTool tool={tool} />
      </span>
      <Badge plain {...standingLook[tool.standing]}>
        {t(tool.standing)}
      </Badge>
    </p>
  );
}

type AnswerWaysProps = Pick<EarlierAnswersProps, "lookUpPath" | "requestsPath"> & { answer: EarlierAnswer };

function AnswerWays({ answer, lookUpPath, requestsPath }: AnswerWaysProps): ReactNode {
  const t = useTranslations("requests.before");
  const { requestId, product } = answer;
  const named = answer.granted ?? answer.instead;
  if (named === null && requestsPath === undefined) return null;
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {named !== null && (
        <Link prefetch={false} className="link" href={`${lookUpPath}?tool=${named.toolId}`}>
          {t("howToUse", { instead: named.product })}
        </Link>
      )}
      {requestsPath !== undefined && (
        <Link prefetch={false} className="link" href={`${requestsPath}/${requestId}`}>
          {t("open")}
          <span className="sr-only">: {product}</span>
        </Link>
      )}
    </p>
  );
}
