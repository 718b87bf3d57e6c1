import NextForm from "next/form";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import type { FormAction } from "#components/ui/form-state.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { whyNotYet } from "#lib/domain/tools/requests/rules.ts";
import type { RequestDesk as Desk, GoesIn, RequestShown, ToolBeside } from "#lib/domain/tools/requests/schema.ts";
import type { ToolSaid } from "#lib/domain/tools/schema.ts";
import { EarlierAnswers } from "./earlier-answers.tsx";
import { AnswerRequestForm, LinkRequestForm, UnlinkRequestForm } from "./request-desk-forms.tsx";
import { NamedTool } from "./request-similar.tsx";
import { standingLook } from "./status-badge.tsx";

type RequestDeskProps = {
  request: RequestShown;
  desk: Desk;
  /** What a tool of the register was looked up by. */
  q: string;
  start: string;
  link: FormAction;
  unlink: FormAction;
  answer: FormAction;
};

/** What an officer answers an open request with: the tool it means, then the answer. */
export function RequestDesk(props: RequestDeskProps) {
  return (
    <div className="space-y-8 print:hidden">
      {props.desk.mayAnswer !== "own" && <WhichTool {...props} />}
      <Answer {...props} />
    </div>
  );
}

function WhichTool({ request, desk, q, start, link, unlink }: RequestDeskProps) {
  const t = useTranslations("requests.desk");
  const { similar, found } = desk;
  const others = (tools: readonly ToolBeside[]) => tools.filter(({ toolId }) => toolId !== request.tool?.toolId);
  return (
    <Section id="tool" title={t("toolTitle")} lede={t("toolLede")}>
      <div className="space-y-5">
        {/* Always there, so that what "This is it" did is read aloud. */}
        <div role="status" className="empty:sr-only">
          {request.tool !== null && <Linked tool={request.tool} request={request} start={start} unlink={unlink} />}
        </div>
        <Choices
          title={t("similar")}
          tools={others(similar.tools)}
          goesIn={request.goesIn}
          action={(tool) => (
            <LinkRequestForm
              key={request.version}
              {...{ link, request, toolId: tool.toolId }}
              which={<Which tool={tool} />}
            />
          )}
        />
        <Choices
          title={t("found")}
          tools={others(found)}
          goesIn={request.goesIn}
          action={(tool) => (
            <LinkRequestForm
              key={request.version}
              {...{ link, request, toolId: tool.toolId }}
              which={<Which tool={tool} />}
            />
          )}
        />
        {q !== "" && found.length === 0 && <p className="text-sm">{t("foundNone")}</p>}
        <Entries entries={similar.entries} requestId={request.id} start={start} />
        <OtherRequests requests={similar.requests} start={start} />
        <div className="flex flex-wrap items-end gap-x-4 gap-y-3">
          <search>
            <NextForm
              action={`${start}/requests/${request.id}`}
              prefetch={false}
              scroll={false}
              className="flex flex-wrap items-end gap-2"
            >
              <TextField
                key={q}
                name="q"
                scope="find"
                type="search"
                label={t("find")}
                defaultValue={q}
                maxLength={200}
                autoComplete="off"
              />
              <Button type="submit">{t("findSubmit")}</Button>
            </NextForm>
          </search>
          {request.tool === null && (
            <LinkButton href={`${start}/tools/new?request=${request.id}`}>{t("register")}</LinkButton>
          )}
        </div>
      </div>
    </Section>
  );
}

type LinkedProps = Pick<RequestDeskProps, "request" | "start" | "unlink"> & { tool: ToolBeside };

function Linked({ tool, request, start, unlink }: LinkedProps) {
  const t = useTranslations("requests");
  const { standing } = tool.standing;
  return (
    <div className="space-y-2 rounded-md border bg-raised p-4">
      <p className="text-muted text-sm">{t("desk.linked")}</p>
      <p>
        <Link prefetch={false} className="link" href={`${start}/tools/${tool.toolId}`}>
          <NamedTool tool={tool} />
        </Link>
      </p>
      <p>
        <Badge plain {...standingLook[standing]}>
          {t(`answer.standing.${standing}`)}
        </Badge>
      </p>
      <NotYet tool={tool} goesIn={request.goesIn} />
      <div className="flex flex-wrap items-start gap-2">
        <LinkButton size="small" href={`${start}/tools/${tool.toolId}?request=${request.id}#decide`}>
          {t("desk.decide")}
        </LinkButton>
        <UnlinkRequestForm key={request.version} unlink={unlink} request={request} />
      </div>
    </div>
  );
}

