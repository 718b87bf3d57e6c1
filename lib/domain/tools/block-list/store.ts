import "server-only";
import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import { blockListOf } from "#lib/domain/tools/block-list/rules.ts";
import { type BlockList, BlockListContent } from "#lib/domain/tools/block-list/schema.ts";
import type { DeepseekRelation, Status } from "#lib/domain/tools/schema.ts";
import { HOSTNAMES } from "#lib/domain/tools/store.ts";
import { keyedHash } from "#lib/platform/auth/keyed-hash.ts";
import { readContent } from "#lib/platform/content/read-content.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

let content: BlockListContent | undefined;

/** What can be done about hosts that a block list must leave alone; read once a process. */
export function blockListContent(): BlockListContent {
  content ??= readContent("block-list", BlockListContent)[0]?.value;
  if (content === undefined) throw new Error("content/block-list holds no file");
  return content;
}

/** The clinic's list now, and when the register last changed: an unchanged register gives the same bytes. */
export async function currentBlockList(tx: ClinicTx): Promise<{ list: BlockList; at: Date }> {
  const tools = await tx.tool.findMany({
    where: { hostnames: { some: { removedAt: null } }, status: { not: "retired" } },
    select: {
      id: true,
      vendor: true,
      product: true,
      surface: true,
      status: true,
      deepseek: true,
      hostnames: { ...HOSTNAMES, select: { name: true, verified: true } },
    },
    orderBy: { id: "asc" },
  });
  const entries = tools.map(({ id, status, deepseek, ...tool }) => ({
    ...tool,
    toolId: id,
    status: status as Status,
    deepseek: deepseek as DeepseekRelation,
  }));
  const decided = await tx.tool.aggregate({ _max: { statusSince: true, addedAt: true } });
  const revised = await tx.toolRevision.aggregate({ _max: { changedAt: true } });
  const moments = [decided._max.statusSince, decided._max.addedAt, revised._max.changedAt]
    .map((moment) => moment?.getTime() ?? 0)
    .sort((a, b) => a - b);
  return { list: blockListOf(entries, blockListContent()), at: new Date(moments.at(-1) ?? 0) };
}

export type BlockListAddress = { readonly generation: number; readonly active: boolean };

/** The newest address, or null where none was ever issued. */
export async function newestAddress(tx: ClinicTx): Promise<(BlockListAddress & { changedAt: Date }) | null> {
  return tx.blockListAddress.findFirst({
    orderBy: { generation: "desc" },
    select: { generation: true, active: true, changedAt: true },
  });
}

/** The secret of one generation of a clinic's address. Derived, so that a copy of the database opens no list. */
export function addressSecret(clinicId: string, generation: number): string {
  return Buffer.from(keyedHash("block list", `${clinicId}:${generation}`)).toString("base64url");
}

export function isAddressSecret(clinicId: string, generation: number, secret: string): boolean {
  const own = Buffer.from(addressSecret(clinicId, generation));
  const given = Buffer.from(secret);
  return own.length === given.length && timingSafeEqual(own, given);
}
