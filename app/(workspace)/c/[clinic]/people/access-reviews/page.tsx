import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { parseListState, type SearchParams } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { DateText, Deadline } from "#components/layout/moments.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { StartReviewForm } from "#components/people/access-reviews/review-forms.tsx";
import { ReviewList, reviewList, reviewsAsked } from "#components/people/access-reviews/review-list.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { getReviewsPage } from "#lib/domain/clinic/access-reviews/queries.ts";
import { REVIEW_PAGE_SIZES, type ReviewDue } from "#lib/domain/clinic/access-reviews/schema.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { can } from "#lib/domain/permissions.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { startReviewAction } from "./actions.ts";

type PageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("access-reviews");
  return { title: t("title") };
}

export default async function AccessReviewsPage({ params, searchParams }: PageProps) {
  const [{ clinic }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const state = parseListState(asked, reviewList.shape);
  const { page: reviews, allowedRoles } = await readPage(() =>
    getReviewsPage(ctx, {
      ...reviewsAsked(state),
      page: state.page,
      size: REVIEW_PAGE_SIZES.find((size) => size === state.size),
    }),
  );
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, people, locale] = await Promise.all([
    getTranslations("access-reviews"),
    getTranslations("people"),
    getLocale(),
  ]);
  const path = `${start}/people/access-reviews`;
  const title = t("title");
  return (
    <ClientMessages namespaces={["access-reviews"]}>
      <PrintHeader clinic={ctx.clinicName} title={title} asOf={momentText(reviews.asOf, locale, ctx.timeZone)} />
      <PageHeader title={title} lede={t("lede")} back={{ href: `${start}/people`, label: people("title") }} />
      <Notice />
      <div className="mb-6 max-w-3xl space-y-4">
        <NextReview due={reviews.due} today={reviews.today} />
        <WayOn ctx={ctx} due={reviews.due} path={path} />
        <p className="max-w-prose text-muted text-sm">{t("law")}</p>
      </div>
      <ReviewList
        path={path}
        downloads={`/api/lists/${ctx.slug}/access-reviews`}
        state={state}
        reviews={reviews}
        timeZone={ctx.timeZone}
        empty={
          <EmptyState title={t("empty.title")} why={t("empty.why")}>
            {t("empty.text")}
          </EmptyState>
        }
      />
    </ClientMessages>
  );
}

async function NextReview({ due, today }: { due: ReviewDue; today: string }) {
  const t = await getTranslations("access-reviews.due");
  return (
    <DescriptionList
      facts={[
        {
          term: t("next"),
          description: (
            <>
              <Deadline on={due.dueOn} today={today} /> (<DateText date={due.dueOn} />)
              {due.open !== null && <span className="block">{t("open", { count: due.open.undecided })}</span>}
            </>
          ),
        },
        { term: t("interval"), description: t("rule", { months: due.months }) },
        {
          term: t("last"),
          description: due.lastSignedOn === null ? t("never") : <DateText date={due.lastSignedOn} />,
        },
      ]}
    />
  );
}

async function WayOn({ ctx, due, path }: { ctx: ClinicContext; due: ReviewDue; path: string }) {
  const t = await getTranslations("access-reviews");
  if (due.open !== null) {
    return (
      <LinkButton href={`${path}/${due.open.reviewId}`} variant="primary">
        {t(can(ctx, "access_review.keep") ? "start.goOn" : "start.look")}
      </LinkButton>
    );
  }
  if (!can(ctx, "access_review.keep")) return <p className="text-muted text-sm">{t("review.readOnly")}</p>;
  return (
    <div className="space-y-1">
      <StartReviewForm start={startReviewAction.bind(null, ctx.slug)} />
      <p className="text-muted text-sm">{t("start.help")}</p>
    </div>
  );
}
