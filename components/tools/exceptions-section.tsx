import { useTranslations } from "next-intl";
import { DateText } from "#components/layout/moments.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import type { ExceptionRow, ToolExceptions } from "#lib/domain/tools/exceptions/schema.ts";
import { ExceptionHolder, ExceptionStateBadge } from "./exception-state.tsx";

type ExceptionsSectionProps = {
  exceptions: ToolExceptions;
  today: string;
  /** The page with all of them, and with the form. */
  href: string;
  mayGrant: boolean;
};

/** On the tool's own page: who may use it all the same, now or soon. */
export function ExceptionsSection({ exceptions, today, href, mayGrant }: ExceptionsSectionProps) {
  const t = useTranslations("exceptions");
  const { rows, grantable } = exceptions;
  const counting = rows.filter(({ state }) => state === "in_force" || state === "upcoming");
  const earlier = rows.length - counting.length;
  // Nothing was excepted and nothing can be: the page has enough to say without it.
  if (rows.length === 0 && !grantable.may) return null;
  return (
    <Section
      id="exceptions"
      title={t("title")}
      actions={
        <LinkButton size="small" href={href}>
          {t(mayGrant && grantable.may ? "grant" : "open")}
        </LinkButton>
      }
    >
      {counting.length === 0 ? (
        <p className="text-muted text-sm">{t("noneNow")}</p>
      ) : (
        <ul className="divide-y text-sm">
          {counting.map((exception) => (
            <ExceptionLine key={exception.id} exception={exception} today={today} />
          ))}
        </ul>
      )}
      {earlier > 0 && <p className="mt-2 text-muted text-sm">{t("earlier", { count: earlier })}</p>}
    </Section>
  );
}

function ExceptionLine({ exception, today }: { exception: ExceptionRow; today: string }) {
  const t = useTranslations("exceptions");
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 py-2">
      <span className="min-w-0">
        <ExceptionHolder exception={exception} />
        <span className="text-muted">
          {" "}
          {t("until")} <DateText date={exception.endsOn} />
        </span>
      </span>
      <ExceptionStateBadge exception={exception} today={today} />
    </li>
  );
}
