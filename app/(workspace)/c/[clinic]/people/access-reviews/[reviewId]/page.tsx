import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { DataTable } from "#components/data-table/data-table.tsx";
import { ListFrame } from "#components/data-table/list-frame.tsx";
import { type ListState, parseListState, type SearchParams } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { DateText } from "#components/layout/moments.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { JudgeForm } from "#components/people/access-reviews/judge-form.tsx";
import { OwnAccessWaits } from "#components/people/access-reviews/own-access-waits.tsx";
import { ReviewStatusBadge } from "#components/people/access-reviews/review-badges.tsx";
import { KeepRestForm } from "#components/people/access-reviews/review-forms.tsx";
import { ReviewOutcome } from "#components/people/access-reviews/review-outcome.tsx";
import { reviewRowList, reviewRowsAsked } from "#components/people/access-reviews/review-row-list.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { getReviewPage } from "#lib/domain/clinic/access-reviews/queries.ts";
import { REVIEW_PAGE_SIZES } from "#lib/domain/clinic/access-reviews/schema.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { actingMemberId, type ClinicContext } from "#lib/domain/context.ts";
import { can } from "#lib/domain/permissions.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { judgeAccessAction, keepRestAction } from "../actions.ts";

type PageProps = { params: Promise<{ clinic: string; reviewId: string }>; searchParams: Promise<SearchParams> };
type ReviewRead = Awaited<ReturnType<typeof getReviewPage>>;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("access-reviews");
  return { title: t("tab") };
}

export default async function AccessReviewPage({ params, searchParams }: PageProps) {
  const [{ clinic, reviewId }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const state = parseListState(asked, reviewRowList.shape);
  const { page, allowedRoles } = await readPage(() =>
    getReviewPage(ctx, {
      ...{ ...reviewRowsAsked(state), reviewId, page: state.page },
      size: REVIEW_PAGE_SIZES.find((size) => size === state.size),
    }),
  );
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("access-reviews"), getLocale()]);
  const { review } = page;
  const list = `${start}/people/access-reviews`;
  const title = t("one", { number: review.number });
  const decides = review.status === "open" && can(ctx, "access_review.keep");
  return (
    <ClientMessages namespaces={["access-reviews"]}>
      <PrintHeader clinic={ctx.clinicName} title={title} asOf={momentText(page.asOf, locale, ctx.timeZone)} />
      <PageHeader
        title={title}
        lede={
          <>
            {t("review.lede", { name: review.startedBy, people: review.people })} <DateText date={review.frozenOn} />
          </>
        }
        status={<ReviewStatusBadge status={review.status} />}
        back={{ href: list, label: t("title") }}
        actions={
          <>
            {decides && <LinkButton href={`${list}/${review.id}/abandon`}>{t("review.abandon")}</LinkButton>}
            <LinkButton
              href={`${list}/${review.id}/sign`}
              variant={decides && review.undecided === 0 ? "primary" : "secondary"}
            >
              {t(review.signature !== null ? "review.text" : decides ? "review.sign" : "review.draftText")}
            </LinkButton>
          </>
        }
      />
      <Notice />
      <div className="space-y-8">
        <ReviewOutcome review={review} joinedSince={page.joinedSince} timeZone={ctx.timeZone} />
        {decides && page.own.isAllThatWaits && <OwnAccessWaits own={page.own} />}
        {decides && page.rest > 0 && <Rest ctx={ctx} page={page} />}
        <People ctx={ctx} page={page} state={state} decides={decides} path={`${list}/${review.id}`} />
      </div>
    </ClientMessages>
  );
}

async function Rest({ ctx, page }: { ctx: ClinicContext; page: ReviewRead }) {
  const t = await getTranslations("access-reviews.rest");
  const { review, rest } = page;
  return (
    <Section title={t("title")} id="rest" boxed>
      <p className="mb-3 max-w-prose">
        {t("text", { count: rest })} {rest < review.undecided && t("own")}
      </p>
      <KeepRestForm key={rest} keep={keepRestAction.bind(null, ctx.slug)} reviewId={review.id} rest={rest} />
    </Section>
  );
}

type PeopleProps = { ctx: ClinicContext; page: ReviewRead; state: ListState; decides: boolean; path: string };

async function People({ ctx, page, state, decides, path }: PeopleProps) {
  const t = await getTranslations("access-reviews.review");
  const { review, rows, total, own, today } = page;
  const frame = {
    ...{ path, state, total, list: reviewRowList },
    downloads: `/api/lists/${ctx.slug}/access-review/${review.id}`,
    empty: <EmptyState title={t("empty")} />,
  };
  const peopleHref = `/c/${ctx.slug}/people`;
  return (
    <Section title={t("people")} id="people">
      {decides ? (
        <ListFrame {...frame} shown={rows.length} fixedColumns>
          <JudgeForm
            judge={judgeAccessAction.bind(null, ctx.slug)}
            reviewId={review.id}
            rows={rows}
            own={own}
            ownId={actingMemberId(ctx) ?? ""}
            peopleHref={peopleHref}
            timeZone={ctx.timeZone}
          />
        </ListFrame>
      ) : (
        <DataTable
          {...frame}
          rows={rows}
          rowHref={({ memberId }) => `${peopleHref}/${memberId}`}
          facts={{ timeZone: ctx.timeZone, today }}
        />
      )}
    </Section>
  );
}
