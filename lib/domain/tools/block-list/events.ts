import { z } from "zod";
import { defineEvent } from "#lib/domain/event.ts";

export const blockListEvents = [
  defineEvent("block_list.address_issued", "block_list", { generation: z.int().positive() }),
  defineEvent("block_list.address_switched_off", "block_list", { generation: z.int().positive() }),
] as const;
