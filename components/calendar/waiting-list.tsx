import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Deadline, Moment } from "#components/layout/moments.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { Few, Waiting } from "#lib/domain/calendar/schema.ts";
import type { CalendarDate } from "#lib/kernel/dates.ts";

type WaitingListProps = {
  waiting: Waiting;
  /** The clinic's own address, which all links begin with. */
  home: string;
  timeZone: string;
  today: CalendarDate;
  /** Nothing stands in the register at all. */
  registerEmpty: boolean;
};

/** What an officer has to decide or to see to: what people wait for first, what runs out next, then the rest. */
export function WaitingList({ waiting, home, timeZone, today, registerEmpty }: WaitingListProps) {
  const t = useTranslations("calendar.waiting");
  const reasons = useTranslations("calendar.waiting.reason");
  const toolsHref = `${home}/tools`;
  const { updates, ...lists } = waiting;
  const clear = updates === 0 && Object.values(lists).every((few) => few.shown.length === 0);
  if (registerEmpty && waiting.emergencies.shown.length === 0)
    return <EmptyRegister catalogueHref={`${toolsHref}/catalogue`} />;
  if (clear) return <EmptyState title={t("clearTitle")}>{t("clearText")}</EmptyState>;
  const tool = ({ toolId, product, surface }: { toolId: string; product: string; surface: string }) => ({
    key: toolId,
    href: `${toolsHref}/${toolId}`,
    name: `${product}, ${surface}`,
  });
  return (
    <Section title={t("title")} id="waiting">
      <div className="space-y-6">
        <FewThings
          few={waiting.requests}
          title={t("requests")}
          column={t("askedBy")}
          moreHref={`${home}/requests?status=open`}
          thing={({ requestId, product }) => ({ key: requestId, href: `${home}/requests/${requestId}`, name: product })}
          state={({ requestedBy, requestedAt }) => (
            <>
              {requestedBy}, <Moment at={requestedAt} timeZone={timeZone} day />
            </>
          )}
        />
        <FewThings
          few={waiting.emergencies}
          title={t("emergencies")}
          column={t("reviewBy")}
          first={t("person")}
          moreHref={`${home}/people/emergency-access?state=to_review&state=overdue`}
          thing={({ useId, member, kind }) => ({
            key: useId,
            href: `${home}/people/emergency-access/${useId}`,
            name: t(`emergencyKind.${kind}`, { member }),
          })}
          state={({ reviewBy }) => <Deadline on={reviewBy} today={today} />}
        />
        <FewThings
          few={waiting.unbacked}
          title={t("unbacked")}
          column={t("why")}
          moreHref={`${toolsHref}?status=approved_for_phi`}
          thing={tool}
          state={({ reason }) => reasons(reason)}
        />
        <FewThings
          few={waiting.baas}
          title={t("baas")}
          column={t("lastDay")}
          first={t("baa")}
          moreHref={`${home}/vendors?ends=90`}
          thing={({ baaId, vendorId, vendor, reference }) => ({
            key: baaId,
            href: `${home}/vendors/${vendorId}`,
            name: `${vendor}: ${reference}`,
          })}
          state={({ until, losing }) => (
            <>
              <Deadline on={until} today={today} soonDays={30} />
              {losing > 0 && <span className="ml-2">{t("losing", { count: losing })}</span>}
            </>
          )}
        />
        <FewThings
          few={waiting.narrowings}
          title={t("narrowings")}
          column={t("state")}
          moreHref={toolsHref}
          thing={tool}
          state={(narrowing) => {
            if (narrowing.own === "no") return t("proposedBy", { name: narrowing.proposedBy });
            return t(narrowing.own === "enough" ? "ownEnough" : "own");
          }}
        />
        <FewThings
          few={waiting.reviews}
          title={t("reviews")}
          column={t("reviewOn")}
          moreHref={`${toolsHref}?status=not_for_phi&status=approved_for_phi`}
          thing={tool}
          state={({ reviewOn }) => <Deadline on={reviewOn} today={today} />}
        />
        <FewThings
          few={waiting.worksheets}
          title={t("worksheets")}
          column={t("reverifyOn")}
          moreHref={toolsHref}
          thing={tool}
          state={({ reverifyOn }) => <Deadline on={reverifyOn} today={today} />}
        />
        <FewThings
          few={waiting.underReview}
          title={t("underReview")}
          column={t("since")}
          moreHref={`${toolsHref}?status=needs_review`}
          thing={tool}
          state={({ since }) => <Moment at={since} timeZone={timeZone} day />}
        />
        {updates > 0 && (
          <p>
            <Link prefetch={false} href={`${toolsHref}/updates`} className="link">
              {t("updates", { count: updates })}
            </Link>
          </p>
        )}
      </div>
    </Section>
  );
}

type FewThingsProps<T> = {
  few: Few<T>;
  title: string;
  /** What the first column holds; tools, where nothing is said. */
  first?: string | undefined;
  column: string;
  moreHref: string;
  thing: (of: T) => { key: string; href: string; name: string };
  state: (of: T) => ReactNode;
};

function FewThings<T>({ few, title, first, column, moreHref, thing, state }: FewThingsProps<T>) {
  const t = useTranslations("calendar.waiting");
  if (few.shown.length === 0) return null;
  return (
    <div>
      <Table caption={title}>
        <thead>
          <tr>
            <Th>{first ?? t("tool")}</Th>
            <Th className="w-2/5">{column}</Th>
          </tr>
        </thead>
        <tbody>
          {few.shown.map((of) => {
            const { key, href, name } = thing(of);
            return (
              <tr key={key}>
                <Th scope="row">
                  <Link prefetch={false} href={href} className="link">
                    {name}
                  </Link>
                </Th>
                <Td>{state(of)}</Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      {few.more > 0 && (
        <p className="px-3 pt-2 text-sm">
          <Link prefetch={false} href={moreHref} className="link">
            {t("more", { count: few.more })}
          </Link>
        </p>
      )}
    </div>
  );
}

function EmptyRegister({ catalogueHref }: { catalogueHref: string }) {
  const t = useTranslations("calendar.waiting");
  return (
    <EmptyState
      title={t("emptyTitle")}
      why={t("emptyWhy")}
      action={
        <LinkButton variant="primary" href={catalogueHref}>
          {t("emptyAction")}
        </LinkButton>
      }
    >
      {t("emptyText")}
    </EmptyState>
  );
}
