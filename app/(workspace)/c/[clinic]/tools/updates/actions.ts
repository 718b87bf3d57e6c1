"use server";

import { getTranslations } from "next-intl/server";
import { answerIn, fields } from "#app/answer.ts";
import { redirectWithNotice } from "#app/notice.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import { answerCatalogueUpdate } from "#lib/domain/tools/updates/commands/answer-catalogue-update.ts";
import { UPDATE_ANSWERS, UPDATED_FIELDS } from "#lib/domain/tools/updates/schema.ts";

export async function answerCatalogueUpdateAction(
  clinic: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("updates.done");
    const answers = form.get("all") === "accept" ? "accept_all" : answersIn(form);
    const asked = fields<{ toolId: string; version: string; entrySha256: string }>(form);
    const { toolId, accepted, kept, recommendationChanged } = await answerCatalogueUpdate(ctx, { ...asked, answers });
    const isDateAlone = accepted.length + kept.length === 0;
    const done = isDateAlone ? t("dateTaken") : t("answered", { count: accepted.length });
    const said = recommendationChanged ? t("decide", { answered: done }) : done;
    return redirectWithNotice(`/c/${ctx.slug}/tools/${toolId}`, said);
  });
}

function answersIn(form: FormData) {
  return Object.fromEntries(
    UPDATED_FIELDS.flatMap((field) => {
      const chosen = UPDATE_ANSWERS.find((answer) => answer === form.get(field));
      return chosen === undefined ? [] : [[field, chosen] as const];
    }),
  );
}
