import { useTranslations } from "next-intl";
import { DateText, Moment } from "#components/layout/moments.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import type { InvitationRowShown, MemberShown } from "#lib/domain/clinic/people/schema.ts";

/** What is known of a member. An unknown says so. */
export function MemberFacts({ member }: { member: MemberShown }) {
  const t = useTranslations("people");
  const none = <span className="text-muted">{t("facts.none")}</span>;
  return (
    <DescriptionList
      facts={[
        { term: t("column.role"), description: t(`role.${member.role}`) },
        { term: t("column.job"), description: member.jobTitle || none },
        { term: t("column.type"), description: t(`type.${member.workforceType}`) },
        { term: t("column.location"), description: member.location || none },
        { term: t("column.tracks"), description: <Lines of={member.tracks} none={none} /> },
        { term: t("column.email"), description: <span className="wrap-anywhere">{member.email || none}</span> },
        { term: t("column.started"), description: <DateText date={member.startedOn} /> },
        {
          term: t("column.ended"),
          description: member.endedOn === null ? t("facts.noEnd") : <DateText date={member.endedOn} />,
        },
      ]}
    />
  );
}

type InvitationFactsProps = { invitation: InvitationRowShown; timeZone: string };

/** What an invitation offers, and until when. */
export function InvitationFacts({ invitation, timeZone }: InvitationFactsProps) {
  const t = useTranslations("people");
  const none = <span className="text-muted">{t("facts.none")}</span>;
  return (
    <DescriptionList
      facts={[
        { term: t("column.email"), description: <span className="wrap-anywhere">{invitation.email}</span> },
        { term: t("column.role"), description: t(`role.${invitation.role}`) },
        { term: t("column.job"), description: invitation.jobTitle || none },
        { term: t("column.type"), description: t(`type.${invitation.workforceType}`) },
        { term: t("column.location"), description: invitation.location || none },
        { term: t("column.tracks"), description: <Lines of={invitation.tracks} none={none} /> },
        {
          term: t("field.startsOn"),
          description:
            invitation.startsOn === null ? t("facts.startsWithJoining") : <DateText date={invitation.startsOn} />,
        },
        {
          term: t("column.ended"),
          description: invitation.endsOn === null ? t("facts.noEnd") : <DateText date={invitation.endsOn} />,
        },
        { term: t("column.expires"), description: <Moment at={invitation.expiresAt} timeZone={timeZone} /> },
        { term: t("column.invitedBy"), description: invitation.invitedBy || t("facts.byOperator") },
      ]}
    />
  );
}

function Lines({ of, none }: { of: readonly string[]; none: React.ReactNode }) {
  return of.length === 0 ? none : <span className="whitespace-pre-line wrap-anywhere">{of.join("\n")}</span>;
}
