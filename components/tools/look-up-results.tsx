import { useLocale, useTranslations } from "next-intl";
import { Shape } from "#components/ui/shape.tsx";
import type { LookUpResult } from "#lib/domain/tools/look-up/schema.ts";
import { AnswerCard, LookUpAnswer } from "./look-up-answer.tsx";
import { standingLook } from "./status-badge.tsx";

export type ShownLookUp = {
  readonly asked: string;
  readonly hostname: string | null;
  readonly results: readonly LookUpResult[];
  readonly inCatalogue: ReadonlyArray<{ readonly product: string; readonly surface: string }>;
  readonly officers: readonly string[];
};

type LookUpResultsProps = {
  found: ShownLookUp;
  /** Where the register is, for those who may open it. */
  toolsPath: string | undefined;
};

/** What the question may mean, a card each; what the register does not know is: ask first. */
export function LookUpResults({ found, toolsPath }: LookUpResultsProps) {
  const t = useTranslations("look-up");
  const contact = useContact(found.officers);
  const { asked, results, inCatalogue } = found;
  return (
    <div className="space-y-4">
      <p role="status" className="text-muted text-sm">
        {results.length > 0 ? t("found", { count: results.length, asked }) : t("foundNothing", { asked })}
      </p>
      {results.length === 0 && (
        <AnswerCard look={standingLook.ask} sentence={t("notInRegister", { asked })}>
          <p>{t("notInRegisterWhy")}</p>
          <p>{contact}</p>
        </AnswerCard>
      )}
      {results.map((answer) => (
        <LookUpAnswer
          key={answer.toolId ?? `${answer.product} ${answer.surface}`}
          answer={answer}
          contact={contact}
          href={toolsPath && answer.toolId !== null ? `${toolsPath}/${answer.toolId}` : undefined}
        />
      ))}
      {inCatalogue.length > 0 && <Undecided tools={inCatalogue} />}
      {results.length > 0 && <p>{contact}</p>}
    </div>
  );
}

function Undecided({ tools }: { tools: ShownLookUp["inCatalogue"] }) {
  const t = useTranslations("look-up");
  return (
    <section aria-labelledby="undecided" className="rounded-md border px-4 py-3">
      <h2 id="undecided" className="font-semibold">
        {t("undecided")}
      </h2>
      <p className="mt-1 text-muted text-sm">{t("undecidedWhy")}</p>
      <ul className="mt-2 space-y-1">
        {tools.map(({ product, surface }) => (
          <li key={`${product} ${surface}`} className="flex items-start gap-2 [&_svg]:mt-1.5 [&_svg]:text-caution">
            <Shape name={standingLook.ask.shape} />
            <span className="min-w-0">
              {product}
              <span className="text-muted">, {surface}</span>
              <span className="sr-only">. {t("askFirst")}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useContact(officers: readonly string[]): string {
  const t = useTranslations("look-up");
  const list = new Intl.ListFormat(useLocale(), { type: "disjunction" });
  return officers.length === 0
    ? t("askOwner")
    : t("askOfficers", { names: list.format(officers), count: officers.length });
}
