"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { answerIn, fields } from "#app/answer.ts";
import { redirectWithNotice } from "#app/notice.tsx";
import { typedValues } from "#app/refused.ts";
import type { AskingState, ShownAsking } from "#components/tools/request-form.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { askForTool } from "#lib/domain/tools/requests/commands/ask-for-tool.ts";
import { linkRequest } from "#lib/domain/tools/requests/commands/link-request.ts";
import { reopenRequest } from "#lib/domain/tools/requests/commands/reopen-request.ts";
import { supportRequest } from "#lib/domain/tools/requests/commands/support-request.ts";
import { unlinkRequest } from "#lib/domain/tools/requests/commands/unlink-request.ts";
import { withdrawRequest } from "#lib/domain/tools/requests/commands/withdraw-request.ts";
import { findSimilarTools } from "#lib/domain/tools/requests/queries.ts";

/** Both steps of asking: what is typed is carried in the form, never in an address. */
export async function askForToolAction(clinic: string, _previous: AskingState, form: FormData): Promise<AskingState> {
  let asking: ShownAsking | undefined;
  const state = await answerIn(clinic, form, async (ctx) => {
    const step = form.get("step");
    if (step === "change") return typedValues(form);
    if (step === "look") {
      asking = await findSimilarTools(ctx, fields(form));
      return typedValues(form);
    }
    return send(ctx, form, (found) => {
      asking = found;
    });
  });
  return asking === undefined ? state : { ...state, asking };
}

async function send(ctx: ClinicContext, form: FormData, lookAgain: (found: ShownAsking) => void): Promise<FormState> {
  try {
    const { requestId } = await askForTool(ctx, fields(form));
    const t = await getTranslations("requests.form");
    return redirectWithNotice(`/c/${ctx.slug}/requests/${requestId}`, t("sent"));
  } catch (error) {
    // The second step comes back with what there is already, as it is by now.
    await findSimilarTools(ctx, fields(form)).then(lookAgain, () => {});
    throw error;
  }
}

export async function supportRequestAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const { requestId } = await supportRequest(ctx, fields(form));
    const t = await getTranslations("requests.similar");
    return redirectWithNotice(`/c/${ctx.slug}/requests/${requestId}`, t("meTooDone"));
  });
}

export async function withdrawRequestAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const { requestId } = await withdrawRequest(ctx, fields(form));
    const t = await getTranslations("requests.withdraw");
    return redirectWithNotice(`/c/${ctx.slug}/requests/${requestId}`, t("done"));
  });
}

export async function linkRequestAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    await linkRequest(ctx, fields(form));
    refresh();
    return {};
  });
}

export async function unlinkRequestAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    await unlinkRequest(ctx, fields(form));
    refresh();
    return {};
  });
}

export async function reopenRequestAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const { requestId } = await reopenRequest(ctx, fields(form));
    const t = await getTranslations("requests.desk.reopen");
    return redirectWithNotice(`/c/${ctx.slug}/requests/${requestId}`, t("done"));
  });
}

export async function answerRequestAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const { requestId } = await answerRequest(ctx, fields(form));
    const t = await getTranslations("requests.desk");
    return redirectWithNotice(`/c/${ctx.slug}/requests/${requestId}`, t("answered"));
  });
}
