"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { answer } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { issueBlockListAddress } from "#lib/domain/tools/block-list/commands/issue-block-list-address.ts";
import { switchOffBlockListAddress } from "#lib/domain/tools/block-list/commands/switch-off-block-list-address.ts";

export async function issueAddressAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireClinicContext(clinic);
  return answer(ctx.locale, form, async () => {
    await issueBlockListAddress(ctx, {});
    const t = await getTranslations("block-list");
    refresh();
    return { done: t("address.issued") };
  });
}

export async function switchOffAddressAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireClinicContext(clinic);
  return answer(ctx.locale, form, async () => {
    await switchOffBlockListAddress(ctx, {});
    const t = await getTranslations("block-list");
    refresh();
    return { done: t("address.switchedOff") };
  });
}
