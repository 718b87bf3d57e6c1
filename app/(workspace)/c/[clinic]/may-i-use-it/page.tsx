import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { readPage } from "#app/read.ts";
import type { SearchParams } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { LookUpAskedBefore } from "#components/tools/look-up-asked-before.tsx";
import { LookUpExamples } from "#components/tools/look-up-examples.tsx";
import { LookUpForm } from "#components/tools/look-up-form.tsx";
import { LookUpRecent } from "#components/tools/look-up-recent.tsx";
import { LookUpResults, type ShownLookUp } from "#components/tools/look-up-results.tsx";
import type { Recent } from "#components/tools/recent-look-ups.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { can } from "#lib/domain/permissions.ts";
import { getMayIUseIt } from "#lib/domain/tools/look-up/queries.ts";
import { GOES_IN } from "#lib/domain/tools/requests/schema.ts";
import { supportRequestAction } from "../requests/actions.ts";

type PageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

const readLookUp = cache(async (clinic: string, q: string, goesIn: string, tool: string) => {
  const ctx = await requireClinicContext(clinic);
  const asked = { q, goesIn: GOES_IN.find((known) => known === goesIn) ?? null, toolId: tool === "" ? null : tool };
  return readPage(() => getMayIUseIt(ctx, asked));
});

function readAsked(clinic: string, asked: SearchParams) {
  return readLookUp(clinic, one(asked.q), one(asked.goesIn), one(asked.tool));
}

export async function generateMetadata({ params, searchParams }: PageProps): Promise<Metadata> {
  const [{ clinic }, asked] = await Promise.all([params, searchParams]);
  const { page } = await readAsked(clinic, asked);
  const t = await getTranslations("look-up");
  return { title: page?.asked ? t("titleOf", { asked: page.asked }) : t("title") };
}

export default async function MayIUseItPage({ params, searchParams }: PageProps) {
  const [{ clinic }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const { page: found, allowedRoles } = await readAsked(clinic, asked);
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const t = await getTranslations("look-up");
  const path = `${start}/may-i-use-it`;
  const paths = {
    lookUp: path,
    tools: can(ctx, "tool.read") ? `${start}/tools` : undefined,
    ask: can(ctx, "tool_request.ask") ? `${start}/requests/new` : undefined,
  };
  const recent = (
    <LookUpRecent
      memberId={actingMemberId(ctx) ?? ""}
      answered={answeredIn(found)}
      path={path}
      labels={{ title: t("recent.title"), none: t("recent.none"), forget: t("recent.forget") }}
    />
  );
  return (
    <div className="max-w-prose">
      <PageHeader title={t("title")} lede={t("lede")} />
      <LookUpForm path={path} asked={found.asked} goesIn={found.goesIn} />
      <div className="mt-6 space-y-6">
        {found.asked === "" ? (
          <>
            {recent}
            <LookUpExamples path={path} />
          </>
        ) : (
          <>
            <LookUpResults
              found={found}
              paths={paths}
              before={
                <ClientMessages namespaces={["requests"]}>
                  <LookUpAskedBefore
                    before={found.before}
                    paths={{ lookUp: path, requests: `${start}/requests` }}
                    support={paths.ask === undefined ? undefined : supportRequestAction.bind(null, clinic)}
                  />
                </ClientMessages>
              }
            />
            <div className="print:hidden">{recent}</div>
          </>
        )}
      </div>
    </div>
  );
}

/** What the browser may remember of an answer: the tool of the register, never what was typed. */
function answeredIn({ results: [best] }: ShownLookUp): Recent | null {
  if (best === undefined || best.toolId === null) return null;
  return { id: best.toolId, name: `${best.product}, ${best.surface.text}` };
}

function one(value: SearchParams[string]): string {
  return (typeof value === "string" ? value : value?.[0]) ?? "";
}
