import "server-only";
import { z } from "zod";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { newestAddress } from "#lib/domain/tools/block-list/store.ts";
import { Forbidden } from "#lib/kernel/errors.ts";

/** Switches the address off: filters get nothing from it any more. Another can be issued later. */
export const switchOffBlockListAddress = defineCommand(
  "switch-off-block-list-address",
  "block_list.manage_address",
  z.object({}),
  async ({ tx, ctx }) => {
    const changedBy = actingMemberId(ctx);
    if (changedBy === null) throw new Forbidden("block_list.manage_address");
    const newest = await newestAddress(tx);
    if (newest === null || !newest.active) return unchanged({ generation: newest?.generation ?? 0 });
    const generation = newest.generation + 1;
    await tx.blockListAddress.create({
      data: { generation, active: false, changedBy, changedAt: ctx.now },
      select: { generation: true },
    });
    return done({ generation }, { type: "block_list.address_switched_off", id: ctx.clinicId, generation });
  },
);
