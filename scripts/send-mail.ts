import { systemContext } from "#lib/domain/clinic/queries.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { recordDeliveries } from "#lib/domain/notifications/outbox/commands/record-deliveries.ts";
import { getMailDue } from "#lib/domain/notifications/outbox/queries.ts";
import { letterOf } from "#lib/domain/notifications/outbox/rules.ts";
import type { Delivery, MailDue } from "#lib/domain/notifications/outbox/schema.ts";
import { clinicsWithMail, mailRecipients } from "#lib/platform/db/identity.ts";
import { renderLetter } from "#lib/platform/email/render.ts";
import { sendMail } from "#lib/platform/email/send.ts";
import { env } from "#lib/platform/env.ts";
import { defaultLocale, isLocale, type Locale } from "#lib/platform/i18n/locales.ts";
import { say } from "#lib/platform/i18n/say.ts";
import { log } from "#lib/platform/log.ts";

/** One round of every clinic that has mail at the moment; none, where no key is set. */
export async function sendDueMail(at: Date): Promise<void> {
  if (env().RESEND_API_KEY === undefined) return;
  for (const clinicId of await clinicsWithMail(at)) {
    try {
      await sendMailOf(await systemContext(clinicId, { kind: "system", job: "mail" }), at);
    } catch (error) {
      // One clinic's trouble is not that of those after it.
      log.error({ err: error, clinicId }, "a clinic's mail could not be sent");
    }
  }
}

/**
 * Sends what is due of a clinic and then writes down how it went. Whoever stops between has sent what the service knows
 * by its key: the next round repeats it and nobody gets it twice.
 */
export async function sendMailOf(ctx: ClinicContext, at: Date): Promise<void> {
  const { messages, home } = await getMailDue(ctx, { at });
  const deliveries = await deliver(ctx, messages, home);
  if (deliveries.length > 0) await recordDeliveries(ctx, { deliveries });
}

type Reader = { readonly email: string; readonly locale: Locale };

async function deliver(ctx: ClinicContext, messages: readonly MailDue[], home: string): Promise<Delivery[]> {
  const readers = await readersOf(ctx.clinicId, messages);
  const deliveries: Delivery[] = [];
  for (const { messageId, memberId, email: invited, hindered, about } of messages) {
    const reader = invited === null ? readers.get(memberId ?? "") : { email: invited, locale: defaultLocale };
    if (hindered !== null || reader === undefined) {
      const outcome = { is: "failed", failure: hindered ?? "left", again: false } as const;
      deliveries.push({ messageId, locale: null, outcome });
      continue;
    }
    const { locale, email } = reader;
    const letter = letterOf(about, { words: say(locale, "mail"), locale, home });
    const { html, text } = await renderLetter(letter);
    const tags = { clinic: ctx.clinicId, message: messageId };
    const outcome = await sendMail({ key: messageId, to: email, subject: letter.subject, html, text, tags });
    if (outcome.is === "busy") break;
    deliveries.push({ messageId, locale, outcome });
    if (outcome.is === "failed" && outcome.again) break;
  }
  return deliveries;
}

async function readersOf(clinicId: string, messages: readonly MailDue[]): Promise<Map<string, Reader>> {
  const memberIds = [...new Set(messages.flatMap(({ memberId }) => memberId ?? []))];
  const rows = await mailRecipients(clinicId, memberIds);
  return new Map(
    rows.map(({ memberId, email, locale }) => [memberId, { email, locale: isLocale(locale) ? locale : defaultLocale }]),
  );
}
