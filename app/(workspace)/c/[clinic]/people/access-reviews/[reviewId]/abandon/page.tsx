import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { AbandonReviewForm } from "#components/people/access-reviews/review-forms.tsx";
import { getReviewPage } from "#lib/domain/clinic/access-reviews/queries.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can, rolesWith } from "#lib/domain/permissions.ts";
import { abandonReviewAction } from "../../actions.ts";

type PageProps = { params: Promise<{ clinic: string; reviewId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("access-reviews.abandon");
  return { title: t("tab") };
}

export default async function AbandonAccessReviewPage({ params }: PageProps) {
  const { clinic, reviewId } = await params;
  const ctx = await requireClinicContext(clinic);
  const start = `/c/${ctx.slug}`;
  if (!can(ctx, "access_review.keep")) {
    return <ForbiddenPage allowedRoles={rolesWith("access_review.keep")} backHref={start} />;
  }
  const { page } = await readPage(() => getReviewPage(ctx, { reviewId }));
  if (page === undefined || page.review.status !== "open") notFound();
  const t = await getTranslations("access-reviews");
  const { number } = page.review;
  return (
    <ClientMessages namespaces={["access-reviews"]}>
      <PageHeader
        title={t("abandon.title", { number })}
        lede={t("abandon.lede")}
        back={{ href: `${start}/people/access-reviews/${reviewId}`, label: t("one", { number }) }}
      />
      <div className="max-w-prose">
        <AbandonReviewForm abandon={abandonReviewAction.bind(null, ctx.slug)} reviewId={reviewId} />
      </div>
    </ClientMessages>
  );
}
