"use server";

import { getTranslations } from "next-intl/server";
import { answerIn, fields } from "#app/answer.ts";
import { redirectWithNotice } from "#app/notice.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { approveNarrowing } from "#lib/domain/tools/commands/approve-narrowing.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { declineNarrowing } from "#lib/domain/tools/commands/decline-narrowing.ts";
import { narrowDeepseek } from "#lib/domain/tools/commands/narrow-deepseek.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { restoreDeepseekProhibition } from "#lib/domain/tools/commands/restore-deepseek-prohibition.ts";
import { linkRequest } from "#lib/domain/tools/requests/commands/link-request.ts";
import { InvalidInput, NotFound, Refusal } from "#lib/kernel/errors.ts";

export async function adoptToolsAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("tools.done");
    const { adopted, already, retired, toolIds } = await adoptTools(ctx, { keys: form.getAll("keys").map(String) });
    const register = `/c/${ctx.slug}/tools`;
    if (adopted === 0)
      return redirectWithNotice(register, retired === 0 ? t("already") : t("retired", { count: retired }));
    const [only] = toolIds;
    if (only !== undefined && (await isLinked(ctx, form, only))) {
      return redirectWithNotice(requestPath(ctx, form), t("adopted", { count: adopted }));
    }
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
    if (await isLinked(ctx, form, toolId)) return redirectWithNotice(requestPath(ctx, form), said);
    return redirectWithNotice(`/c/${ctx.slug}/tools/${toolId}`, said);
  });
}

export async function decideToolAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("tools.done");
    const { toolId } = await decideTool(ctx, fields(form));
    const path = form.get("requestId") ? requestPath(ctx, form) : `/c/${ctx.slug}/tools/${toolId}`;
    return redirectWithNotice(path, t("decided"));
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

/** Ties a tool to the request that it was taken in for. That may be answered by now, and the tool is in the register all the same. */
async function isLinked(ctx: ClinicContext, form: FormData, toolId: string): Promise<boolean> {
  const requestId = form.get("requestId");
  if (typeof requestId !== "string" || requestId === "") return false;
  try {
    await linkRequest(ctx, { requestId, toolId });
    return true;
  } catch (error) {
    if (error instanceof Refusal || error instanceof NotFound || error instanceof InvalidInput) return false;
    throw error;
  }
}

function requestPath(ctx: ClinicContext, form: FormData): string {
  return `/c/${ctx.slug}/requests/${form.get("requestId")}`;
}
