"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { answerIn, fields, upload } from "#app/answer.ts";
import { redirectWithNotice } from "#app/notice.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import { renewImportedInvitations } from "#lib/domain/clinic/imports/commands/renew-imported-invitations.ts";
import type { InvitedPerson } from "#lib/domain/clinic/imports/schema.ts";
import { applyImport } from "#lib/domain/tools/imports/commands/apply-import.ts";
import { previewImport } from "#lib/domain/tools/imports/commands/preview-import.ts";
import type { ImportKind } from "#lib/domain/tools/imports/schema.ts";
import { env } from "#lib/platform/env.ts";
import { writeCsv } from "#lib/platform/spreadsheet/write-csv.ts";

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
    const { added, changed, invited } = await applyImport(ctx, { ...fields<{ seen: string }>(form), importId });
    if (invited.length > 0) {
      refresh();
      return { done: t(sendsMail() ? "invitedByMail" : "invited", linksCounted(invited)), ...(await linksOf(invited)) };
    }
    return redirectWithNotice(`/c/${ctx.slug}/import/${importId}`, t("applied", { count: added + changed }));
  });
}

export async function renewImportedInvitationsAction(
  clinic: string,
  importId: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("import.done");
    const { invited } = await renewImportedInvitations(ctx, { importId });
    refresh();
    return { done: t(sendsMail() ? "renewedByMail" : "renewed", linksCounted(invited)), ...(await linksOf(invited)) };
  });
}

const LINKS_SHOWN_MAX = 100;

function sendsMail(): boolean {
  return env().RESEND_API_KEY !== undefined;
}

function linksCounted({ length: count }: readonly InvitedPerson[]) {
  return { count, shown: LINKS_SHOWN_MAX, more: Math.max(0, count - LINKS_SHOWN_MAX) };
}

async function linksOf(
  invited: readonly InvitedPerson[],
): Promise<Pick<FormState, "shownOnce" | "rowsShownOnce" | "rowsLeftOut">> {
  const t = await getTranslations("import.links");
  const rows = invited.map(({ name, email, token }) => [name, email, `${env().WARDBOOK_URL}/invitation/${token}`]);
  const columns = [t("name"), t("email"), t("link")].map((header) => ({ header }));
  // With its mark, by which Excel knows that it is UTF-8.
  const file = new TextDecoder("utf-8", { ignoreBOM: true }).decode(writeCsv({ name: t("title"), columns, rows }));
  const { more } = linksCounted(invited);
  return { shownOnce: [file], rowsShownOnce: rows.slice(0, LINKS_SHOWN_MAX), rowsLeftOut: more };
}
