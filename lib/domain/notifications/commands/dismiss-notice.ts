import "server-only";
import { z } from "zod";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import type { NoticeKind } from "#lib/domain/notifications/schema.ts";
import { NotFound } from "#lib/kernel/errors.ts";

/** Puts a notice of one's own away; somebody else's is not found. */
export const dismissNotice = defineCommand(
  "dismiss-notice",
  "notice.read",
  z.object({ noticeId: z.uuid() }),
  async ({ tx, ctx }, { noticeId }) => {
    const notice = await tx.notice.findFirst({ where: { id: noticeId, memberId: actingMemberId(ctx) ?? "" } });
    if (notice === null) throw new NotFound();
    const { count } = await tx.notice.updateMany({
      where: { id: noticeId, dismissedAt: null },
      data: { dismissedAt: ctx.now },
    });
    if (count === 0) return unchanged({ noticeId });
    const { kind, subjectId } = notice;
    return done({ noticeId }, { type: "notice.dismissed", id: noticeId, kind: kind as NoticeKind, subjectId });
  },
);
