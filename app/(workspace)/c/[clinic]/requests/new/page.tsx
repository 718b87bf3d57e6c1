import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import type { SearchParams } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { RequestForm } from "#components/tools/request-form.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getRequestForm } from "#lib/domain/tools/requests/queries.ts";
import { GOES_IN } from "#lib/domain/tools/requests/schema.ts";
import { askForToolAction, supportRequestAction } from "../actions.ts";

type PageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("requests.form");
  return { title: t("title") };
}

export default async function NewRequestPage({ params, searchParams }: PageProps) {
  const [{ clinic }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const start = `/c/${ctx.slug}`;
  const linked = { toolId: only(asked.tool), catalogueKey: only(asked.entry) };
  const { page: asking, allowedRoles } = await readPage(() => getRequestForm(ctx, linked));
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const t = await getTranslations("requests");
  return (
    <ClientMessages namespaces={["requests"]}>
      <div className="max-w-prose">
        <PageHeader
          title={t("form.title")}
          lede={t("form.lede")}
          back={{ href: `${start}/requests`, label: t("title") }}
        />
        {/* Another tool, another form: what was typed for the one before doesn't stay. */}
        <RequestForm
          key={`${linked.toolId} ${linked.catalogueKey}`}
          ask={askForToolAction.bind(null, clinic)}
          support={supportRequestAction.bind(null, clinic)}
          initial={asking.asked === null ? undefined : asking}
          choices={GOES_IN}
          goesIn={GOES_IN.find((goesIn) => goesIn === asked.goesIn)}
          paths={{ lookUp: `${start}/may-i-use-it`, requests: `${start}/requests` }}
        />
      </div>
    </ClientMessages>
  );
}

function only(value: SearchParams[string]): string | null {
  return (typeof value === "string" ? value : value?.[0]) ?? null;
}
