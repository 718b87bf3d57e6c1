import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { changeRefusal } from "#lib/domain/clinic/people/rules.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { can, rolesWith } from "#lib/domain/permissions.ts";
import { NotYours } from "./not-yours.tsx";
import { readMember } from "./read-member.ts";

type MemberPage = NonNullable<Awaited<ReturnType<typeof readMember>>["page"]>;

export type MemberPageProps = { params: Promise<{ clinic: string; memberId: string }> };

type MemberFormPageProps = MemberPageProps & {
  /** Which of the forms, by its words. */
  form: "changeRole" | "describe" | "end" | "reinstate";
  children: (page: MemberPage, ctx: ClinicContext) => ReactNode | Promise<ReactNode>;
};

// An owner changes these facts of their own.
const ACTS_FOR_THEMSELVES: ReadonlyArray<MemberFormPageProps["form"]> = ["describe"];

// They are refused of the last owner, whoever asks.
const NEEDS_ANOTHER_OWNER: ReadonlyArray<MemberFormPageProps["form"]> = ["changeRole", "end"];

/** A page with one form about a member, for who keeps the roster. */
export async function MemberFormPage({ params, form, children }: MemberFormPageProps) {
  const { clinic, memberId } = await params;
  const ctx = await requireClinicContext(clinic);
  const start = `/c/${ctx.slug}`;
  if (!can(ctx, "member.keep")) return <ForbiddenPage allowedRoles={rolesWith("member.keep")} backHref={start} />;
  const { page } = await readMember(clinic, memberId);
  if (page === undefined) return null;
  const t = await getTranslations("people");
  const { id, name } = page.member;
  const refusal = changeRefusal(ctx.actor, page.member);
  const ownerIsLast = page.lastOwner && NEEDS_ANOTHER_OWNER.includes(form);
  return (
    <ClientMessages namespaces={["people"]}>
      <PageHeader
        title={t(`${form}.title`, { name })}
        lede={t(`${form}.lede`)}
        back={{ href: `${start}/people/${id}`, label: name }}
      />
      <div className="max-w-prose">
        {refusal === null && ownerIsLast && (
          <Callout
            tone="caution"
            title={t("notYours.lastOwner", { name })}
            actions={<LinkButton href={`${start}/people`}>{t("title")}</LinkButton>}
          >
            {t("notYours.makeAnother")}
          </Callout>
        )}
        {refusal === null && !ownerIsLast && (await children(page, ctx))}
        {refusal !== null && (
          <NotYours
            {...{ ctx, refusal, alone: "anotherOwnerFirst" }}
            about={ACTS_FOR_THEMSELVES.includes(form) ? null : page.member}
          />
        )}
      </div>
    </ClientMessages>
  );
}
