import type { ReactNode } from "react";
import { DataTable } from "#components/data-table/data-table.tsx";
import { defineList } from "#components/data-table/define-list.ts";
import type { ListState } from "#components/data-table/list-state.ts";
import { Moment } from "#components/layout/moments.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { FormAction } from "#components/ui/form-state.ts";
import {
  MAIL_KINDS,
  MAIL_STATES,
  type MailState,
  OUTBOX_SORTS,
  type OutboxRow,
} from "#lib/domain/notifications/outbox/schema.ts";
import { PAGE_SIZES } from "#lib/domain/tools/schema.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { MailStateBadge } from "./mail-state.tsx";
import { HandOverForm, SendAgainForm } from "./message-forms.tsx";

type Acting = { readonly sendAgain: FormAction; readonly handOver: FormAction };

export const outboxList = defineList<OutboxRow, Acting>({
  name: "outbox",
  words: "outbox",
  title: "title",
  rowId: (message) => message.id,
  defaultSort: { by: "queued", descending: true },
  filters: [
    { name: "state", label: "column.state", values: MAIL_STATES, words: "state" },
    { name: "kind", label: "column.kind", values: MAIL_KINDS, words: "kind" },
  ],
  sizes: PAGE_SIZES,
  columns: [
    {
      id: "kind",
      header: "column.kind",
      rowHeader: true,
      text: (message, { t }) => t(`kind.${message.kind}`),
    },
    { id: "member", header: "column.member", sortable: true, text: (message) => message.member },
    {
      id: "state",
      header: "column.state",
      sortable: true,
      text: (message, { t }) => t(`state.${message.toHandOver ? "toHandOver" : message.state}`),
      cell: (message) => <MailStateBadge state={message.state} toHandOver={message.toHandOver} />,
    },
    {
      id: "queued",
      header: "column.queued",
      sortable: true,
      hideOnPhone: true,
      as: "date",
      text: (message, { timeZone }) => calendarDateIn(timeZone, message.queuedAt),
      cell: (message, { timeZone }) => <Moment at={message.queuedAt} timeZone={timeZone} />,
    },
    {
      id: "finished",
      header: "column.finished",
      hideOnPhone: true,
      as: "date",
      text: ({ finishedAt }, { timeZone }) => (finishedAt === null ? "" : calendarDateIn(timeZone, finishedAt)),
      cell: ({ finishedAt }, { timeZone }) => finishedAt && <Moment at={finishedAt} timeZone={timeZone} />,
    },
    {
      id: "attempts",
      header: "column.attempts",
      sortable: true,
      numeric: true,
      hideOnPhone: true,
      as: "number",
      text: (message) => String(message.attempts),
    },
    {
      id: "failure",
      header: "column.failure",
      hideOnPhone: true,
      text: ({ failure }, { t }) => (failure === null ? "" : t(`failure.${failure}`)),
    },
    {
      id: "link",
      header: "column.link",
      onRequest: true,
      hideOnPhone: true,
      text: (message) => message.link,
      cell: (message) => <span className="break-all font-mono text-sm">{message.link}</span>,
    },
    {
      id: "do",
      header: "column.do",
      pageOnly: true,
      text: () => "",
      cell: ({ id, member, link, canSendAgain, toHandOver }, { t, sendAgain, handOver }) => {
        if (canSendAgain) return <SendAgainForm action={sendAgain} messageId={id} member={member} />;
        if (!toHandOver) return null;
        return (
          <div className="flex flex-wrap items-center gap-2">
            <CopyButton text={link} label={t("copyLink")} copiedLabel={t("copied")} />
            <HandOverForm action={handOver} messageId={id} member={member} />
          </div>
        );
      },
    },
  ],
});

/** What the outbox's queries are asked for by the state of the list. */
export function outboxAsked(state: ListState) {
  return {
    state: MAIL_STATES.filter((name) => state.filters.state?.includes(name)),
    kind: MAIL_KINDS.filter((name) => state.filters.kind?.includes(name)),
    sort: OUTBOX_SORTS.find((sort) => sort === state.sort?.by),
    direction: state.sort?.descending ? ("desc" as const) : ("asc" as const),
  };
}

type OutboxListProps = {
  path: string;
  downloads: string;
  state: ListState;
  outbox: {
    readonly rows: readonly OutboxRow[];
    readonly total: number;
    readonly counts: { readonly state: Readonly<Partial<Record<MailState, number>>> };
    readonly today: string;
  };
  timeZone: string;
  sendAgain: FormAction;
  handOver: FormAction;
  empty: ReactNode;
};

/** The clinic's mail, a page of it. */
export function OutboxList({ outbox, timeZone, sendAgain, handOver, ...frame }: OutboxListProps) {
  const { rows, total, counts, today } = outbox;
  return (
    <DataTable
      {...frame}
      list={outboxList}
      rows={rows}
      total={total}
      counts={counts}
      facts={{ timeZone, today, sendAgain, handOver }}
    />
  );
}
