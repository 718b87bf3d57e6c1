"use server";

import { refresh } from "next/cache";
import { fields } from "#app/answer.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { dismissNotice } from "#lib/domain/notifications/commands/dismiss-notice.ts";

export async function dismissNoticeAction(clinic: string, form: FormData): Promise<void> {
  const ctx = await requireClinicContext(clinic);
  await dismissNotice(ctx, fields(form));
  refresh();
}
