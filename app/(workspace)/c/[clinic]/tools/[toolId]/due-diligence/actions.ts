"use server";

import { getTranslations } from "next-intl/server";
import { answerIn, fields, upload } from "#app/answer.ts";
import { beside } from "#app/beside.ts";
import { redirectWithNotice } from "#app/notice.tsx";
import { refusedState, typedValues } from "#app/refused.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { attachWorksheetFile } from "#lib/domain/vendors/worksheet/commands/attach-worksheet-file.ts";
import { completeWorksheet } from "#lib/domain/vendors/worksheet/commands/complete-worksheet.ts";
import { saveWorksheet } from "#lib/domain/vendors/worksheet/commands/save-worksheet.ts";
import { startWorksheet } from "#lib/domain/vendors/worksheet/commands/start-worksheet.ts";
import { WORKSHEET_GROUPS } from "#lib/domain/vendors/worksheet/schema.ts";

export async function startWorksheetAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("due-diligence.done");
    const { toolId, worksheetId } = await startWorksheet(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/tools/${toolId}/due-diligence/${worksheetId}`, t("started"));
  });
}

/** Saves the answers first and the file after them: a file that is refused takes no answer with it. */
export async function saveWorksheetGroupAction(
  clinic: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("due-diligence");
    const typed = (name: string) => String(form.get(name) ?? "");
    const questions = form.getAll("question").map(String);
    // The command asks whether these are answers; what isn't is refused beside its question.
    const answers = questions.map((question) => ({
      ...{ question, answer: typed(`answer-${question}`) as "good", note: typed(`note-${question}`) },
    }));
    const { toolId, worksheetId, version } = await beside(
      (field) =>
        field.replace(/^answers\.(\d+)\.(\w+)$/, (_, index, name) => `${name}-${questions[Number(index)] ?? ""}`),
      () => saveWorksheet(ctx, { worksheetId: typed("worksheetId"), version: typed("version"), answers }),
    );
    const path = `/c/${ctx.slug}/tools/${toolId}/due-diligence/${worksheetId}`;
    const file = await upload(form, "file");
    if (file !== null) {
      try {
        await beside(
          (field) => (field === "question" ? "fileQuestion" : "file"),
          () => attachWorksheetFile(ctx, { worksheetId, question: typed("fileQuestion"), ...file }),
        );
      } catch (error) {
        const refused = refusedState(error, ctx.locale, `/c/${ctx.slug}`);
        if (refused === null) throw error;
        form.set("version", String(version));
        return { ...refused, message: refused.message ?? t("draft.fileNotSaved"), ...typedValues(form) };
      }
    }
    const said = t(file === null ? "done.saved" : "done.savedWithFile");
    return redirectWithNotice(`${path}${onFrom(typed("group"), typed("then") === "stay")}`, said);
  });
}

// To the same group again, to the one after it, or after the last to the conclusion.
function onFrom(group: string, isStaying: boolean): string {
  const known = WORKSHEET_GROUPS.find((name) => name === group);
  const next = known === undefined || isStaying ? known : WORKSHEET_GROUPS[WORKSHEET_GROUPS.indexOf(known) + 1];
  return next === undefined ? "#conclude" : `/${next}`;
}

/** Saves the conclusion first: what keeps the worksheet open takes no words with it. */
export async function completeWorksheetAction(
  clinic: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("due-diligence.done");
    const typed = (name: string) => String(form.get(name) ?? "");
    const isSaving = typed("then") === "save";
    const closing = { conclusion: typed("conclusion"), reverifyOn: typed("reverifyOn") };
    const { toolId, worksheetId, version } = await saveWorksheet(ctx, {
      ...{ worksheetId: typed("worksheetId"), version: typed("version"), ...closing },
    });
    form.set("version", String(version));
    if (!isSaving) await completeWorksheet(ctx, { worksheetId, version, ...closing });
    const path = `/c/${ctx.slug}/tools/${toolId}/due-diligence/${worksheetId}`;
    return redirectWithNotice(path, t(isSaving ? "conclusionSaved" : "completed"));
  });
}
