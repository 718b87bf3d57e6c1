"use server";

import { redirect } from "next/navigation";
import { answer, fields } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { approveNarrowing } from "#lib/domain/tools/commands/approve-narrowing.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { narrowDeepseek } from "#lib/domain/tools/commands/narrow-deepseek.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { restoreDeepseekProhibition } from "#lib/domain/tools/commands/restore-deepseek-prohibition.ts";

export async function adoptToolsAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireClinicContext(clinic);
  return answer(ctx.locale, form, async () => {
    const { adopted, already, toolIds } = await adoptTools(ctx, { keys: form.getAll("keys").map(String) });
    const [only] = toolIds;
    if (adopted === 1 && already === 0 && only !== undefined) redirect(`/c/${ctx.slug}/tools/${only}?done=adopted&n=1`);
    redirect(adopted === 0 ? `/c/${ctx.slug}/tools?done=already` : `/c/${ctx.slug}/tools?done=adopted&n=${adopted}`);
  });
}

export async function adoptProhibitedAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireClinicContext(clinic);
  return answer(ctx.locale, form, async () => {
    const { adopted } = await adoptTools(ctx, { all: "prohibited" });
    redirect(adopted === 0 ? `/c/${ctx.slug}/tools?done=already` : `/c/${ctx.slug}/tools?done=prohibited&n=${adopted}`);
  });
}

export async function registerToolAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireClinicContext(clinic);
  return answer(ctx.locale, form, async () => {
    const { toolId } = await registerTool(ctx, fields(form));
    redirect(`/c/${ctx.slug}/tools/${toolId}?done=registered`);
  });
}

export async function decideToolAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireClinicContext(clinic);
  return answer(ctx.locale, form, async () => {
    const { toolId } = await decideTool(ctx, fields(form));
    redirect(`/c/${ctx.slug}/tools/${toolId}?done=decided`);
  });
}

export async function narrowDeepseekAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireClinicContext(clinic);
  return answer(ctx.locale, form, async () => {
    const { toolId, status } = await narrowDeepseek(ctx, fields(form));
    redirect(`/c/${ctx.slug}/tools/${toolId}?done=${status === "proposed" ? "proposed" : "narrowed"}`);
  });
}

export async function approveNarrowingAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireClinicContext(clinic);
  return answer(ctx.locale, form, async () => {
    const { toolId } = await approveNarrowing(ctx, fields(form));
    redirect(`/c/${ctx.slug}/tools/${toolId}?done=approved`);
  });
}

export async function restoreDeepseekProhibitionAction(
  clinic: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  const ctx = await requireClinicContext(clinic);
  return answer(ctx.locale, form, async () => {
    const { toolId } = await restoreDeepseekProhibition(ctx, fields(form));
    redirect(`/c/${ctx.slug}/tools/${toolId}?done=restored`);
  });
}
