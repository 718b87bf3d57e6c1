import { getTranslations } from "next-intl/server";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ReviewIntervalForm } from "#components/people/access-reviews/review-forms.tsx";
import { Section } from "#components/ui/section.tsx";
import { getReviewInterval } from "#lib/domain/clinic/access-reviews/queries.ts";
import { REVIEW_MONTHS_MAX, REVIEW_MONTHS_MIN } from "#lib/domain/clinic/access-reviews/schema.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { can } from "#lib/domain/permissions.ts";
import { setReviewIntervalAction } from "./actions.ts";

/** The section of the settings that says how often everybody's access is looked at; the owner changes it there. */
export async function ReviewInterval({ ctx }: { ctx: ClinicContext }) {
  const { months } = await getReviewInterval(ctx, {});
  const t = await getTranslations("access-reviews.interval");
  return (
    <Section title={t("title")} id="access-reviews" lede={t("lede")}>
      {can(ctx, "clinic.configure") ? (
        <ClientMessages namespaces={["access-reviews"]}>
          <ReviewIntervalForm
            action={setReviewIntervalAction.bind(null, ctx.slug)}
            months={months}
            min={REVIEW_MONTHS_MIN}
            max={REVIEW_MONTHS_MAX}
          />
        </ClientMessages>
      ) : (
        <>
          <p>{t("now", { months })}</p>
          <p className="mt-1 text-muted text-sm">{t("who")}</p>
        </>
      )}
    </Section>
  );
}
