import { z } from "zod";
import { defineEvent } from "#lib/domain/event.ts";
import { MAIL_FAILURES, MAIL_KINDS } from "#lib/domain/notifications/outbox/schema.ts";
import { NOTICE_KINDS } from "#lib/domain/notifications/schema.ts";

const MAIL = { kind: z.enum(MAIL_KINDS), memberIds: z.array(z.uuid()), invitationIds: z.array(z.uuid()).optional() };

export const notificationEvents = [
  defineEvent("notice.given", "notice", {
    kind: z.enum(NOTICE_KINDS),
    subjectId: z.uuid(),
    memberIds: z.array(z.uuid()),
  }),
  defineEvent("notice.dismissed", "notice", { kind: z.enum(NOTICE_KINDS), subjectId: z.uuid() }),
  // Whom mail went to and what it was about; never an address or a word of it.
  defineEvent("mail.queued", "mail", MAIL),
  defineEvent("mail.sent", "mail", MAIL),
  defineEvent("mail.delayed", "mail", { ...MAIL, mailFailure: z.enum(MAIL_FAILURES) }),
  defineEvent("mail.failed", "mail", { ...MAIL, mailFailure: z.enum(MAIL_FAILURES) }),
  defineEvent("mail.bounced", "mail", { ...MAIL, mailFailure: z.enum(MAIL_FAILURES) }),
  defineEvent("mail.queued_again", "mail", MAIL),
  defineEvent("mail.handed_over", "mail", MAIL),
  defineEvent("mail.digest_switched_on", "mail_preference", {}),
  defineEvent("mail.digest_switched_off", "mail_preference", {}),
] as const;
