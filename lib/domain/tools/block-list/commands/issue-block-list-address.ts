import "server-only";
import { z } from "zod";
import { defineCommand, done } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { newestAddress } from "#lib/domain/tools/block-list/store.ts";
import { Forbidden } from "#lib/kernel/errors.ts";

/** Issues an address under which a filter fetches the list. The one before stops working. */
export const issueBlockListAddress = defineCommand(
  "issue-block-list-address",
  "block_list.manage_address",
  z.object({}),
  async ({ tx, ctx }) => {
    const changedBy = actingMemberId(ctx);
    if (changedBy === null) throw new Forbidden("block_list.manage_address");
    const generation = 1 + ((await newestAddress(tx))?.generation ?? 0);
    await tx.blockListAddress.create({
      data: { generation, active: true, changedBy, changedAt: ctx.now },
      select: { generation: true },
    });
    return done({ generation }, { type: "block_list.address_issued", id: ctx.clinicId, generation });
  },
);
