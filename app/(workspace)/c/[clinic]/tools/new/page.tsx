import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import type { SearchParams } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { RegisterToolForm } from "#components/tools/register-tool-form.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can, rolesWith } from "#lib/domain/permissions.ts";
import { getRequestNames } from "#lib/domain/tools/requests/queries.ts";
import { registerToolAction } from "../actions.ts";

type PageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tools");
  return { title: t("register.title") };
}

export default async function NewToolPage({ params, searchParams }: PageProps) {
  const [{ clinic }, { request: requestId }] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const start = `/c/${ctx.slug}`;
  if (!can(ctx, "tool.adopt")) return <ForbiddenPage allowedRoles={rolesWith("tool.adopt")} backHref={start} />;
  const asked = typeof requestId === "string" ? await readPage(() => getRequestNames(ctx, { requestId })) : undefined;
  const t = await getTranslations("tools");
  return (
    <ClientMessages namespaces={["tools"]}>
      <PageHeader
        title={t("register.title")}
        lede={t("register.lede")}
        back={{ href: `${start}/tools`, label: t("title") }}
      />
      <div className="max-w-prose">
        <RegisterToolForm register={registerToolAction.bind(null, clinic)} request={asked?.page} />
      </div>
    </ClientMessages>
  );
}
