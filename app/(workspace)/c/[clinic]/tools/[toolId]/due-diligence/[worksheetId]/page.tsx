import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { Moment } from "#components/layout/moments.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { RecordedLater } from "#components/tools/recorded-later.tsx";
import { WorksheetBadge } from "#components/tools/worksheet-badges.tsx";
import { WorksheetConcludeForm } from "#components/tools/worksheet-conclude-form.tsx";
import { OpenQuestions, WorksheetOverview } from "#components/tools/worksheet-overview.tsx";
import { WorksheetDecisions, WorksheetHash, WorksheetRecord } from "#components/tools/worksheet-record.tsx";
import { Reverify } from "#components/tools/worksheet-section.tsx";
import { Section } from "#components/ui/section.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can } from "#lib/domain/permissions.ts";
import { getWorksheetPage } from "#lib/domain/vendors/worksheet/queries.ts";
import { lackOf } from "#lib/domain/vendors/worksheet/rules.ts";
import {
  type AnswerShown,
  CONCLUSION_LENGTH_MAX,
  WORKSHEET_GROUPS,
  type WorksheetGroup,
  type WorksheetQuestion,
} from "#lib/domain/vendors/worksheet/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { completeWorksheetAction } from "../actions.ts";

type PageProps = { params: Promise<{ clinic: string; toolId: string; worksheetId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("due-diligence");
  return { title: t("title") };
}

export default async function WorksheetPage({ params }: PageProps) {
  const { clinic, toolId, worksheetId } = await params;
  const ctx = await requireClinicContext(clinic);
  const { page, allowedRoles } = await readPage(() => getWorksheetPage(ctx, { worksheetId }));
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const { tool, worksheet, before, questions, decisions, today } = page;
  if (tool.id !== toolId) notFound();
  const [t, locale] = await Promise.all([getTranslations("due-diligence"), getLocale()]);
  const name = `${tool.product}, ${tool.surface}`;
  const href = `${start}/tools/${tool.id}/due-diligence`;
  const title = t("number", { number: worksheet.number });
  const groupOf = new Map(questions.map(({ key, group }) => [key, group]));
  const isWriting = worksheet.status === "draft" && can(ctx, "due_diligence.keep");
  return (
    <ClientMessages namespaces={["due-diligence"]}>
      <PrintHeader
        clinic={ctx.clinicName}
        title={`${t("title")}, ${title}: ${name}`}
        asOf={momentText(page.asOf, locale, ctx.timeZone)}
      />
      <PageHeader
        title={title}
        lede={name}
        status={<WorksheetBadge status={worksheet.status} />}
        back={{ href, label: t("title") }}
      />
      <Notice />
      <div className="mb-8 space-y-1 text-sm">
        <p className="text-muted">
          {t("startedBy", { name: worksheet.startedBy })},{" "}
          <Moment at={worksheet.startedAt} timeZone={ctx.timeZone} day />
          {worksheet.completedAt !== null && (
            <>
              {" · "}
              {t("completedBy", { name: worksheet.completedBy ?? "" })},{" "}
              <Moment at={worksheet.completedAt} timeZone={ctx.timeZone} />
            </>
          )}
        </p>
        {worksheet.completedAt !== null && (
          <RecordedLater at={worksheet.startedAt} recordedAt={worksheet.recordedAt} timeZone={ctx.timeZone} />
        )}
        {worksheet.status === "complete" && worksheet.reverifyOn !== null && (
          <Reverify on={worksheet.reverifyOn} today={today} />
        )}
        {worksheet.status === "complete" && <WorksheetHash sha256={worksheet.answersSha256} />}
      </div>
      {isWriting ? (
        <Draft
          questions={statesOf(worksheet.answers, groupOf)}
          href={`${href}/${worksheet.id}`}
          conclude={
            <WorksheetConcludeForm
              complete={completeWorksheetAction.bind(null, clinic)}
              worksheetId={worksheet.id}
              version={worksheet.version}
              conclusion={worksheet.conclusion}
              reverifyOn={worksheet.reverifyOn}
              conclusionLengthMax={CONCLUSION_LENGTH_MAX}
            />
          }
        />
      ) : (
        <div className="space-y-8">
          {worksheet.status === "draft" && <p className="text-sm">{t("record.draftNote")}</p>}
          <WorksheetRecord
            worksheet={worksheet}
            groups={grouped(worksheet.answers, questions)}
            before={before?.number ?? null}
            filesPath={`/api/files/${ctx.slug}`}
          />
          {worksheet.status === "complete" && (
            <Section id="decisions" title={t("record.decisions")}>
              <WorksheetDecisions decisions={decisions} timeZone={ctx.timeZone} href={`${start}/tools/${tool.id}`} />
            </Section>
          )}
        </div>
      )}
    </ClientMessages>
  );
}

type DraftProps = { questions: ReturnType<typeof statesOf>; href: string; conclude: ReactNode };

async function Draft({ questions, href, conclude }: DraftProps) {
  const t = await getTranslations("due-diligence");
  return (
    <div className="space-y-10">
      <Section id="questions" title={t("draft.groups")} lede={t("draft.lede")}>
        <WorksheetOverview questions={questions} groups={WORKSHEET_GROUPS} href={href} />
      </Section>
      <Section id="conclude" title={t("conclude.title")} lede={t("conclude.lede")}>
        <div className="max-w-prose space-y-5">
          <OpenQuestions questions={questions} href={href} />
          {conclude}
        </div>
      </Section>
    </div>
  );
}

function statesOf(answers: readonly AnswerShown[], groupOf: ReadonlyMap<string, WorksheetGroup>) {
  return answers.flatMap(({ question, text, answer, note, files }) => {
    const group = groupOf.get(question);
    return group === undefined ? [] : [{ question, text, group, lacks: lackOf({ answer, note, files: files.length }) }];
  });
}

// A question that is no longer asked keeps its place in the worksheets that asked it.
function grouped(answers: readonly AnswerShown[], questions: readonly WorksheetQuestion[]) {
  const groupOf = new Map(questions.map(({ key, group }) => [key, group]));
  const byGroup = Map.groupBy(answers, ({ question }) => groupOf.get(question) ?? ("other" as const));
  return [...WORKSHEET_GROUPS, "other" as const].flatMap((group) => {
    const own = byGroup.get(group);
    return own === undefined ? [] : [{ group, answers: own }];
  });
}
