import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge.tsx";
import type { FormAction } from "#components/ui/form-state.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { Similar, SimilarEntry, SimilarRequest, SimilarTool } from "#lib/domain/tools/requests/schema.ts";
import type { Standing, ToolSaid } from "#lib/domain/tools/schema.ts";
import { dateText } from "#lib/kernel/date-text.ts";
import { SupportForm } from "./request-forms.tsx";
import { SaidText } from "./said-text.tsx";
import { standingLook } from "./status-badge.tsx";

export type AskingPaths = {
  readonly lookUp: string;
  readonly requests: string;
};

type RequestSimilarProps = {
  similar: Similar;
  /** The tool of the register that is asked for, where it is one. */
  toolId: string | null;
  /** Whether what was answered before stands beside it. */
  isAnswered: boolean;
  paths: AskingPaths;
  support: FormAction;
};

/** What there is already, before anything new is asked for, each with the way on from it. */
export function RequestSimilar({ similar, toolId, isAnswered, paths, support }: RequestSimilarProps) {
  const t = useTranslations("requests.similar");
  const { tools, entries, requests } = similar;
  if (tools.length + entries.length + requests.length === 0) {
    return isAnswered ? null : <p className="text-muted">{t("none")}</p>;
  }
  return (
    <section aria-labelledby="similar" className="space-y-4 rounded-md border bg-raised p-4">
      <div>
        <h2 id="similar" className="font-semibold text-lg">
          {t("title")}
        </h2>
        <p className="text-muted text-sm">{t("lede")}</p>
      </div>
      <Group title={t("requests")} empty={requests.length === 0}>
        {requests.map((request) => (
          <RequestItem key={request.requestId} request={request} {...{ paths, support }} />
        ))}
      </Group>
      <Group title={t("tools")} empty={tools.length === 0}>
        {tools.map((tool) => (
          <ToolItem key={tool.toolId} tool={tool} isThis={tool.toolId === toolId} paths={paths} />
        ))}
      </Group>
      <Group title={t("entries")} empty={entries.length === 0}>
        {entries.map((entry) => (
          <EntryItem key={entry.catalogueKey} entry={entry} paths={paths} />
        ))}
      </Group>
    </section>
  );
}

type GroupProps = { title: string; empty: boolean; children: ReactNode };

function Group({ title, empty, children }: GroupProps) {
  if (empty) return null;
  return (
    <div>
      <h3 className="font-medium text-muted text-sm">{title}</h3>
      <ul className="mt-1 divide-y">{children}</ul>
    </div>
  );
}

type ItemProps = {
  named: ToolSaid & Partial<Pick<SimilarTool, "alike">>;
  state?: ReactNode;
  children?: ReactNode;
};

function Item({ named, state, children }: ItemProps) {
  const t = useTranslations("requests.similar.alike");
  const { alike = [] } = named;
  return (
    <li className="space-y-1.5 py-2.5">
      <p>
        <NamedTool tool={named} />
        {alike.length > 0 && <span className="text-muted text-sm"> ({alike.map((what) => t(what)).join(", ")})</span>}
      </p>
      {state}
      {children && <div className="flex flex-wrap items-center gap-x-4 gap-y-2">{children}</div>}
    </li>
  );
}

/** "ChatGPT, Free, by OpenAI", as far as it is known. */
export function NamedTool({ tool }: { tool: ToolSaid }) {
  return (
    <>
      <span className="font-medium">{tool.product}</span>
      {tool.surface.text !== "" && (
        <>
          , <SaidText said={tool.surface} />
        </>
      )}
      {tool.vendor !== "" && <span className="text-muted"> · {tool.vendor}</span>}
    </>
  );
}

// Asked for is what the clinic has not said yes to yet; of what it said no to, that it decides once more.
const ASK_WORDS = {
  may_use_with_phi: "askInstead",
  may_use_without_phi: "askForMore",
  ask: "askInstead",
  may_not_use: "askAgain",
} as const satisfies Record<Standing, string>;

function StandingBadge({ standing }: { standing: Standing }) {
  const t = useTranslations("requests.standing");
  return (
    <Badge plain {...standingLook[standing]}>
      {t(standing)}
    </Badge>
  );
}

function ToolItem({ tool, isThis, paths }: { tool: SimilarTool; isThis: boolean; paths: AskingPaths }) {
  const t = useTranslations("requests");
  const { use, ask } = tool.way;
  const { standing } = tool.standing;
  return (
    <Item named={isThis ? { ...tool, alike: [] } : tool} state={<StandingBadge standing={standing} />}>
      {use && (
        <LinkButton size="small" href={`${paths.lookUp}?tool=${tool.toolId}`}>
          {t("similar.use")}
          <Which tool={tool} />
        </LinkButton>
      )}
      {isThis && <span className="text-muted text-sm">{t("similar.this")}</span>}
      {ask && !isThis && (
        <Link prefetch={false} className="link text-sm" href={`${paths.requests}/new?tool=${tool.toolId}`}>
          {t(`similar.${ASK_WORDS[standing]}`)}
          <Which tool={tool} />
        </Link>
      )}
    </Item>
  );
}

function EntryItem({ entry, paths }: { entry: SimilarEntry; paths: AskingPaths }) {
  const t = useTranslations("requests.similar");
  return (
    <Item named={entry} state={entry.isProhibited && <StandingBadge standing="may_not_use" />}>
      {!entry.isProhibited && (
        <Link prefetch={false} className="link text-sm" href={`${paths.requests}/new?entry=${entry.catalogueKey}`}>
          {t("askEntry")}
          <Which tool={entry} />
        </Link>
      )}
    </Item>
  );
}

type RequestItemProps = Pick<RequestSimilarProps, "paths"> & {
  request: SimilarRequest;
  /** For those who may ask for tools. */
  support: FormAction | undefined;
};

/** An open request: one's own with what it waits for, another's with a way to want the same. */
export function RequestItem({ request, paths, support }: RequestItemProps) {
  const t = useTranslations("requests.similar");
  const date = dateText(request.requestedOn, useLocale());
  const open = `${paths.requests}/${request.requestId}`;
  return (
    <Item named={request} state={<p className="text-muted text-sm">{sinceWhen(request, t, date)}</p>}>
      {request.isOwn || request.isSupported ? (
        <Link prefetch={false} className="link text-sm" href={open}>
          {t(request.isOwn ? "isOwn" : "isSupported")}
        </Link>
      ) : support === undefined ? null : (
        <SupportForm support={support} requestId={request.requestId} which={<Which tool={request} />} />
      )}
    </Item>
  );
}

function sinceWhen(
  { isOwn, isSupported, people }: SimilarRequest,
  t: ReturnType<typeof useTranslations<"requests.similar">>,
  date: string,
): string {
  if (isOwn) return t("ownSince", { date });
  return isSupported ? t("joinedSince", { others: people - 1, date }) : t("peopleSince", { count: people, date });
}

// Several buttons of one name: read aloud, each says which tool it is about.
function Which({ tool }: { tool: ToolSaid }) {
  return (
    <span className="sr-only">
      : {tool.product}, <SaidText said={tool.surface} />
    </span>
  );
}
