import { useTranslations } from "next-intl";
import type { FormAction } from "#components/ui/form-state.ts";
import type { AskedBefore } from "#lib/domain/tools/requests/schema.ts";
import { EarlierAnswers } from "./earlier-answers.tsx";
import { RequestItem } from "./request-similar.tsx";

type LookUpAskedBeforeProps = {
  before: AskedBefore;
  paths: { readonly lookUp: string; readonly requests: string };
  /** For those who may ask for tools. */
  support: FormAction | undefined;
};

/** Beside the answer: who looks a tool up is told what was asked and answered already, so that nobody asks twice. */
export function LookUpAskedBefore({ before, paths, support }: LookUpAskedBeforeProps) {
  const t = useTranslations("requests.before");
  const { requests, answers } = before;
  if (requests.length + answers.length === 0) return null;
  return (
    <section aria-labelledby="before" className="rounded-md border px-4 py-3">
      <h2 id="before" className="font-semibold">
        {t("title")}
      </h2>
      {requests.length > 0 && (
        <ul className="divide-y">
          {requests.map((request) => (
            <RequestItem key={request.requestId} {...{ request, paths, support }} />
          ))}
        </ul>
      )}
      <EarlierAnswers answers={answers} lookUpPath={paths.lookUp} />
    </section>
  );
}
