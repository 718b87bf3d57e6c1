import { useTranslations } from "next-intl";
import { Moment } from "#components/layout/moments.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { type BaaCheckShown, type BaaShown, TERM_GROUPS } from "#lib/domain/vendors/baas/schema.ts";
import type { BaaTerm } from "#lib/domain/vendors/terms/schema.ts";
import { RecordedLater } from "./recorded-later.tsx";
import { AnswerBadge } from "./vendor-badges.tsx";

/** A term as its result names it, in the reader's language. */
export type TermNamed = { readonly key: string; readonly group: BaaTerm["group"]; readonly title: string };

type CheckResultProps = { baa: BaaShown; terms: readonly TermNamed[]; timeZone: string };

/** What the newest check of an agreement found, term by term, and that there were earlier ones. */
export function CheckResult({ baa, terms, timeZone }: CheckResultProps) {
  const t = useTranslations("vendors.check");
  const [newest, ...earlier] = baa.checks;
  if (newest === undefined) {
    return (
      <div className="max-w-prose text-sm">
        <p>{t("none")}</p>
        <p className="mt-1 text-muted">{t("noneWhy")}</p>
      </div>
    );
  }
  return (
    <div className="space-y-4">
      {newest.version < baa.governing && <Callout tone="caution">{t("older", { number: baa.governing })}</Callout>}
      <CheckHead check={newest} timeZone={timeZone} />
      {TERM_GROUPS.map((group) => (
        <GroupTable key={group} group={group} terms={terms.filter((term) => term.group === group)} check={newest} />
      ))}
      {earlier.length > 0 && (
        <div>
          <h3 className="mb-1 font-medium text-sm">{t("earlier")}</h3>
          <ul className="space-y-2">
            {earlier.map((check) => (
              <li key={`${check.version} ${check.number}`}>
                <CheckHead check={check} timeZone={timeZone} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function CheckHead({ check, timeZone }: { check: BaaCheckShown; timeZone: string }) {
  const t = useTranslations("vendors.check");
  const { counts, version, checkedBy, checkedAt, recordedAt } = check;
  return (
    <div className="text-sm">
      <p>{t("counts", { met: counts.met, notMet: counts.not_met, notApplicable: counts.not_applicable })}</p>
      <p className="text-muted">
        {t("by", { version, name: checkedBy })} · <Moment at={checkedAt} timeZone={timeZone} />
      </p>
      <RecordedLater at={checkedAt} recordedAt={recordedAt} timeZone={timeZone} />
    </div>
  );
}

type GroupTableProps = { group: BaaTerm["group"]; terms: readonly TermNamed[]; check: BaaCheckShown };

function GroupTable({ group, terms, check }: GroupTableProps) {
  const t = useTranslations("vendors");
  const answerTo = new Map(check.answers.map((answer) => [answer.term, answer]));
  return (
    <Table caption={t(`group.${group}`)}>
      <thead>
        <tr>
          <Th className="w-2/5">{t("check.columnTerm")}</Th>
          <Th className="w-1/5">{t("check.columnAnswer")}</Th>
          <Th className="w-1/8">{t("check.columnClause")}</Th>
          <Th>{t("check.columnNote")}</Th>
        </tr>
      </thead>
      <tbody>
        {terms.map((term) => {
          const answer = answerTo.get(term.key);
          if (answer === undefined) return null;
          return (
            <tr key={term.key}>
              <Th scope="row" className="min-w-36 font-normal">
                {term.title}
              </Th>
              <Td className="min-w-28">
                <AnswerBadge answer={answer.answer} />
              </Td>
              <Td className="min-w-20 wrap-anywhere">{answer.clause}</Td>
              <Td className="min-w-36 wrap-anywhere">{answer.note}</Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
