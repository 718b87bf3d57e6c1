import Link from "next/link";
import { useTranslations } from "next-intl";
import { Moment } from "#components/layout/moments.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Section } from "#components/ui/section.tsx";
import type { ToolRequestShown } from "#lib/domain/tools/requests/schema.ts";
import { RequestStatusBadge } from "./request-status.tsx";

type ToolRequestsProps = { requests: readonly ToolRequestShown[]; requestsHref: string; timeZone: string };

/** On the tool's own page: who asked for it, and what they were answered. */
export function ToolRequests({ requests, requestsHref, timeZone }: ToolRequestsProps) {
  const t = useTranslations("requests");
  if (requests.length === 0) return null;
  return (
    <Section id="requests" title={t("ofTool.title")} lede={t("ofTool.lede")}>
      <ul className="divide-y text-sm">
        {requests.map((request) => (
          <li key={request.id} className="space-y-0.5 py-2">
            <p className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
              <Link prefetch={false} href={`${requestsHref}/${request.id}`} className="link min-w-0">
                {t("ofTool.by", { name: request.requestedBy, goesIn: t(`goesIn.${request.goesIn}`).toLowerCase() })}
              </Link>
              <RequestStatusBadge status={request.status} plain />
            </p>
            <p className="text-muted">
              <Moment at={request.requestedAt} timeZone={timeZone} day />
              {request.pointedHere && <> · {t("ofTool.pointedHere")}</>}
              {request.answeredBy !== null && <> · {t("ofTool.answeredBy", { name: request.answeredBy })}</>}
            </p>
            {request.soleDecider && (
              <Badge tone="caution" shape="triangle">
                {t("answer.sole")}
              </Badge>
            )}
            {request.reason !== "" && <p className="whitespace-pre-line">{request.reason}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
