import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ReinstateMemberForm } from "#components/people/member-forms.tsx";
import { reinstateMemberAction } from "../../actions.ts";
import { MemberFormPage, type MemberPageProps } from "../member-form-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people");
  return { title: t("reinstate.tab") };
}

export default function ReinstateMemberPage({ params }: MemberPageProps) {
  return (
    <MemberFormPage params={params} form="reinstate">
      {({ member: { id, version } }, ctx) => (
        <ReinstateMemberForm reinstate={reinstateMemberAction.bind(null, ctx.slug)} member={{ id, version }} />
      )}
    </MemberFormPage>
  );
}
