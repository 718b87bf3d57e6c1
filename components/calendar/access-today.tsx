import Link from "next/link";
import { useTranslations } from "next-intl";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { Access } from "#lib/domain/calendar/readiness/schema.ts";
import { ROLES } from "#lib/domain/context.ts";

/** Who can sign in, by role, and what about that is unfinished. */
export function AccessToday({ access, home }: { access: Access; home: string }) {
  const t = useTranslations("calendar.access");
  const { byRole, openInvitations, offboarding, withoutFactor } = access;
  const people = `${home}/people`;
  return (
    <Section title={t("title")} id="access" boxed>
      <Table caption={t("caption")} hideCaption>
        <thead className="sr-only">
          <tr>
            <Th>{t("role")}</Th>
            <Th numeric>{t("number")}</Th>
          </tr>
        </thead>
        <tbody>
          {ROLES.map((role) => (
            <tr key={role}>
              <Th scope="row">
                <Link prefetch={false} href={`${people}?role=${role}`} className="hover:underline">
                  {t(`roles.${role}`)}
                </Link>
              </Th>
              <Td numeric className="tabular-nums">
                {byRole[role] ?? 0}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <ul className="mt-3 space-y-1 text-sm">
        <li>
          <Link prefetch={false} href={`${people}/invitations`} className="link">
            {t("invitations", { count: openInvitations })}
          </Link>
        </li>
        <li>
          <Link prefetch={false} href={`${people}?state=leaving&state=left`} className="link">
            {t("offboarding", { count: offboarding })}
          </Link>
        </li>
      </ul>
      <h3 className="mt-4 mb-1 font-medium text-sm">{t("withoutFactor", { count: withoutFactor.count })}</h3>
      {withoutFactor.count > 0 && (
        <>
          <ul className="text-sm">
            {withoutFactor.shown.map(({ memberId, name }) => (
              <li key={memberId} className="wrap-anywhere">
                <Link prefetch={false} href={`${people}/${memberId}`} className="link">
                  {name}
                </Link>
              </li>
            ))}
          </ul>
          {withoutFactor.count > withoutFactor.shown.length && (
            <p className="text-muted text-sm">
              {t("moreWithoutFactor", { count: withoutFactor.count - withoutFactor.shown.length })}
            </p>
          )}
          <p className="mt-1 text-muted text-sm">{t("factorHelp")}</p>
        </>
      )}
      <p className="mt-4">
        <LinkButton size="small" href={people}>
          {t("open")}
        </LinkButton>
      </p>
    </Section>
  );
}
