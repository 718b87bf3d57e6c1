"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { answerIn } from "#app/answer.ts";
import type { FormState } from "#components/ui/form-state.ts";
import { issueBlockListAddress } from "#lib/domain/tools/block-list/commands/issue-block-list-address.ts";
import { switchOffBlockListAddress } from "#lib/domain/tools/block-list/commands/switch-off-block-list-address.ts";

export async function issueAddressAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    await issueBlockListAddress(ctx, {});
    const t = await getTranslations("block-list");
    refresh();
    return { done: t("address.issued") };
  });
}

export async function switchOffAddressAction(clinic: string, _previous: FormState, form: FormData): Promise<FormState> {
  return answerIn(clinic, form, async (ctx) => {
    await switchOffBlockListAddress(ctx, {});
    const t = await getTranslations("block-list");
    refresh();
    return { done: t("address.switchedOff") };
  });
}
