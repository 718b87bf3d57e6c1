import { getTranslations } from "next-intl/server";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { MyRequests } from "#components/tools/my-requests.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { ClinicContext } from "#lib/domain/context.ts";
import { can } from "#lib/domain/permissions.ts";
import { getMyRequests } from "#lib/domain/tools/requests/queries.ts";

/** What the reader has asked for: the start of the requests for staff, a page beside the queue for officers. */
export async function OwnRequestsPage({ ctx }: { ctx: ClinicContext }) {
  const start = `/c/${ctx.slug}`;
  const path = `${start}/requests`;
  const { page, allowedRoles } = await readPage(() => getMyRequests(ctx, {}));
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const t = await getTranslations("requests");
  return (
    <>
      <PageHeader
        title={t("mineTitle")}
        lede={t("mineLede")}
        back={can(ctx, "tool_request.read") ? { href: path, label: t("all") } : undefined}
        actions={
          page.rows.length > 0 && (
            <LinkButton href={`${path}/new`} variant="primary">
              {t("ask")}
            </LinkButton>
          )
        }
      />
      <Notice />
      <MyRequests rows={page.rows} path={path} timeZone={ctx.timeZone} />
    </>
  );
}
