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
  toolsHref: string;
  timeZone: string;
  today: CalendarDate;
  /** Nothing stands in the register at all. */
  registerEmpty: boolean;
};

/** What an officer has to decide, oldest first. */
export function WaitingList({ waiting, toolsHref, timeZone, today, registerEmpty }: WaitingListProps) {
  const t = useTranslations("calendar.waiting");
  const { underReview, narrowings, reviews } = waiting;
  const clear = [underReview, narrowings, reviews].every((few) => few.shown.length === 0);
  if (registerEmpty) return <EmptyRegister catalogueHref={`${toolsHref}/catalogue`} />;
  if (clear) return <EmptyState title={t("clearTitle")}>{t("clearText")}</EmptyState>;
  return (
    <Section title={t("title")} id="waiting">
      <div className="space-y-6">
        <FewTools
          few={narrowings}
          title={t("narrowings")}
          column={t("state")}
          toolsHref={toolsHref}
          moreHref={toolsHref}
          state={(narrowing) => {
            if (narrowing.own === "no") return t("proposedBy", { name: narrowing.proposedBy });
            return t(narrowing.own === "enough" ? "ownEnough" : "own");
          }}
        />
        <FewTools
          few={reviews}
          title={t("reviews")}
          column={t("reviewOn")}
          toolsHref={toolsHref}
          moreHref={`${toolsHref}?status=not_for_phi&status=approved_for_phi`}
          state={({ reviewOn }) => <Deadline on={reviewOn} today={today} />}
        />
        <FewTools
          few={underReview}
          title={t("underReview")}
          column={t("since")}
          toolsHref={toolsHref}
          moreHref={`${toolsHref}?status=needs_review`}
          state={({ since }) => <Moment at={since} timeZone={timeZone} day />}
        />
      </div>
    </Section>
  );
}

type FewToolsProps<T> = {
  few: Few<T>;
  title: string;
  column: string;
  toolsHref: string;
  moreHref: string;
  state: (tool: T) => ReactNode;
};

function FewTools<T extends { toolId: string; product: string; surface: string }>(props: FewToolsProps<T>) {
  const t = useTranslations("calendar.waiting");
  const { few, title, column, toolsHref, moreHref, state } = props;
  if (few.shown.length === 0) return null;
  return (
    <div>
      <Table caption={title}>
        <thead>
          <tr>
            <Th>{t("tool")}</Th>
            <Th className="w-2/5">{column}</Th>
          </tr>
        </thead>
        <tbody>
          {few.shown.map((tool) => (
            <tr key={tool.toolId}>
              <Th scope="row">
                <Link prefetch={false} href={`${toolsHref}/${tool.toolId}`} className="link">
                  {tool.product}, {tool.surface}
                </Link>
              </Th>
              <Td>{state(tool)}</Td>
            </tr>
          ))}
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
