import Link from "next/link";
import { useTranslations } from "next-intl";
import { Moment } from "#components/layout/moments.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { OwnRequestRow } from "#lib/domain/tools/requests/schema.ts";
import { NamedTool } from "./request-similar.tsx";
import { RequestStatusBadge } from "./request-status.tsx";

type MyRequestsProps = { rows: readonly OwnRequestRow[]; path: string; timeZone: string };

/** What one has asked for, newest first: on a phone a line each, with where it stands. */
export function MyRequests({ rows, path, timeZone }: MyRequestsProps) {
  const t = useTranslations("requests");
  if (rows.length === 0) {
    return (
      <EmptyState
        title={t("emptyMine.title")}
        action={
          <LinkButton href={`${path}/new`} variant="primary">
            {t("ask")}
          </LinkButton>
        }
      >
        {t("emptyMine.text")}
      </EmptyState>
    );
  }
  return (
    <ul className="max-w-prose divide-y border-y">
      {rows.map((request) => (
        <li key={request.id} className="relative space-y-1 py-3 hover:bg-hover">
          <p>
            <Link prefetch={false} href={`${path}/${request.id}`} className="after:absolute after:inset-0">
              <NamedTool tool={request} />
            </Link>
          </p>
          <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm">
            <RequestStatusBadge status={request.status} plain />
            <span className="text-muted">
              {t(request.isOwn ? "own" : "supported")} · <Moment at={request.since} timeZone={timeZone} day />
              {request.isReopened && <> · {t("reopened")}</>}
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}
