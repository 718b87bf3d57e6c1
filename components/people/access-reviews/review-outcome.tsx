import { useLocale, useTranslations } from "next-intl";
import { Callout } from "#components/ui/callout.tsx";
import type { ReviewShown } from "#lib/domain/clinic/access-reviews/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";

type ReviewOutcomeProps = { review: ReviewShown; joinedSince: number; timeZone: string };

/** How far a review has come, or how it ended. */
export function ReviewOutcome({ review, joinedSince, timeZone }: ReviewOutcomeProps) {
  const t = useTranslations("access-reviews.review");
  const locale = useLocale();
  const moment = review.closedAt === null ? "" : momentText(review.closedAt, locale, timeZone);
  const joined = joinedSince > 0 && <p>{t("joined", { count: joinedSince })}</p>;
  if (review.status === "open") {
    return (
      <div>
        <p className="font-medium">{t("decided", { undecided: review.undecided })}</p>
        {joined}
      </div>
    );
  }
  if (review.status === "abandoned") {
    return (
      <Callout tone="neutral" title={t("abandonedTitle", { moment, name: review.closedBy })}>
        <p className="whitespace-pre-line wrap-anywhere">{review.abandonReason}</p>
      </Callout>
    );
  }
  return (
    <Callout tone="positive" title={t("signedTitle", { moment, name: review.closedBy })}>
      <p>{t("signedText", { statement: review.signature?.statement ?? "" })}</p>
      {review.soleReviewer && <p>{t("soleTitle")}</p>}
      {joined}
    </Callout>
  );
}
