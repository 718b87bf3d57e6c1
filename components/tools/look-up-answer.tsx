import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Callout } from "#components/ui/callout.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Shape, type ShapeName } from "#components/ui/shape.tsx";
import { Td, Th } from "#components/ui/table.tsx";
import { type Tone, toneStyle } from "#components/ui/tone.ts";
import { asksAboutDeidentification, isYes } from "#lib/domain/tools/look-up/rules.ts";
import type { LookUpResult } from "#lib/domain/tools/look-up/schema.ts";
import { GOES_IN, type GoesIn } from "#lib/domain/tools/requests/schema.ts";
import type { Said } from "#lib/domain/tools/schema.ts";
import { cn } from "#lib/kernel/cn.ts";
import { dateText } from "#lib/kernel/date-text.ts";
import { answerLook, useWhom, VerdictBadge } from "./look-up-words.tsx";
import { SaidText } from "./said-text.tsx";
import { toolParts } from "./tool-parts.tsx";

export type LookUpPaths = {
  readonly lookUp: string;
  /** The register and the form of a request, for those who may open them. */
  readonly tools: string | undefined;
  readonly ask: string | undefined;
};

type LookUpAnswerProps = {
  answer: LookUpResult;
  goesIn: GoesIn | null;
  officers: readonly string[];
  paths: LookUpPaths;
};

/** What one tool may be used for, in one sentence, and all it rests on. */
export function LookUpAnswer({ answer, goesIn, officers, paths }: LookUpAnswerProps) {
  const t = useTranslations("look-up");
  const who = useWhom(officers);
  const { standing } = answer.standing;
  return (
    <AnswerCard
      look={answerLook(standing, goesIn)}
      sentence={t.rich(`sentence.${answer.sentence}`, { ...toolParts(answer), who })}
    >
      <Reasons answer={answer} />
      {goesIn === null && <EachAnswer answer={answer} path={paths.lookUp} />}
      {asksAboutDeidentification(standing, goesIn) && <Deidentified who={who} short={goesIn === null} />}
      {isYes(standing, goesIn) && <HowToUse answer={answer} />}
      {answer.why && (
        <div>
          <p className="font-medium">{t("aboutIt", { vendor: answer.vendor })}</p>
          <p>
            <SaidText said={answer.why} />
          </p>
        </div>
      )}
      <AnswerLinks answer={answer} goesIn={goesIn} paths={paths} />
    </AnswerCard>
  );
}

function Reasons({ answer }: { answer: LookUpResult }) {
  const t = useTranslations("look-up");
  const locale = useLocale();
  const { vendor, exceptionUntil } = answer;
  return (
    <ul className="space-y-1">
      {answer.standing.reasons.map((reason) => (
        <li key={reason}>
          {t(`reason.${reason}`, { vendor })}
          {reason === "exception" && exceptionUntil !== null && (
            <> {t("exceptionUntil", { date: dateText(exceptionUntil, locale) })}</>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The three answers, for who has not said yet what goes in. */
function EachAnswer({ answer, path }: { answer: LookUpResult; path: string }) {
  const t = useTranslations("look-up");
  return (
    <table className="w-full border-collapse text-sm">
      <caption className="pb-1 text-left font-medium">{t("each.caption", { product: answer.product })}</caption>
      <thead>
        <tr>
          <Th>{t("each.goesIn")}</Th>
          <Th>{t("each.answer")}</Th>
        </tr>
      </thead>
      <tbody>
        {GOES_IN.map((goesIn) => (
          <tr key={goesIn}>
            <Th scope="row" className="font-normal">
              {answer.toolId === null ? (
                t(`goesIn.${goesIn}`)
              ) : (
                <Link prefetch={false} className="link" href={`${path}?tool=${answer.toolId}&goesIn=${goesIn}`}>
                  {t(`goesIn.${goesIn}`)}
                </Link>
              )}
            </Th>
            <Td>
              <VerdictBadge standing={answer.standing.standing} goesIn={goesIn} />
            </Td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What no rule can see: a person says whether data is de-identified. */
function Deidentified({ who, short }: { who: string; short: boolean }) {
  const t = useTranslations("look-up.deidentified");
  if (short) return <p className="text-muted text-sm">{t("short")}</p>;
  return (
    <Callout tone="caution" title={t("title")}>
      {t("text", { who })}
    </Callout>
  );
}

/** Of a yes: with which account, and on which conditions. */
function HowToUse({ answer }: { answer: LookUpResult }) {
  const t = useTranslations("look-up");
  return (
    <>
      <div>
        <p className="font-medium">{t("account")}</p>
        <p>{t.rich("accountIs", toolParts(answer))}</p>
        {answer.accounts.length > 0 ? <SaidList list={answer.accounts} /> : <p>{t("noAccount")}</p>}
      </div>
      {answer.conditions.length > 0 && (
        <div>
          <p className="font-medium">{t("conditions")}</p>
          <SaidList list={answer.conditions} />
        </div>
      )}
    </>
  );
}

function SaidList({ list }: { list: readonly Said[] }) {
  return (
    <ul className="list-disc space-y-0.5 pl-5">
      {list.map((said) => (
        <li key={said.text}>
          <SaidText said={said} />
        </li>
      ))}
    </ul>
  );
}

function AnswerLinks({ answer, goesIn, paths }: Pick<LookUpAnswerProps, "answer" | "goesIn" | "paths">) {
  const t = useTranslations("look-up");
  const { toolId, product, surface } = answer;
  const ask = answer.mayAskFor && askPath(paths.ask, answer, goesIn);
  const open = paths.tools !== undefined && toolId !== null && `${paths.tools}/${toolId}`;
  if (!ask && !open) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
      {ask && (
        <LinkButton href={ask}>{t(answer.standing.standing === "may_not_use" ? "askAgain" : "askFor")}</LinkButton>
      )}
      {open && (
        <Link prefetch={false} className="link" href={open}>
          {t("open")}
          <span className="sr-only">
            : {product}, <SaidText said={surface} />
          </span>
        </Link>
      )}
    </p>
  );
}

/** The form of a request for a tool. What was typed never goes into an address. */
export function askPath(
  form: string | undefined,
  tool: { readonly toolId?: string | null; readonly catalogueKey?: string | null },
  goesIn: GoesIn | null,
): string | undefined {
  if (form === undefined) return undefined;
  const asked = new URLSearchParams();
  if (tool.toolId) asked.set("tool", tool.toolId);
  else if (tool.catalogueKey) asked.set("entry", tool.catalogueKey);
  if (goesIn !== null) asked.set("goesIn", goesIn);
  return asked.size === 0 ? form : `${form}?${asked}`;
}

type AnswerCardProps = {
  look: { tone: Tone; shape: ShapeName };
  sentence: ReactNode;
  children?: ReactNode;
};

export function AnswerCard({ look, sentence, children }: AnswerCardProps) {
  return (
    <article className="overflow-hidden rounded-md border">
      <h2
        data-tone={look.tone}
        className={cn(
          "flex items-start gap-2.5 border-b px-4 py-3 font-semibold text-lg [&_svg]:mt-1 [&_svg]:size-5",
          toneStyle[look.tone],
        )}
      >
        <Shape name={look.shape} />
        <span className="min-w-0">{sentence}</span>
      </h2>
      {children && <div className="space-y-3 px-4 py-3">{children}</div>}
    </article>
  );
}
