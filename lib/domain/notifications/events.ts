import { z } from "zod";
import { defineEvent } from "#lib/domain/event.ts";
import { NOTICE_KINDS } from "#lib/domain/notifications/schema.ts";

export const notificationEvents = [
  defineEvent("notice.given", "notice", {
    kind: z.enum(NOTICE_KINDS),
    subjectId: z.uuid(),
    memberIds: z.array(z.uuid()),
  }),
  defineEvent("notice.dismissed", "notice", { kind: z.enum(NOTICE_KINDS), subjectId: z.uuid() }),
] as const;
