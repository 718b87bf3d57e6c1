import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Moment } from "#components/layout/moments.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { AnswerShown, RequestShown, RequestStatus, ToolBeside } from "#lib/domain/tools/requests/schema.ts";
import { NamedTool } from "./request-similar.tsx";
import { SaidText } from "./said-text.tsx";
import { standingLook } from "./status-badge.tsx";

const TONES: Record<RequestStatus, Tone> = {
  open: "caution",
  granted: "positive",
  refused: "critical",
  use_instead: "limited",
  withdrawn: "neutral",
};

type RequestAnswerProps = {
  request: RequestShown;
  /** The tool's page in the register, for those who may open it. */
  toolsPath: string | undefined;
  lookUpPath: string;
  timeZone: string;
};

/** What was answered and why, with what holds for the tool today. */
export function RequestAnswer({ request, toolsPath, lookUpPath, timeZone }: RequestAnswerProps) {
  const t = useTranslations("requests.answer");
  const { status, answer, product } = request;
  if (status === "open") {
    return (
      <Callout tone={TONES.open} title={t("open")}>
        {t("openText")}
      </Callout>
    );
  }
  if (answer === null) return <Callout tone={TONES.withdrawn} title={t("withdrawn")} />;
  const isReaders = request.isOwn || request.isSupported;
  return (
    <Callout tone={TONES[status]} title={<Verdict status={status} answer={answer} asked={product} own={isReaders} />}>
      <div className="space-y-3">
        {answer.reason !== "" && (
          <p className="whitespace-pre-line">
            <span className="font-medium">{t("why")}:</span> {answer.reason}
          </p>
        )}
        {answer.tool !== null && <NamedToday tool={answer.tool} />}
        <AnsweredBy answer={answer} timeZone={timeZone} />
        {answer.tool !== null && (
          <p className="flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
            {isReaders && (
              <LinkButton size="small" href={`${lookUpPath}?tool=${answer.tool.toolId}`}>
                {t("howToUse")}
              </LinkButton>
            )}
            {toolsPath !== undefined && (
              <Link prefetch={false} className="link" href={`${toolsPath}/${answer.tool.toolId}`}>
                {t("openTool")}
              </Link>
            )}
          </p>
        )}
      </div>
    </Callout>
  );
}

type VerdictProps = { status: RequestStatus; answer: AnswerShown; asked: string; own: boolean };

function Verdict({ status, answer, asked, own }: VerdictProps): ReactNode {
  const t = useTranslations("requests.answer");
  const product = answer.tool === null ? asked : `${answer.tool.product}, ${answer.tool.surface.text}`;
  switch (status) {
    case "granted":
      return t(own ? "granted" : "grantedFor", { product });
    case "refused":
      return t("refused", { product: asked });
    case "use_instead":
      return t("use_instead", { product });
    default:
      return t("open");
  }
}

/** The tool of the answer as it stands now: a later decision or a BAA that ran out shows here too. */
function NamedToday({ tool }: { tool: ToolBeside }) {
  const t = useTranslations("requests.answer");
  const { standing } = tool.standing;
  return (
    <div className="space-y-1">
      <p>
        <NamedTool tool={tool} />
      </p>
      <p>
        <span className="text-muted">{t("today")}:</span>{" "}
        <Badge plain {...standingLook[standing]}>
          {t(`standing.${standing}`)}
        </Badge>
      </p>
      {tool.conditions.length > 0 && (
        <>
          <p className="font-medium">{t("conditions")}</p>
          <ul className="list-disc pl-5">
            {tool.conditions.map((condition) => (
              <li key={condition.text}>
                <SaidText said={condition} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function AnsweredBy({ answer, timeZone }: { answer: AnswerShown; timeZone: string }) {
  const t = useTranslations("requests.answer");
  return (
    <div className="text-muted">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span>
          {t("by", { name: answer.by })} · <Moment at={answer.at} timeZone={timeZone} />
        </span>
        {answer.soleDecider && (
          <Badge tone="caution" shape="triangle">
            {t("sole")}
          </Badge>
        )}
      </p>
      {answer.soleDecider && <p>{t("soleHelp")}</p>}
    </div>
  );
}
