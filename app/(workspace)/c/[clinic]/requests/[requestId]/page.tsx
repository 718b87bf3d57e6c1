import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import type { SearchParams } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { AnswersTakenBack, DecisionStands, RequestAnswer } from "#components/tools/request-answer.tsx";
import { RequestDesk } from "#components/tools/request-desk.tsx";
import { ReopenRequestForm } from "#components/tools/request-desk-forms.tsx";
import { RequestDecisions, RequestFacts } from "#components/tools/request-facts.tsx";
import { WithdrawRequestForm } from "#components/tools/request-forms.tsx";
import { RequestStatusBadge } from "#components/tools/request-status.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Section } from "#components/ui/section.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can } from "#lib/domain/permissions.ts";
import { getRequest } from "#lib/domain/tools/requests/queries.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import {
  answerRequestAction,
  linkRequestAction,
  reopenRequestAction,
  unlinkRequestAction,
  withdrawRequestAction,
} from "../actions.ts";

type PageProps = { params: Promise<{ clinic: string; requestId: string }>; searchParams: Promise<SearchParams> };

const readRequest = cache(async (clinic: string, requestId: string, q: string) => {
  const ctx = await requireClinicContext(clinic);
  return readPage(() => getRequest(ctx, { requestId, q }));
});

export async function generateMetadata({ params, searchParams }: PageProps): Promise<Metadata> {
  const [{ clinic, requestId }, asked] = await Promise.all([params, searchParams]);
  const { page } = await readRequest(clinic, requestId, wordsOf(asked));
  return page ? { title: page.request.product } : {};
}

export default async function RequestPage({ params, searchParams }: PageProps) {
  const [{ clinic, requestId }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const q = wordsOf(asked);
  const { page, allowedRoles } = await readRequest(clinic, requestId, q);
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("requests"), getLocale()]);
  const { request, desk, today } = page;
  const toolsPath = can(ctx, "tool.read") ? `${start}/tools` : undefined;
  const readsAll = can(ctx, "tool_request.read");
  return (
    <ClientMessages namespaces={["requests"]}>
      <PrintHeader
        clinic={ctx.clinicName}
        title={`${t("title")}: ${request.product}`}
        asOf={momentText(page.asOf, locale, ctx.timeZone)}
      />
      <PageHeader
        title={request.product}
        lede={request.surface.text || undefined}
        status={<RequestStatusBadge status={request.status} />}
        back={{ href: `${start}/requests`, label: t(readsAll ? "title" : "mineTitle") }}
      />
      <Notice />
      <div className="max-w-3xl space-y-8">
        {(request.status !== "open" || !readsAll) && (
          <RequestAnswer request={request} start={start} toolsPath={toolsPath} timeZone={ctx.timeZone} />
        )}
        <Section id="asked" title={t("detail.asked")}>
          <RequestFacts request={request} toolsPath={toolsPath} today={today} timeZone={ctx.timeZone} />
        </Section>
        {request.takenBack.length > 0 && (
          <Section id="taken-back" title={t("takenBackTitle")}>
            <AnswersTakenBack request={request} start={start} toolsPath={toolsPath} timeZone={ctx.timeZone} />
          </Section>
        )}
        {request.decisions.length > 0 && (
          <Section id="decisions" title={t("decisions.title")}>
            <RequestDecisions decisions={request.decisions} toolsPath={toolsPath} timeZone={ctx.timeZone} />
          </Section>
        )}
        {desk !== null && (
          <RequestDesk
            request={request}
            desk={desk}
            q={q}
            start={start}
            link={linkRequestAction.bind(null, clinic)}
            unlink={unlinkRequestAction.bind(null, clinic)}
            answer={answerRequestAction.bind(null, clinic)}
          />
        )}
        {request.mayReopen !== null && (
          <details className="print:hidden">
            <summary className="link w-fit text-sm">{t("desk.reopen.summary")}</summary>
            <div className="mt-3 space-y-3 text-sm">
              {request.mayReopen === "own" ? (
                <Callout tone="caution">{t("desk.reopen.own")}</Callout>
              ) : (
                <>
                  {request.mayReopen === "alone" && <Callout tone="caution">{t("desk.reopen.alone")}</Callout>}
                  <p>{t("desk.reopen.text")}</p>
                  {request.status === "granted" && request.answer?.tool && (
                    <DecisionStands tool={request.answer.tool} start={start} toolsPath={toolsPath} />
                  )}
                  <ReopenRequestForm reopen={reopenRequestAction.bind(null, clinic)} request={request} />
                </>
              )}
            </div>
          </details>
        )}
        {request.isOwn && request.status === "open" && (
          <details className="print:hidden">
            <summary className="link w-fit text-sm">{t("withdraw.summary")}</summary>
            <div className="mt-3 space-y-3">
              <p className="text-sm">{t("withdraw.text")}</p>
              <WithdrawRequestForm withdraw={withdrawRequestAction.bind(null, clinic)} requestId={request.id} />
            </div>
          </details>
        )}
      </div>
    </ClientMessages>
  );
}

function wordsOf({ q }: SearchParams): string {
  return (typeof q === "string" ? q : q?.[0]) ?? "";
}
