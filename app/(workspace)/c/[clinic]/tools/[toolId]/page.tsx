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
import { CoverageSection } from "#components/tools/coverage-section.tsx";
import { DeepseekSection } from "#components/tools/deepseek-section.tsx";
import { ExceptionsSection } from "#components/tools/exceptions-section.tsx";
import { InferencePathSection } from "#components/tools/inference-path-section.tsx";
import { StatusBadge } from "#components/tools/status-badge.tsx";
import { ToolDecision } from "#components/tools/tool-decision.tsx";
import { ToolFacts } from "#components/tools/tool-facts.tsx";
import { ToolHistory } from "#components/tools/tool-history.tsx";
import { ToolRequests } from "#components/tools/tool-requests.tsx";
import { ToolSummary } from "#components/tools/tool-summary.tsx";
import { WorksheetSection } from "#components/tools/worksheet-section.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { actingMemberId, type ClinicContext } from "#lib/domain/context.ts";
import { can } from "#lib/domain/permissions.ts";
import { getToolPage } from "#lib/domain/tools/queries.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import {
  approveNarrowingAction,
  decideToolAction,
  declineNarrowingAction,
  narrowDeepseekAction,
  restoreDeepseekProhibitionAction,
} from "../actions.ts";

type PageProps = { params: Promise<{ clinic: string; toolId: string }>; searchParams: Promise<SearchParams> };

const readTool = cache(async (clinic: string, toolId: string) => {
  const ctx = await requireClinicContext(clinic);
  return readPage(() => getToolPage(ctx, { toolId }));
});

export async function generateMetadata({ params }: Pick<PageProps, "params">): Promise<Metadata> {
  const { clinic, toolId } = await params;
  const { page } = await readTool(clinic, toolId);
  return page ? { title: `${page.tool.product}, ${page.tool.surface}` } : {};
}

export default async function ToolPage({ params, searchParams }: PageProps) {
  const [{ clinic, toolId }, { request: requestId }] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const { page, allowedRoles } = await readTool(clinic, toolId);
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("tools"), getLocale()]);
  const { tool, narrowing, decisions } = page;
  const mayDecide = can(ctx, "tool.decide") && tool.deepseek !== "own";
  const mayRecordPath = can(ctx, "path.record");
  const clock = { today: page.today, timeZone: ctx.timeZone };
  const here = `${start}/tools/${tool.id}`;
  const worksheetsHref = `${here}/due-diligence`;
  const added = {
    at: tool.addedAt,
    recordedAt: tool.recordedAt,
    by: page.addedByName,
    fromCatalogue: tool.catalogueKey !== null,
  };
  return (
    <ClientMessages namespaces={["tools"]}>
      <PrintHeader
        clinic={ctx.clinicName}
        title={`${tool.product}, ${tool.surface}`}
        asOf={momentText(page.asOf, locale, ctx.timeZone)}
      />
      <PageHeader
        title={tool.product}
        lede={tool.surface}
        status={<StatusBadge status={tool.status} />}
        back={{ href: `${start}/tools`, label: t("title") }}
        actions={mayDecide && <LinkButton href="#decide">{t("decide.title")}</LinkButton>}
      />
      <Notice />
      <ToolSummary tool={tool} standing={page.standing} coverage={page.coverage} {...clock} />
      <div className="mt-8 grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="space-y-8">
          <DeepseekSection
            tool={tool}
            narrowing={narrowing}
            timeZone={ctx.timeZone}
            needsSecondApprover={page.needsSecondApprover}
            own={narrowing?.proposedBy === actingMemberId(ctx)}
            may={narrowingActions(ctx, clinic, narrowing, page.needsSecondApprover)}
          />
          {/* DeepSeek's own surfaces never take anything, so nothing could cover them. */}
          {tool.deepseek !== "own" && (
            <>
              <CoverageSection
                tool={tool}
                coverage={page.coverage}
                path={page.path}
                today={page.today}
                start={start}
                may={{ recordBaa: can(ctx, "baa.record"), recordPath: mayRecordPath }}
              />
              <InferencePathSection
                path={page.path}
                {...clock}
                start={start}
                filesPath={`/api/files/${ctx.slug}`}
                href={`${here}/path`}
                mayRecord={mayRecordPath}
              />
              <WorksheetSection
                diligence={page.diligence}
                {...clock}
                href={worksheetsHref}
                mayKeep={can(ctx, "due_diligence.keep")}
              />
            </>
          )}
          {page.exceptions !== null && (
            <ExceptionsSection
              exceptions={page.exceptions}
              today={page.today}
              href={`${here}/exceptions`}
              mayGrant={can(ctx, "tool_exception.grant")}
            />
          )}
          <Section id="facts" title={t("facts.title")} lede={t("facts.lede")}>
            <ToolFacts tool={tool} />
          </Section>
          {mayDecide && (
            <ToolDecision
              tool={tool}
              coverage={page.coverage}
              diligence={page.diligence}
              wouldBeSole={page.wouldBeSole}
              {...clock}
              worksheetsHref={worksheetsHref}
              requestId={typeof requestId === "string" ? requestId : undefined}
              decide={decideToolAction.bind(null, clinic)}
            />
          )}
        </div>
        <div className="space-y-8">
          <Section id="history" title={t("decision.title")} lede={t("decision.lede")}>
            <ToolHistory
              decisions={decisions}
              added={added}
              timeZone={ctx.timeZone}
              worksheetsHref={worksheetsHref}
              requestsHref={page.requests === null ? null : `${start}/requests`}
            />
          </Section>
          {page.requests !== null && (
            <ToolRequests requests={page.requests} requestsHref={`${start}/requests`} timeZone={ctx.timeZone} />
          )}
        </div>
      </div>
    </ClientMessages>
  );
}

type Proposal = { readonly status: "proposed" | "in_force"; readonly proposedBy: string } | null;

function narrowingActions(ctx: ClinicContext, clinic: string, narrowing: Proposal, needsSecondApprover: boolean) {
  const mayNarrow = can(ctx, "tool.narrow_deepseek");
  const mayAnswer = can(ctx, "tool.approve_narrowing");
  const own = narrowing?.proposedBy === actingMemberId(ctx);
  // Somebody else's proposal is declined, one's own taken back.
  const mayRestore = mayNarrow && (own || narrowing?.status !== "proposed");
  return {
    narrow: mayNarrow ? narrowDeepseekAction.bind(null, clinic) : undefined,
    approve: mayAnswer && !(own && needsSecondApprover) ? approveNarrowingAction.bind(null, clinic) : undefined,
    decline: mayAnswer && !own ? declineNarrowingAction.bind(null, clinic) : undefined,
    restore: mayRestore ? restoreDeepseekProhibitionAction.bind(null, clinic) : undefined,
  };
}
