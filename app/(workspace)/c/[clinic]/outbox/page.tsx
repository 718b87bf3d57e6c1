import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { WhyAsked } from "#app/why-asked.tsx";
import { parseListState, type SearchParams } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { OutboxList, outboxAsked, outboxList } from "#components/notifications/outbox-list.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getOutboxPage } from "#lib/domain/notifications/outbox/queries.ts";
import { PAGE_SIZES } from "#lib/domain/tools/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { handMailOverAction, sendMailAgainAction } from "./actions.ts";

type PageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("outbox");
  return { title: t("title") };
}

export default async function OutboxPage({ params, searchParams }: PageProps) {
  const [{ clinic }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const state = parseListState(asked, outboxList.shape);
  const { page: outbox, allowedRoles } = await readPage(() =>
    getOutboxPage(ctx, {
      ...outboxAsked(state),
      page: state.page,
      size: PAGE_SIZES.find((size) => size === state.size),
    }),
  );
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("outbox"), getLocale()]);
  return (
    <ClientMessages namespaces={["outbox"]}>
      <PrintHeader clinic={ctx.clinicName} title={t("title")} asOf={momentText(outbox.asOf, locale, ctx.timeZone)} />
      <PageHeader title={t("title")} lede={t("lede")} />
      <WhyAsked place="outbox" />
      <div className="space-y-4">
        {!outbox.sends && <Callout title={t("noMail.title")}>{t("noMail.text")}</Callout>}
        <OutboxList
          path={`${start}/outbox`}
          downloads={`/api/lists/${ctx.slug}/outbox`}
          state={state}
          outbox={outbox}
          timeZone={ctx.timeZone}
          sendAgain={sendMailAgainAction.bind(null, ctx.slug)}
          handOver={handMailOverAction.bind(null, ctx.slug)}
          empty={
            <EmptyState title={t("empty.title")} why={t("empty.why")}>
              {t("empty.text")}
            </EmptyState>
          }
        />
      </div>
    </ClientMessages>
  );
}
