import type { Metadata } from "next";
import Link from "next/link";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { KeptFile } from "#components/tools/kept-file.tsx";
import { WorksheetGroupForm } from "#components/tools/worksheet-group-form.tsx";
import { WorksheetQuestionAbout } from "#components/tools/worksheet-question-about.tsx";
import { Progress } from "#components/ui/progress.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { FILE_BYTES_MAX } from "#lib/domain/files/schema.ts";
import { can, rolesWith } from "#lib/domain/permissions.ts";
import { getWorksheetPage } from "#lib/domain/vendors/worksheet/queries.ts";
import { lackOf } from "#lib/domain/vendors/worksheet/rules.ts";
import { NOTE_LENGTH_MAX, WORKSHEET_BYTES_MAX, WORKSHEET_GROUPS } from "#lib/domain/vendors/worksheet/schema.ts";
import { saveWorksheetGroupAction } from "../../actions.ts";

type PageProps = { params: Promise<{ clinic: string; toolId: string; worksheetId: string; group: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const [{ group }, t] = await Promise.all([params, getTranslations("due-diligence")]);
  const known = WORKSHEET_GROUPS.find((name) => name === group);
  return { title: known === undefined ? t("title") : t(`group.${known}`) };
}

export default async function WorksheetGroupPage({ params }: PageProps) {
  const asked = await params;
  const ctx = await requireClinicContext(asked.clinic);
  const start = `/c/${ctx.slug}`;
  if (!can(ctx, "due_diligence.keep")) {
    return <ForbiddenPage allowedRoles={rolesWith("due_diligence.keep")} backHref={start} />;
  }
  const { page } = await readPage(() => getWorksheetPage(ctx, { worksheetId: asked.worksheetId }));
  const group = WORKSHEET_GROUPS.find((name) => name === asked.group);
  if (page === undefined || group === undefined || page.tool.id !== asked.toolId) notFound();
  const { tool, worksheet, before, questions } = page;
  const href = `${start}/tools/${tool.id}/due-diligence/${worksheet.id}`;
  // Completed, it is only read.
  if (worksheet.status === "complete") redirect(href);
  const t = await getTranslations("due-diligence");
  const own = questions.filter((question) => question.group === group);
  const answerOf = new Map(worksheet.answers.map((answer) => [answer.question, answer]));
  const done = worksheet.answers.filter((answer) => lackOf({ ...answer, files: answer.files.length }) === null).length;
  const place = WORKSHEET_GROUPS.indexOf(group);
  const [previous, next] = [WORKSHEET_GROUPS[place - 1], WORKSHEET_GROUPS[place + 1]];
  const filesPath = `/api/files/${ctx.slug}`;
  return (
    <ClientMessages namespaces={["due-diligence"]}>
      <PageHeader
        title={t(`group.${group}`)}
        lede={`${tool.product}, ${tool.surface}`}
        back={{ href, label: t("number", { number: worksheet.number }) }}
      />
      <Notice />
      <div className="max-w-3xl space-y-6">
        <Progress
          label={t("progress")}
          text={t("answered", { answered: done, asked: worksheet.answers.length })}
          value={done}
          max={worksheet.answers.length}
        />
        <WorksheetGroupForm
          key={group}
          save={saveWorksheetGroupAction.bind(null, asked.clinic)}
          worksheetId={worksheet.id}
          version={worksheet.version}
          group={group}
          before={before?.number ?? null}
          submitLabel={next === undefined ? t("draft.saveLast") : t("draft.saveNext", { group: t(`group.${next}`) })}
          limits={{ noteLength: NOTE_LENGTH_MAX, kilobytes: WORKSHEET_BYTES_MAX / 1024, fileBytes: FILE_BYTES_MAX }}
          questions={own.flatMap((question) => {
            const answer = answerOf.get(question.key);
            if (answer === undefined) return [];
            const files = answer.files.length > 0 && (
              <div className="space-y-1 text-sm">
                {answer.files.map((file) => (
                  <KeptFile key={file.id} file={file} filesPath={filesPath} hashLabel="SHA-256" />
                ))}
              </div>
            );
            return [{ ...answer, files, about: <WorksheetQuestionAbout question={question} /> }];
          })}
        />
        {previous !== undefined && (
          <p className="text-sm">
            <Link prefetch={false} href={`${href}/${previous}`} className="link">
              {t("draft.previous", { group: t(`group.${previous}`) })}
            </Link>
          </p>
        )}
      </div>
    </ClientMessages>
  );
}
