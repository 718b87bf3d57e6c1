import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { isYes, verdictOf } from "#lib/domain/tools/look-up/rules.ts";
import type { FoundInCatalogue, Instead, LookUpResult } from "#lib/domain/tools/look-up/schema.ts";
import type { AskedBefore, GoesIn } from "#lib/domain/tools/requests/schema.ts";
import type { Work } from "#lib/domain/tools/usable/rules.ts";
import { AnswerCard, askPath, LookUpAnswer, type LookUpPaths } from "./look-up-answer.tsx";
import {
  AnsweredList,
  InsteadList,
  NearMisses,
  NothingInstead,
  OtherAnswers,
  UndecidedList,
} from "./look-up-lists.tsx";
import { answerLook, useWhom } from "./look-up-words.tsx";
import { standingLook } from "./status-badge.tsx";
import { toolParts } from "./tool-parts.tsx";

export type ShownLookUp = {
  readonly asked: string;
  readonly goesIn: GoesIn | null;
  readonly isReadable: boolean;
  readonly results: readonly LookUpResult[];
  readonly inCatalogue: readonly FoundInCatalogue[];
  readonly instead: readonly Instead[];
  readonly nothingFor: Work | null;
  readonly before: AskedBefore;
  readonly nearMisses: readonly string[];
  readonly officers: readonly string[];
};

type LookUpResultsProps = {
  found: ShownLookUp;
  paths: LookUpPaths;
  /** What was asked for before, between the answer and what else there is. */
  before?: ReactNode;
};

/** The answer to the best match in full, the others with theirs; what the register does not know is: ask first. */
export function LookUpResults({ found, paths, before }: LookUpResultsProps) {
  const t = useTranslations("look-up");
  const { asked, goesIn, results, inCatalogue, officers } = found;
  const [best, ...others] = results;
  const undecided = inCatalogue.filter(({ answered }) => answered === null);
  const answered = inCatalogue.filter((entry) => entry.answered !== null);
  if (!found.isReadable) {
    return (
      <div role="status">
        <EmptyState title={t("unreadable", { asked })}>{t("unreadableWhy")}</EmptyState>
      </div>
    );
  }
  return (
    <div className="space-y-4">
      <p role="status" className="text-muted text-sm">
        {best !== undefined
          ? t("found", { count: results.length, asked })
          : t(found.before.answers.length > 0 ? "foundAnswered" : "foundNothing", { asked })}
        {haveDifferent(results, goesIn) && <> {t("differ")}</>}
      </p>
      {best === undefined ? (
        <NotInRegister found={found} paths={paths} />
      ) : (
        <LookUpAnswer answer={best} goesIn={goesIn} officers={officers} paths={paths} />
      )}
      {before}
      {found.instead.length > 0 && <InsteadList tools={found.instead} goesIn={goesIn} path={paths.lookUp} />}
      {found.nothingFor !== null && <NothingInstead work={found.nothingFor} goesIn={goesIn} officers={officers} />}
      {others.length > 0 && <OtherAnswers answers={others} asked={asked} goesIn={goesIn} path={paths.lookUp} />}
      {undecided.length > 0 && <UndecidedList tools={undecided} goesIn={goesIn} ask={paths.ask} />}
      {answered.length > 0 && <AnsweredList tools={answered} />}
      <p>
        <Contact officers={officers} />
      </p>
    </div>
  );
}

function haveDifferent(results: readonly LookUpResult[], goesIn: GoesIn | null): boolean {
  const answers = results.map(({ standing }) =>
    goesIn === null ? standing.standing : verdictOf(standing.standing, goesIn),
  );
  return new Set(answers).size > 1;
}

function NotInRegister({ found, paths }: LookUpResultsProps) {
  const t = useTranslations("look-up");
  const who = useWhom(found.officers);
  const { asked, goesIn, nearMisses, inCatalogue, before } = found;
  // What a request was answered stands right below: to say "ask first" above it would contradict it.
  if (before.answers.length > 0) return <AnsweredBefore found={found} />;
  return (
    <AnswerCard look={standingLook.ask} sentence={t("notInRegister", { asked, who })}>
      <p>{t("notInRegisterWhy")}</p>
      {nearMisses.length > 0 && <NearMisses products={nearMisses} goesIn={goesIn} path={paths.lookUp} />}
      {paths.ask !== undefined && inCatalogue.length === 0 && (
        <p>
          <LinkButton href={askPath(paths.ask, {}, goesIn) ?? ""}>{t("askFor")}</LinkButton>
        </p>
      )}
    </AnswerCard>
  );
}

/** What a request for it was answered, as the answer: which tool may be used, or that none was granted. */
function AnsweredBefore({ found: { asked, goesIn, before, officers } }: Pick<LookUpResultsProps, "found">) {
  const t = useTranslations("look-up");
  const who = useWhom(officers);
  const granted = before.answers.find((answer) => answer.granted !== null)?.granted;
  if (granted) {
    const sentence = t.rich("grantedBefore", { ...toolParts(granted), asked });
    return <AnswerCard look={answerLook(granted.standing, goesIn)} sentence={sentence} />;
  }
  const instead = before.answers.find((answer) => answer.instead !== null)?.instead;
  if (!instead) {
    return (
      <AnswerCard look={standingLook.may_not_use} sentence={t("answeredBefore", { asked })}>
        <p>{t("answeredBeforeWhy")}</p>
      </AnswerCard>
    );
  }
  const standing = instead.standing ?? "ask";
  const limit = goesIn === null || isYes(standing, goesIn) ? "none" : goesIn;
  return (
    <AnswerCard
      look={answerLook(standing, goesIn)}
      sentence={t.rich("insteadBefore", { ...toolParts(instead), asked, limit, who })}
    >
      <p>{t(`legend.${standing}`)}.</p>
    </AnswerCard>
  );
}

function Contact({ officers }: { officers: readonly string[] }) {
  const t = useTranslations("look-up");
  const names = useWhom(officers);
  return officers.length === 0 ? t("askOwner") : t("askOfficers", { names, count: officers.length });
}
