import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Moment } from "#components/layout/moments.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type {
  AnswerShown,
  RequestShown,
  RequestStatus,
  ToolBeside,
  UnderEmergency,
} from "#lib/domain/tools/requests/schema.ts";
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
  /** The clinic's first page. */
  start: string;
  /** The tool's page in the register, for those who may open it. */
  toolsPath: string | undefined;
  timeZone: string;
};

/** What was answered and why, with what holds for the tool today. */
export function RequestAnswer({ request, start, toolsPath, timeZone }: RequestAnswerProps) {
  const t = useTranslations("requests.answer");
  const { status, answer, product } = request;
  if (status === "open") {
    return (
      <Callout tone={TONES.open} title={t("open")}>
        {request.takenBack.length > 0 && <p>{t("reopenedText")}</p>}
        <p>{t("openText")}</p>
      </Callout>
    );
  }
  if (answer === null) return <Callout tone={TONES.withdrawn} title={t("withdrawn")} />;
  const isReaders = request.isOwn || request.isSupported;
  return (
    <Callout tone={TONES[status]} title={<Verdict status={status} answer={answer} asked={product} own={isReaders} />}>
      <div className="space-y-3">
        {answer.reason !== "" && <Why reason={answer.reason} />}
        {answer.tool !== null && <NamedToday tool={answer.tool} />}
        <AnsweredBy answer={answer} start={start} timeZone={timeZone} />
        {answer.tool !== null && (
          <p className="flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
            {isReaders && (
              <LinkButton size="small" href={`${start}/may-i-use-it?tool=${answer.tool.toolId}`}>
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

type AnsweredByProps = { answer: AnswerShown; start: string; timeZone: string };

function AnsweredBy({ answer, start, timeZone }: AnsweredByProps) {
  const t = useTranslations("requests.answer");
  return (
    <div className="text-muted">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span>
          {t("by", { name: answer.by })} · <Moment at={answer.at} timeZone={timeZone} />
        </span>
        {answer.soleDecider && <SoleDecider />}
      </p>
      {answer.soleDecider && <p>{t("soleHelp")}</p>}
      <InEmergency emergency={answer.emergency} start={start} />
    </div>
  );
}

function SoleDecider() {
  const t = useTranslations("requests.answer");
  return (
    <Badge tone="caution" shape="triangle">
      {t("sole")}
    </Badge>
  );
}

type InEmergencyProps = { emergency: UnderEmergency | null; start: string; takenBack?: boolean };

/** Said of what was done with what emergency access gave, with the use for those who may open it. */
function InEmergency({ emergency, start, takenBack = false }: InEmergencyProps) {
  const t = useTranslations("requests.answer");
  if (emergency === null) return null;
  const said = t(takenBack ? "takenBackInEmergency" : "inEmergency");
  if (emergency.useId === null) return <p>{said}</p>;
  return (
    <p>
      <Link prefetch={false} className="link" href={`${start}/people/emergency-access/${emergency.useId}`}>
        {said}
      </Link>
    </p>
  );
}

type TakenBackProps = Pick<RequestAnswerProps, "request" | "start" | "toolsPath" | "timeZone">;

/** Answers that no longer stand: as they were given, then why they were taken back. */
export function AnswersTakenBack({ request, start, toolsPath, timeZone }: TakenBackProps) {
  const t = useTranslations("requests.answer");
  const isReaders = request.isOwn || request.isSupported;
  return (
    <ol className="space-y-5">
      {request.takenBack.map((answer) => (
        <li key={answer.number} className="break-inside-avoid space-y-2 border-l-2 pl-4 text-sm">
          <p>
            <span className="font-medium">{t("noLonger")}</span>{" "}
            <s className="text-muted">
              <Verdict status={answer.status} answer={answer} asked={request.product} own={isReaders} />
            </s>
          </p>
          {answer.reason !== "" && <Why reason={answer.reason} />}
          <AnsweredBy answer={answer} start={start} timeZone={timeZone} />
          <div className="text-muted">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span>
                {t("takenBackBy", { name: answer.takenBack.by })} ·{" "}
                <Moment at={answer.takenBack.at} timeZone={timeZone} />
              </span>
              {answer.takenBack.alone && <SoleDecider />}
            </p>
            <InEmergency emergency={answer.takenBack.emergency} start={start} takenBack />
          </div>
          {answer.takenBack.reason !== "" && <Why reason={answer.takenBack.reason} />}
          {answer.status === "granted" && answer.tool !== null && (
            <DecisionStands tool={answer.tool} start={start} toolsPath={toolsPath} />
          )}
        </li>
      ))}
    </ol>
  );
}

function Why({ reason }: { reason: string }) {
  const t = useTranslations("requests.answer");
  return (
    <p className="whitespace-pre-line">
      <span className="font-medium">{t("why")}:</span> {reason}
    </p>
  );
}

type DecisionStandsProps = Pick<RequestAnswerProps, "start" | "toolsPath"> & { tool: ToolBeside };

/** An answer that is taken back changes nothing about the tool: who reads that sees what may be done with it. */
export function DecisionStands({ tool, start, toolsPath }: DecisionStandsProps) {
  const t = useTranslations("requests.answer");
  const { toolId, product } = tool;
  return (
    <p>
      {t("decisionStands", { product })}{" "}
      <Link
        prefetch={false}
        className="link"
        href={toolsPath === undefined ? `${start}/may-i-use-it?tool=${toolId}` : `${toolsPath}/${toolId}`}
      >
        {t(toolsPath === undefined ? "howToUse" : "openTool")}
        <span className="sr-only">: {product}</span>
      </Link>
    </p>
  );
}
