import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DescribeMemberForm } from "#components/people/member-forms.tsx";
import { describeMemberAction } from "../../actions.ts";
import { MemberFormPage, type MemberPageProps } from "../member-form-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people");
  return { title: t("describe.tab") };
}

export default function DescribeMemberPage({ params }: MemberPageProps) {
  return (
    <MemberFormPage params={params} form="describe">
      {({ member, locations }, ctx) => (
        <DescribeMemberForm
          describe={describeMemberAction.bind(null, ctx.slug)}
          member={member}
          locations={placesFor(locations, member)}
        />
      )}
    </MemberFormPage>
  );
}

/** The open places, and the member's own where it has been closed since. */
function placesFor(
  open: ReadonlyArray<{ readonly id: string; readonly name: string }>,
  { locationId, location }: { readonly locationId: string | null; readonly location: string },
) {
  if (locationId === null || open.some(({ id }) => id === locationId)) return open;
  return [...open, { id: locationId, name: location }];
}
