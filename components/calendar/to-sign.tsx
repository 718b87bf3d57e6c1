import { useTranslations } from "next-intl";
import { Deadline } from "#components/layout/moments.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import type { ToSign } from "#lib/domain/calendar/schema.ts";

type ToSignListProps = { policies: readonly ToSign[]; home: string; today: string };

/** What the reader still has to read and sign, what is due first at the top. */
export function ToSignList({ policies, home, today }: ToSignListProps) {
  const t = useTranslations("calendar.toSign");
  if (policies.length === 0) return null;
  return (
    <Section title={t("title")} id="to-sign">
      <ul className="divide-y rounded-md border">
        {policies.map(({ code, title, dueOn }) => (
          <li key={code} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 p-3">
            <div className="min-w-0 flex-1 basis-56">
              <p className="font-medium">{title}</p>
              <p className="text-sm">
                {t("due")} <Deadline on={dueOn} today={today} />
              </p>
            </div>
            <LinkButton variant="primary" href={`${home}/policies/${code}`}>
              {t("open")}
            </LinkButton>
          </li>
        ))}
      </ul>
    </Section>
  );
}
