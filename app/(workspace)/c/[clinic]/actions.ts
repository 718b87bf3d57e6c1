"use server";

import { refresh } from "next/cache";
import { fields } from "#app/answer.ts";
import { callStepsBack } from "#lib/domain/calendar/first-steps/commands/call-steps-back.ts";
import { putStepsAside } from "#lib/domain/calendar/first-steps/commands/put-steps-aside.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { dismissNotice } from "#lib/domain/notifications/commands/dismiss-notice.ts";

export async function dismissNoticeAction(clinic: string, form: FormData): Promise<void> {
  const ctx = await requireClinicContext(clinic);
  await dismissNotice(ctx, fields(form));
  refresh();
}

export async function putStepsAsideAction(clinic: string, form: FormData): Promise<void> {
  const ctx = await requireClinicContext(clinic);
  await putStepsAside(ctx, fields(form, ["steps"]));
  refresh();
}

export async function callStepsBackAction(clinic: string): Promise<void> {
  const ctx = await requireClinicContext(clinic);
  await callStepsBack(ctx, {});
  refresh();
}
