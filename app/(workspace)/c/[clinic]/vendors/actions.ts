"use server";

import { getTranslations } from "next-intl/server";
import { answerIn, fields, upload } from "#app/answer.ts";
import { beside } from "#app/beside.ts";
import { redirectWithNotice } from "#app/notice.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import { renameVendor } from "#lib/domain/tools/commands/rename-vendor.ts";
import { addBaaVersion } from "#lib/domain/vendors/baas/commands/add-baa-version.ts";
import { attachBaaDocument } from "#lib/domain/vendors/baas/commands/attach-baa-document.ts";
import { checkBaaTerms } from "#lib/domain/vendors/baas/commands/check-baa-terms.ts";
import { recordBaa } from "#lib/domain/vendors/baas/commands/record-baa.ts";
import { terminateBaa } from "#lib/domain/vendors/baas/commands/terminate-baa.ts";
import { withdrawBaaTermination } from "#lib/domain/vendors/baas/commands/withdraw-baa-termination.ts";
import { describeVendor } from "#lib/domain/vendors/commands/describe-vendor.ts";
import { registerVendor } from "#lib/domain/vendors/commands/register-vendor.ts";

export async function registerVendorAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("vendors.done");
    const { vendorId } = await registerVendor(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/vendors/${vendorId}`, t("registered"));
  });
}

export async function renameVendorAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("vendors.done");
    const { vendorId } = await renameVendor(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/vendors/${vendorId}`, t("renamed"));
  });
}

export async function describeVendorAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("vendors.done");
    const { vendorId } = await describeVendor(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/vendors/${vendorId}`, t("described"));
  });
}

export async function recordBaaAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("vendors.done");
    const file = await upload(form, "file");
    const { vendorId, baaId } = await recordBaa(ctx, { ...fields<AgreementTyped>(form, ["surfaces"]), file });
    return redirectWithNotice(`/c/${ctx.slug}/vendors/${vendorId}/baas/${baaId}`, t("recorded"));
  });
}

export async function addBaaVersionAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("vendors.done");
    const file = await upload(form, "file");
    const { vendorId, baaId } = await addBaaVersion(ctx, { ...fields<VersionTyped>(form, ["surfaces"]), file });
    return redirectWithNotice(`/c/${ctx.slug}/vendors/${vendorId}/baas/${baaId}`, t("versioned"));
  });
}

type AgreementTyped = Parameters<typeof recordBaa>[1];
type VersionTyped = Parameters<typeof addBaaVersion>[1];

export async function attachBaaDocumentAction(
  clinic: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("vendors.done");
    const versionId = String(form.get("versionId"));
    const { vendorId, baaId } = await attachBaaDocument(ctx, { versionId, file: await upload(form, "file") });
    return redirectWithNotice(`/c/${ctx.slug}/vendors/${vendorId}/baas/${baaId}`, t("attached"));
  });
}

export async function terminateBaaAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("vendors.done");
    const { vendorId, baaId } = await terminateBaa(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/vendors/${vendorId}/baas/${baaId}`, t("terminated"));
  });
}

export async function withdrawBaaTerminationAction(
  clinic: string,
  _previous: FormState,
  form: FormData,
): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("vendors.done");
    const { vendorId, baaId } = await withdrawBaaTermination(ctx, fields(form));
    return redirectWithNotice(`/c/${ctx.slug}/vendors/${vendorId}/baas/${baaId}`, t("withdrawn"));
  });
}

export async function checkBaaTermsAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    const t = await getTranslations("vendors.done");
    const typed = (name: string) => String(form.get(name) ?? "");
    const terms = form.getAll("term").map(String);
    // The command asks whether these are answers; what isn't is refused beside its term.
    const answers = terms.map((term) => ({
      ...{ term, answer: typed(`answer-${term}`) as "met" },
      ...{ clause: typed(`clause-${term}`), note: typed(`note-${term}`) },
    }));
    // The command counts its answers, and the form names its fields by term.
    const fieldOf = (path: string) =>
      path.replace(/^answers\.(\d+)\.(\w+)$/, (_, index, name) => `${name}-${terms[Number(index)] ?? ""}`);
    const { vendorId, baaId } = await beside(fieldOf, () =>
      checkBaaTerms(ctx, { versionId: typed("versionId"), newest: typed("newest"), answers }),
    );
    return redirectWithNotice(`/c/${ctx.slug}/vendors/${vendorId}/baas/${baaId}`, t("checked"));
  });
}
