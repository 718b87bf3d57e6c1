import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { SignatureForm } from "#components/layout/signature-form.tsx";
import { OwnAccessWaits } from "#components/people/access-reviews/own-access-waits.tsx";
import { ReviewText } from "#components/people/access-reviews/review-text.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { getReviewText } from "#lib/domain/clinic/access-reviews/queries.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can } from "#lib/domain/permissions.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { signReviewAction } from "../../actions.ts";

type PageProps = { params: Promise<{ clinic: string; reviewId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("access-reviews.sign");
  return { title: t("tab") };
}

/** The text of a review: to be signed, or as it was signed. */
export default async function SignAccessReviewPage({ params }: PageProps) {
  const { clinic, reviewId } = await params;
  const ctx = await requireClinicContext(clinic);
  const { page, allowedRoles } = await readPage(() => getReviewText(ctx, { reviewId }));
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("access-reviews"), getLocale()]);
  const { review, text, sha256, statement, own, lostOwner } = page;
  const signs = review.status === "open" && can(ctx, "access_review.keep");
  const title = t(signs ? "sign.title" : "sign.titleRead", { number: review.number });
  const back = `${start}/people/access-reviews/${review.id}`;
  const goOn = <LinkButton href={back}>{t("sign.goOn")}</LinkButton>;
  return (
    <ClientMessages namespaces={["access-reviews"]}>
      <PrintHeader clinic={ctx.clinicName} title={title} asOf={momentText(page.asOf, locale, ctx.timeZone)} />
      <PageHeader
        title={title}
        lede={signs && t("sign.lede")}
        back={{ href: back, label: t("one", { number: review.number }) }}
      />
      <div className="max-w-4xl space-y-6">
        <ReviewText text={text} sha256={sha256} />
        {signs && own.isAllThatWaits && <OwnAccessWaits own={own} actions={goOn} />}
        {signs && review.undecided > 0 && !own.isAllThatWaits && (
          <Callout tone="caution" title={t("sign.undecided", { count: review.undecided })} actions={goOn} />
        )}
        {signs && lostOwner !== null && (
          <Callout tone="caution" title={t("sign.lastOwner", { name: lostOwner })} actions={goOn}>
            {t("sign.lastOwnerText")}
          </Callout>
        )}
        {signs && review.undecided === 0 && lostOwner === null && (
          <SignatureForm
            words="access-reviews.sign"
            sign={signReviewAction.bind(null, ctx.slug)}
            signing={{ reviewId: review.id, textSha256: sha256, locale: "en" }}
            statement={statement}
            memberName={ctx.actor.kind === "member" ? ctx.actor.name : ""}
          />
        )}
      </div>
    </ClientMessages>
  );
}
