import { useTranslations } from "next-intl";
import { DateText, Deadline, Moment } from "#components/layout/moments.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import type { ReviewShown, UseShown } from "#lib/domain/clinic/emergency-access/schema.ts";

type EmergencyUseFactsProps = { use: UseShown; entries: number; today: string; timeZone: string };

/** Who had it, for what, from when to when, and by when somebody reviews it. */
export function EmergencyUseFacts({ use, entries, today, timeZone }: EmergencyUseFactsProps) {
  const t = useTranslations("emergency-access");
  const over =
    use.overAt === null
      ? { term: t("use.endsAt"), description: <Moment at={use.endsAt} timeZone={timeZone} /> }
      : {
          term: t("use.overAt"),
          description: (
            <>
              <Moment at={use.overAt} timeZone={timeZone} />,{" "}
              {use.endedBy === "" ? t("use.endedByItself") : t("use.endedBy", { name: use.endedBy })}
            </>
          ),
        };
  const waits = use.state === "to_review" || use.state === "overdue";
  return (
    <DescriptionList
      facts={[
        { term: t("column.member"), description: use.member },
        { term: t("column.kind"), description: t(`kind.${use.kind}`) },
        {
          term: t("column.reason"),
          description: <span className="whitespace-pre-line wrap-anywhere">{use.reason}</span>,
        },
        { term: t("use.openedAt"), description: <Moment at={use.openedAt} timeZone={timeZone} /> },
        over,
        { term: t("use.entries"), description: t("use.entriesCount", { count: entries }) },
        ...(waits
          ? [{ term: t("column.reviewBy"), description: <Deadline on={use.reviewBy} today={today} soonDays={1} /> }]
          : []),
      ]}
    />
  );
}

type EmergencyReviewFactsProps = { review: ReviewShown; timeZone: string };

/** What the reviewer found and signed. */
export function EmergencyReviewFacts({ review, timeZone }: EmergencyReviewFactsProps) {
  const t = useTranslations("emergency-access");
  const typed = (text: string) => <span className="whitespace-pre-line wrap-anywhere">{text}</span>;
  return (
    <DescriptionList
      facts={[
        { term: t("column.justified"), description: t(review.justified ? "yes" : "no") },
        { term: t("column.done"), description: typed(review.done) },
        ...(review.followUp === "" ? [] : [{ term: t("column.followUp"), description: typed(review.followUp) }]),
        {
          term: t("column.reviewedBy"),
          description: (
            <>
              {review.soleReviewer ? t("soleReviewer", { name: review.by }) : review.by},{" "}
              <Moment at={review.at} timeZone={timeZone} />
            </>
          ),
        },
        { term: t("use.signedAs"), description: review.typedName },
      ]}
    />
  );
}

/** The days of a naming. */
export function NamingDays({ fromOn, toOn }: { fromOn: string; toOn: string | null }) {
  const t = useTranslations("emergency-access.people");
  return (
    <>
      <DateText date={fromOn} /> – {toOn === null ? t("noEnd") : <DateText date={toOn} />}
    </>
  );
}
