import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/notice.tsx";
import { readPage } from "#app/read.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { NamingStateBadge } from "#components/people/emergency-badges.tsx";
import {
  EmergencyRuleForm,
  EndEmergencyPersonForm,
  NameEmergencyPersonForm,
} from "#components/people/emergency-forms.tsx";
import { NamingDays } from "#components/people/emergency-use-view.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Section } from "#components/ui/section.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getEmergencyPeoplePage } from "#lib/domain/clinic/emergency-access/queries.ts";
import type { EmergencyPersonShown } from "#lib/domain/clinic/emergency-access/schema.ts";
import { can } from "#lib/domain/permissions.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { endEmergencyPersonAction, nameEmergencyPersonAction, setEmergencyRuleAction } from "../actions.ts";

type PageProps = { params: Promise<{ clinic: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("emergency-access");
  return { title: t("people.title") };
}

export default async function EmergencyPeoplePage({ params }: PageProps) {
  const { clinic } = await params;
  const ctx = await requireClinicContext(clinic);
  const { page, allowedRoles } = await readPage(() => getEmergencyPeoplePage(ctx, {}));
  const start = `/c/${ctx.slug}`;
  if (allowedRoles) return <ForbiddenPage allowedRoles={allowedRoles} backHref={start} />;
  const [t, locale] = await Promise.all([getTranslations("emergency-access"), getLocale()]);
  const { people, rule, nameable, today, asOf } = page;
  const title = t("people.title");
  const arranges = can(ctx, "emergency_access.arrange");
  return (
    <ClientMessages namespaces={["emergency-access"]}>
      <PrintHeader clinic={ctx.clinicName} title={title} asOf={momentText(asOf, locale, ctx.timeZone)} />
      <PageHeader
        title={title}
        lede={t("people.lede")}
        back={{ href: `${start}/people/emergency-access`, label: t("title") }}
      />
      <Notice />
      <div className="max-w-4xl space-y-10">
        <Section id="list" title={t("people.list")}>
          {people.length === 0 ? (
            <EmptyState title={t("people.empty")} why={t("empty.why")}>
              {t("people.emptyText")}
            </EmptyState>
          ) : (
            <NamedPeople people={people} start={start} clinic={arranges ? clinic : null} />
          )}
        </Section>
        {arranges && (
          <Section id="name" title={t("people.add")}>
            <NameEmergencyPersonForm
              name={nameEmergencyPersonAction.bind(null, clinic)}
              people={nameable}
              today={today}
            />
          </Section>
        )}
        <Section
          id="rule"
          title={t("people.ruleTitle")}
          lede={t("rule", { minutes: rule.minutesMax, days: rule.reviewDays })}
        >
          {arranges ? (
            <EmergencyRuleForm set={setEmergencyRuleAction.bind(null, clinic)} rule={rule} />
          ) : (
            <p className="text-muted text-sm">{t("people.who")}</p>
          )}
        </Section>
      </div>
    </ClientMessages>
  );
}

type NamedPeopleProps = {
  people: readonly EmergencyPersonShown[];
  start: string;
  /** The clinic of the address, for who may take people off the list. */
  clinic: string | null;
};

async function NamedPeople({ people, start, clinic }: NamedPeopleProps) {
  const t = await getTranslations("emergency-access.people");
  return (
    <Table caption={t("title")} hideCaption>
      <thead>
        <tr>
          <Th>{t("name")}</Th>
          <Th>{t("state")}</Th>
          <Th>{t("reason")}</Th>
        </tr>
      </thead>
      <tbody>
        {people.map(({ id, memberId, name, fromOn, toOn, state, reason, namedBy, endedBy, endReason }) => (
          <tr key={id}>
            <Th scope="row">
              <Link prefetch={false} href={`${start}/people/${memberId}`} className="link wrap-anywhere">
                {name}
              </Link>
            </Th>
            <Td>
              <NamingStateBadge state={state} />
              <span className="mt-1 block text-muted">
                <NamingDays fromOn={fromOn} toOn={toOn} />
              </span>
            </Td>
            <Td>
              <p className="whitespace-pre-line wrap-anywhere">{reason}</p>
              <p className="text-muted wrap-anywhere">
                {state === "ended" ? t("ended", { name: endedBy, reason: endReason }) : t("by", { name: namedBy })}
              </p>
              {clinic !== null && state !== "ended" && state !== "over" && (
                <details className="mt-2 print:hidden">
                  <summary className="link w-fit cursor-pointer">{t("endOf", { name })}</summary>
                  <div className="mt-3">
                    <EndEmergencyPersonForm end={endEmergencyPersonAction.bind(null, clinic)} personId={id} />
                  </div>
                </details>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
