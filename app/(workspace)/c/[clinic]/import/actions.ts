"use server";

import { getTranslations } from "next-intl/server";
import { answerIn, fields, upload } from "#app/answer.ts";
import { redirectWithNotice } from "#app/notice.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import { applyImport } from "#lib/domain/tools/imports/commands/apply-import.ts";
import { previewImport } from "#lib/domain/tools/imports/commands/preview-import.ts";
import type { ImportKind } from "#lib/domain/tools/imports/schema.ts";

export async function previewImportAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("import.done");
    const file = await upload(form, "file");
    const { importId } = await previewImport(ctx, { ...fields<{ kind: ImportKind }>(form), file });
    return redirectWithNotice(`/c/${ctx.slug}/import/${importId}`, t("read"));
  });
}

export async function applyImportAction(
  clinic: string,
  importId: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("import.done");
    const { added, changed } = await applyImport(ctx, { ...fields<{ seen: string }>(form), importId });
    return redirectWithNotice(`/c/${ctx.slug}/import/${importId}`, t("applied", { count: added + changed }));
  });
}
