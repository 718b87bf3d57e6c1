import type { ReactNode } from "react";

export type Column<Row> = {
  /** Also the name to sort by. */
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  sortable?: boolean | undefined;
  numeric?: boolean | undefined;
  /** Names the row: its cell is the row's heading and carries the link. The first column unless another says so. */
  rowHeader?: boolean | undefined;
  /** Left out where there is no room for it; the record's own page has it. */
  hideOnPhone?: boolean | undefined;
};
