import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ResetFactorsForm } from "#components/clinic/access/reset-factors-form.tsx";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { factorResetRefusal } from "#lib/domain/clinic/access/rules.ts";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { can, rolesWith } from "#lib/domain/permissions.ts";
import type { MemberPageProps } from "../member-form-page.tsx";
import { NotYours } from "../not-yours.tsx";
import { readMember } from "../read-member.ts";
import { resetFactorsAction } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("domains.factors");
  return { title: t("tab") };
}

export default async function ResetFactorsPage({ params }: MemberPageProps) {
  const { clinic, memberId } = await params;
  const ctx = await requireClinicContext(clinic);
  const start = `/c/${ctx.slug}`;
  if (!can(ctx, "factors.reset")) return <ForbiddenPage allowedRoles={rolesWith("factors.reset")} backHref={start} />;
  const { page } = await readMember(clinic, memberId);
  if (page === undefined) return null;
  const { id, name, role } = page.member;
  const { actor } = ctx;
  const refusal = actor.kind === "member" ? factorResetRefusal(actor, { memberId: id, name, role }) : null;
  const t = await getTranslations("domains.factors");
  return (
    <ClientMessages namespaces={["domains"]}>
      <PageHeader title={t("title", { name })} lede={t("lede")} back={{ href: `${start}/people/${id}`, label: name }} />
      <div className="max-w-prose">
        {refusal === null ? (
          <ResetFactorsForm action={resetFactorsAction.bind(null, ctx.slug)} memberId={id} />
        ) : (
          <NotYours {...{ ctx, refusal, alone: "anotherOwnerOrOperator" }} about={{ id, name }} />
        )}
      </div>
    </ClientMessages>
  );
}
