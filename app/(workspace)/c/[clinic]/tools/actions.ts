"use server";

import { getTranslations } from "next-intl/server";
import { answerIn, fields } from "#app/answer.ts";
import { redirectWithNotice } from "#app/notice.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { approveNarrowing } from "#lib/domain/tools/commands/approve-narrowing.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { declineNarrowing } from "#lib/domain/tools/commands/decline-narrowing.ts";
import { narrowDeepseek } from "#lib/domain/tools/commands/narrow-deepseek.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { restoreDeepseekProhibition } from "#lib/domain/tools/commands/restore-deepseek-prohibition.ts";

export async function adoptToolsAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("tools.done");
    const { adopted, already, toolIds } = await adoptTools(ctx, { keys: form.getAll("keys").map(String) });
    const register = `/c/${ctx.slug}/tools`;
    if (adopted === 0) return redirectWithNotice(register, t("already"));
    const [only] = toolIds;
    const path = adopted === 1 && already === 0 && only !== undefined ? `${register}/${only}` : register;
    return redirectWithNotice(path, t("adopted", { count: adopted }));
  });
}

export async function adoptProhibitedAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("tools.done");
    const { adopted } = await adoptTools(ctx, { all: "prohibited" });
    const said = adopted === 0 ? t("already") : t("prohibited", { count: adopted });
    return redirectWithNotice(`/c/${ctx.slug}/tools`, said);
  });
}

export async function registerToolAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("tools.done");
    const { toolId, status } = await registerTool(ctx, fields(form));
    const said = t(status === "prohibited" ? "registeredProhibited" : "registered");
    return redirectWithNotice(`/c/${ctx.slug}/tools/${toolId}`, said);
  });
}

export async function decideToolAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("tools.done");
    const { toolId } = await decideTool(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/tools/${toolId}`, t("decided"));
  });
}

export async function narrowDeepseekAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("tools.done");
    const { toolId, status } = await narrowDeepseek(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/tools/${toolId}`, t(status === "proposed" ? "proposed" : "narrowed"));
  });
}

export async function approveNarrowingAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("tools.done");
    const { toolId } = await approveNarrowing(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/tools/${toolId}`, t("narrowed"));
  });
}

export async function declineNarrowingAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("tools.done");
    const { toolId } = await declineNarrowing(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/tools/${toolId}`, t("declined"));
  });
}

export async function restoreDeepseekProhibitionAction(
  clinic: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("tools.done");
    const { toolId, ended } = await restoreDeepseekProhibition(ctx, fields(form));
    const said = { withdrawn: t("restored"), taken_back: t("takenBack"), declined: t("declined") }[ended];
    return redirectWithNotice(`/c/${ctx.slug}/tools/${toolId}`, said);
  });
}