/** Why whoever asked may not use the tool for what they asked, and so what they will read. */
function NotYet({ tool, goesIn }: { tool: ToolBeside; goesIn: GoesIn | null }) {
  const t = useTranslations("requests.desk.notYet");
  const why = whyNotYet(tool, goesIn ?? "nothing");
  return why === null ? null : <p className="text-muted text-sm">{t(why)}</p>;
}

// What is done with a tool stands in one column, whatever is said of the tools beside it.
const ROW = "grid items-start gap-x-4 gap-y-1.5 py-2 sm:grid-cols-[minmax(0,1fr)_12rem]";

type ChoicesProps = {
  title: string;
  tools: readonly ToolBeside[];
  goesIn: GoesIn | null;
  action: (tool: ToolBeside) => ReactNode;
};

function Choices({ title, tools, goesIn, action }: ChoicesProps) {
  const t = useTranslations("requests.answer.standing");
  if (tools.length === 0) return null;
  return (
    <div>
      <h3 className="font-medium text-sm">{title}</h3>
      <ul className="mt-1 divide-y">
        {tools.map((tool) => (
          <li key={tool.toolId} className={ROW}>
            <div className="min-w-0 space-y-0.5">
              <NamedTool tool={tool} />
              <p className="text-sm">
                <Badge plain {...standingLook[tool.standing.standing]}>
                  {t(tool.standing.standing)}
                </Badge>
              </p>
              <NotYet tool={tool} goesIn={goesIn} />
            </div>
            {action(tool)}
          </li>
        ))}
      </ul>
    </div>
  );
}

type EntriesProps = { entries: Desk["similar"]["entries"]; requestId: string; start: string };

function Entries({ entries, requestId, start }: EntriesProps) {
  const t = useTranslations("requests.desk");
  if (entries.length === 0) return null;
  return (
    <div>
      <h3 className="font-medium text-sm">{t("entries")}</h3>
      <ul className="mt-1 divide-y">
        {entries.map((entry) => (
          <li key={entry.catalogueKey} className={ROW}>
            <span className="min-w-0">
              <NamedTool tool={entry} />
            </span>
            <Link
              prefetch={false}
              className="link justify-self-start text-sm"
              href={`${start}/tools/catalogue/${entry.catalogueKey}?request=${requestId}`}
            >
              {t("adopt")}
              <Which tool={entry} />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function OtherRequests({ requests, start }: { requests: Desk["similar"]["requests"]; start: string }) {
  const t = useTranslations("requests.desk");
  if (requests.length === 0) return null;
  return (
    <div>
      <h3 className="font-medium text-sm">{t("requests")}</h3>
      <ul className="mt-1 space-y-1">
        {requests.map((other) => (
          <li key={other.requestId}>
            <Link prefetch={false} className="link" href={`${start}/requests/${other.requestId}`}>
              <NamedTool tool={other} />
            </Link>{" "}
            <span className="text-muted text-sm">({t("people", { count: other.people })})</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Which({ tool }: { tool: ToolSaid }) {
  return (
    <span className="sr-only">
      : {tool.product} {tool.surface.text}
    </span>
  );
}

function Answer({ request, desk, start, answer }: RequestDeskProps) {
  const t = useTranslations("requests.desk");
  const choices = desk.choices.map(({ toolId, product, surface, vendor, isAskedFor }) => {
    return { value: toolId, label: `${product}, ${surface.text} · ${vendor}`, isAskedFor };
  });
  const linked = choices.find(({ value }) => value === request.tool?.toolId)?.value;
  return (
    <>
      {desk.answers.length > 0 && (
        <Section id="before" title={t("beforeTitle")} lede={t("beforeLede")}>
          <EarlierAnswers
            answers={desk.answers}
            lookUpPath={`${start}/may-i-use-it`}
            requestsPath={`${start}/requests`}
          />
        </Section>
      )}
      <Section id="answer" title={t("answerTitle")} lede={t("answerLede")} boxed>
        {desk.mayAnswer === "own" ? (
          <Callout tone="caution">{t("own")}</Callout>
        ) : (
          <div className="space-y-5">
            {desk.mayAnswer === "alone" && <Callout tone="caution">{t("alone")}</Callout>}
            <AnswerRequestForm answer={answer} request={request} linkedToolId={linked} choices={choices} />
          </div>
        )}
      </Section>
    </>
  );
}
