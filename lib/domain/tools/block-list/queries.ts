import "server-only";
import { z } from "zod";
import { can } from "#lib/domain/permissions.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { renderBlockList } from "#lib/domain/tools/block-list/rules.ts";
import { BLOCK_LIST_FORMATS, BlockListPage, type LeftOutShown } from "#lib/domain/tools/block-list/schema.ts";
import {
  addressSecret,
  blockListContent,
  currentBlockList,
  isAddressSecret,
  newestAddress,
} from "#lib/domain/tools/block-list/store.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { env } from "#lib/platform/env.ts";

const Format = z.enum(BLOCK_LIST_FORMATS);

/** What is listed, page by page; what was left out, why, and what to do instead; each format; the address for filters. */
export const getBlockListPage = defineQuery(
  "block-list-page",
  "block_list.read",
  BlockListPage,
  async ({ tx, ctx }, { q, page, size }) => {
    const { list, at } = await currentBlockList(tx);
    const fitting = list.listed.filter(({ hostname }) => hostname.includes(q.toLowerCase()));
    const { controls } = blockListContent();
    const leftOut = list.leftOut.map((host): LeftOutShown => {
      const control = controls.find(({ code }) => code === host.instead);
      return { ...host, control: control ?? null };
    });
    const address = can(ctx, "block_list.manage_address") ? await newestAddress(tx) : null;
    return {
      rows: fitting.slice((page - 1) * size, page * size),
      total: fitting.length,
      listed: list.listed.length,
      leftOut,
      at,
      asOf: ctx.now,
      today: ctx.today,
      formats: BLOCK_LIST_FORMATS.map((format) => {
        const { fileName, notWritten } = renderBlockList(format, list, { clinicName: ctx.clinicName, at });
        return { format, fileName, notWritten: notWritten.length };
      }),
      address:
        address === null
          ? null
          : {
              ...address,
              url: `${env().WARDBOOK_URL}/api/block-list/${ctx.clinicId}/${addressSecret(ctx.clinicId, address.generation)}`,
            },
    };
  },
);

export const getBlockListRows = defineQuery(
  "block-list-rows",
  "block_list.read",
  BlockListPage.pick({ q: true }),
  async ({ tx, ctx }, { q }) => {
    const { list } = await currentBlockList(tx);
    const rows = list.listed.filter(({ hostname }) => hostname.includes(q.toLowerCase()));
    return { rows, total: rows.length, today: ctx.today };
  },
  { timeoutSeconds: 60 },
);

/** The list as a file for one kind of filter. */
export const getBlockListFile = defineQuery(
  "block-list-file",
  "block_list.read",
  z.object({ format: Format }),
  async ({ tx, ctx }, { format }) => {
    const { list, at } = await currentBlockList(tx);
    return renderBlockList(format, list, { clinicName: ctx.clinicName, at });
  },
);

/** The same, for a filter that knows the clinic's secret address. A wrong secret, and one that was replaced, are not found. */
export const getServedBlockList = defineQuery(
  "served-block-list",
  "block_list.read",
  z.object({ secret: z.string().max(100), format: Format }),
  async ({ tx, ctx }, { secret, format }) => {
    const address = await newestAddress(tx);
    if (address === null || !address.active || !isAddressSecret(ctx.clinicId, address.generation, secret)) {
      throw new NotFound();
    }
    const { list, at } = await currentBlockList(tx);
    return renderBlockList(format, list, { clinicName: ctx.clinicName, at });
  },
);
