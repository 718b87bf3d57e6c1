import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { WhyAsked } from "#app/why-asked.tsx";
import { EndMemberForm } from "#components/people/member-forms.tsx";
import { getRegisterPage } from "#lib/domain/tools/queries.ts";
import { deactivateMemberAction } from "../../actions.ts";
import { MemberFormPage, type MemberPageProps } from "../member-form-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people");
  return { title: t("end.tab") };
}

export default function EndMemberPage({ params }: MemberPageProps) {
  return (
    <MemberFormPage params={params} form="end">
      {async ({ member: { id, version }, today }, ctx) => {
        const { rows } = await getRegisterPage(ctx, { status: ["approved_for_phi", "not_for_phi"], size: 100 });
        const products = [...new Set(rows.map(({ product, surface }) => `${product}, ${surface}`))];
        const end = deactivateMemberAction.bind(null, ctx.slug);
        return (
          <>
            <WhyAsked place="offboarding" />
            <EndMemberForm end={end} member={{ id, version }} today={today} products={products} />
          </>
        );
      }}
    </MemberFormPage>
  );
}
