import { useTranslations } from "next-intl";
import { Moment } from "#components/layout/moments.tsx";
import type { OffboardingItemShown } from "#lib/domain/clinic/people/schema.ts";
import { OffboardingBadge } from "./person-badges.tsx";

type OffboardingTableProps = { items: readonly OffboardingItemShown[]; timeZone: string };

/** What was seen to when somebody left, by whom and when. */
export function OffboardingTable({ items, timeZone }: OffboardingTableProps) {
  const t = useTranslations("people.offboarding");
  return (
    <ul className="divide-y border-y text-sm">
      {items.map(({ position, kind, subject, state, note, settledBy, settledAt }) => (
        <li key={position} className="py-2">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span className="wrap-anywhere">{t(`kind.${kind}`, { subject })}</span>
            <OffboardingBadge state={state} />
          </div>
          {note !== "" && <p className="whitespace-pre-line wrap-anywhere">{note}</p>}
          {settledAt !== null && (
            <p className="text-muted">
              {settledBy} · <Moment at={settledAt} timeZone={timeZone} />
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
