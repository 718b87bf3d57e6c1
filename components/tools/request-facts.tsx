import Link from "next/link";
import { useTranslations } from "next-intl";
import { Moment } from "#components/layout/moments.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { DescriptionList, type Fact } from "#components/ui/description-list.tsx";
import type { RequestDecision, RequestShown } from "#lib/domain/tools/requests/schema.ts";
import { calendarDateIn, daysBetween } from "#lib/kernel/dates.ts";
import { RecordedLater } from "./recorded-later.tsx";
import { NamedTool } from "./request-similar.tsx";
import { SaidText } from "./said-text.tsx";
import { StatusBadge } from "./status-badge.tsx";

type RequestFactsProps = {
  request: RequestShown;
  /** The register, for those who may open it. */
  toolsPath: string | undefined;
  today: string;
  timeZone: string;
};

/** What was asked, by whom and when, as far as it is for the reader. */
export function RequestFacts({ request, toolsPath, today, timeZone }: RequestFactsProps) {
  const t = useTranslations("requests");
  const unknown = <span className="text-muted">{t("detail.unknown")}</span>;
  const facts: Fact[] = [];
  const say = (key: string, description: Fact["description"]) =>
    facts.push({ key, term: t(`detail.${key}`), description });
  if (request.requestedBy !== null) say("by", request.requestedBy);
  const { requestedAt, joinedAt } = request;
  if (requestedAt !== null) {
    say(
      "on",
      <>
        <Moment at={requestedAt} timeZone={timeZone} />
        <RecordedLater at={requestedAt} recordedAt={request.recordedAt} timeZone={timeZone} />
      </>,
    );
  }
  if (joinedAt !== null) say("joinedOn", <Moment at={joinedAt} timeZone={timeZone} />);
  const since = requestedAt ?? joinedAt;
  if (request.status === "open" && since !== null) {
    say("waiting", t("days", { days: daysBetween(calendarDateIn(timeZone, since), today) }));
  }
  if (request.status === "withdrawn" && request.closedAt !== null) {
    say("withdrawnOn", <Moment at={request.closedAt} timeZone={timeZone} />);
  }
  if (request.goesIn !== null) say("goesIn", t(`goesIn.${request.goesIn}`));
  if (request.purpose !== null) say("purpose", <span className="whitespace-pre-line">{request.purpose}</span>);
  say("vendor", request.vendor || unknown);
  say("hostname", request.hostname || unknown);
  if (request.tool !== null) say("tool", <InRegister request={request} toolsPath={toolsPath} />);
  say("supporters", <Supporters request={request} timeZone={timeZone} />);
  return (
    <>
      {request.purpose === null && <p className="mb-3 text-muted text-sm">{t("detail.supportedOnly")}</p>}
      <DescriptionList facts={facts} />
    </>
  );
}

function InRegister({ request: { tool }, toolsPath }: Pick<RequestFactsProps, "request" | "toolsPath">) {
  if (tool === null) return null;
  if (toolsPath === undefined) return <NamedTool tool={tool} />;
  return (
    <Link prefetch={false} className="link" href={`${toolsPath}/${tool.toolId}`}>
      <NamedTool tool={tool} />
    </Link>
  );
}

function Supporters({ request, timeZone }: Pick<RequestFactsProps, "request" | "timeZone">) {
  const t = useTranslations("requests.detail");
  const { supporters, otherSupporters: count, isSupported } = request;
  if (supporters === null || supporters.length === 0)
    return t(isSupported ? "supporterCountJoined" : "supporterCount", { count });
  return (
    <ul>
      {supporters.map(({ name, at }) => (
        <li key={`${name} ${at.toISOString()}`}>
          {name} · <Moment at={at} timeZone={timeZone} day />
        </li>
      ))}
    </ul>
  );
}

type RequestDecisionsProps = {
  decisions: readonly RequestDecision[];
  toolsPath: string | undefined;
  timeZone: string;
};

/** The decisions that say they answer the request. */
export function RequestDecisions({ decisions, toolsPath, timeZone }: RequestDecisionsProps) {
  const t = useTranslations("requests");
  return (
    <ol className="space-y-5">
      {decisions.map((decision) => (
        <li key={`${decision.toolId} ${decision.number}`} className="break-inside-avoid border-l-2 pl-4">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <StatusBadge status={decision.status} plain />
            {decision.soleDecider && (
              <Badge tone="caution" shape="triangle">
                {t("answer.sole")}
              </Badge>
            )}
          </div>
          <p className="mt-0.5 text-muted text-sm">
            {decision.decidedBy} · <Moment at={decision.decidedAt} timeZone={timeZone} />
          </p>
          <RecordedLater at={decision.decidedAt} recordedAt={decision.recordedAt} timeZone={timeZone} />
          <p className="mt-1 text-sm">
            {toolsPath === undefined ? (
              <NamedTool tool={decision.tool} />
            ) : (
              <Link prefetch={false} className="link" href={`${toolsPath}/${decision.toolId}#history`}>
                <NamedTool tool={decision.tool} />
              </Link>
            )}
          </p>
          <p className="mt-2 whitespace-pre-line text-sm">{decision.reason}</p>
          {decision.conditions.length > 0 && (
            <>
              <p className="mt-2 font-medium text-sm">{t("answer.conditions")}</p>
              <ul className="list-disc pl-5 text-sm">
                {decision.conditions.map((condition) => (
                  <li key={condition.text}>
                    <SaidText said={condition} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}
