"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { answerIn, fields } from "#app/answer.ts";
import { beside } from "#app/beside.ts";
import { redirectWithNotice } from "#app/notice.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import { abandonAccessReview } from "#lib/domain/clinic/access-reviews/commands/abandon-access-review.ts";
import { judgeAccess } from "#lib/domain/clinic/access-reviews/commands/judge-access.ts";
import { keepRest } from "#lib/domain/clinic/access-reviews/commands/keep-rest.ts";
import { signAccessReview } from "#lib/domain/clinic/access-reviews/commands/sign-access-review.ts";
import { startAccessReview } from "#lib/domain/clinic/access-reviews/commands/start-access-review.ts";

export async function startReviewAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("access-reviews.start");
    const { reviewId } = await startAccessReview(ctx, {});
    return redirectWithNotice(`/c/${ctx.slug}/people/access-reviews/${reviewId}`, t("done"));
  });
}

export async function judgeAccessAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("access-reviews.judge");
    const typed = (name: string) => String(form.get(name) ?? "");
    // Who was left as they are is not sent; who got words without a decision is, and is refused beside it.
    const rows = form.getAll("memberId").flatMap((id) => {
      const memberId = String(id);
      const [changeTo, note] = [typed(`changeTo-${memberId}`), typed(`note-${memberId}`)];
      // The command asks whether this is a decision.
      const verdict = typed(`verdict-${memberId}`) as "keep";
      if (`${verdict}${changeTo}${note}`.trim() === "") return [];
      return [{ memberId, version: typed(`version-${memberId}`), verdict, changeTo, note }];
    });
    if (rows.length === 0) return { message: t("nothing") };
    // The command counts its rows, and the form names its fields by the people.
    const fieldOf = (path: string) =>
      path.replace(/^rows\.(\d+)\.(\w+)$/, (_, index, name) => `${name}-${rows[Number(index)]?.memberId ?? ""}`);
    const { decided, undecided } = await beside(fieldOf, () => judgeAccess(ctx, { reviewId: typed("reviewId"), rows }));
    refresh();
    return { done: t("done", { count: decided, left: undecided }) };
  });
}

export async function keepRestAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("access-reviews.rest");
    const { kept } = await keepRest(ctx, fields(form));
    return redirectWithNotice(
      `/c/${ctx.slug}/people/access-reviews/${String(form.get("reviewId"))}`,
      t("done", { count: kept }),
    );
  });
}

export async function signReviewAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("access-reviews.sign");
    const { number, alreadySigned } = await signAccessReview(ctx, fields(form));
    return redirectWithNotice(
      `/c/${ctx.slug}/people/access-reviews/${String(form.get("reviewId"))}`,
      t(alreadySigned ? "already" : "done", { number }),
    );
  });
}

export async function abandonReviewAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("access-reviews.abandon");
    const { number } = await abandonAccessReview(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/people/access-reviews`, t("done", { number }));
  });
}
