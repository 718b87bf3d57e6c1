import { defineList } from "#components/data-table/define-list.ts";
import type { ListState } from "#components/data-table/list-state.ts";
import type { ListedHost } from "#lib/domain/tools/block-list/schema.ts";
import { PAGE_SIZES } from "#lib/domain/tools/schema.ts";

/** The blocked addresses, with the tools for whose sake each is blocked. */
export const blockListList = defineList<ListedHost>({
  name: "block-list",
  words: "block-list",
  title: "listTitle",
  search: "search",
  rowId: ({ hostname, wildcard }) => `${wildcard ? "*." : ""}${hostname}`,
  sizes: PAGE_SIZES,
  columns: [
    {
      id: "hostname",
      header: "column.hostname",
      text: ({ hostname, wildcard }) => (wildcard ? `*.${hostname}` : hostname),
      cell: ({ hostname, wildcard }, { t }) => (
        <span className="break-all">{wildcard ? t("below", { hostname }) : hostname}</span>
      ),
    },
    {
      id: "because",
      header: "column.because",
      text: ({ because }) => because.map(({ product, surface }) => `${product}, ${surface}`).join("\n"),
    },
    {
      id: "verified",
      header: "column.verified",
      hideOnPhone: true,
      text: ({ verified }, { t }) => t(`verified.${verified ? "yes" : "no"}`),
    },
  ],
});

export function blockListAsked(state: ListState) {
  return { q: state.q };
}
