import "server-only";
import { type PackTable, packTable } from "#lib/domain/clinic/evidence.ts";
import { blockListOf } from "#lib/domain/tools/block-list/rules.ts";
import type { ListedHost, RegisterEntry } from "#lib/domain/tools/block-list/schema.ts";
import { blockListContent } from "#lib/domain/tools/block-list/store.ts";
import type { Cell } from "#lib/proof/tables.ts";

const COLUMNS = ["hostname", "state", "because", "verified", "left_out_reason", "kept_by", "instead"];

/** The addresses that the register's prohibitions came to at the moment: those listed, and those left out with the reason. */
export function blockListTable(entries: readonly RegisterEntry[]): PackTable {
  const { listed, leftOut } = blockListOf(entries, blockListContent());
  const host = ({ hostname, wildcard, because, verified }: ListedHost, state: string): Cell[] => [
    ...[wildcard ? `*.${hostname}` : hostname, state, named(because), verified],
  ];
  const rows = [
    ...listed.map((entry): Cell[] => [...host(entry, "listed"), "", "", ""]),
    ...leftOut.map((entry): Cell[] => [
      ...host(entry, "left_out"),
      ...[entry.reason, named(entry.keptBy), entry.instead],
    ]),
  ];
  return packTable(COLUMNS, rows);
}

function named(tools: ReadonlyArray<{ product: string; surface: string }>): string {
  return tools.map(({ product, surface }) => `${product}, ${surface}`).join("\n");
}
