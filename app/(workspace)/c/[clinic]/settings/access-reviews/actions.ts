"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { answerIn, fields } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { setAccessReviewInterval } from "#lib/domain/clinic/access-reviews/commands/set-access-review-interval.ts";

export async function setReviewIntervalAction(
  clinic: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    await setAccessReviewInterval(ctx, fields(form));
    const t = await getTranslations("access-reviews.interval");
    refresh();
    return { done: t("done") };
  });
}
