import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChangeRoleForm } from "#components/people/member-forms.tsx";
import { reaches } from "#lib/domain/clinic/people/rules.ts";
import { ROLES } from "#lib/domain/context.ts";
import { changeRoleAction } from "../../actions.ts";
import { MemberFormPage, type MemberPageProps } from "../member-form-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people");
  return { title: t("changeRole.tab") };
}

export default function ChangeRolePage({ params }: MemberPageProps) {
  return (
    <MemberFormPage params={params} form="changeRole">
      {({ member: { id, version, role } }, ctx) => (
        <ChangeRoleForm
          change={changeRoleAction.bind(null, ctx.slug)}
          member={{ id, version, role }}
          roles={ROLES.filter((candidate) => reaches(ctx.actor, candidate)).toReversed()}
        />
      )}
    </MemberFormPage>
  );
}
