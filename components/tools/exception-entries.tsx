import { useTranslations } from "next-intl";
import { DateText, Moment } from "#components/layout/moments.tsx";
import { Badge } from "#components/ui/badge.tsx";
import type { FormAction } from "#components/ui/form-state.ts";
import type { ExceptionRow } from "#lib/domain/tools/exceptions/schema.ts";
import { WithdrawExceptionForm } from "./exception-forms.tsx";
import { ExceptionHolder, ExceptionStateBadge } from "./exception-state.tsx";
import { RecordedLater } from "./recorded-later.tsx";

type ExceptionEntriesProps = {
  rows: readonly ExceptionRow[];
  today: string;
  timeZone: string;
  /** Left out for who may not. */
  withdraw: FormAction | undefined;
};

/** Every exception of a tool, newest first, as it was granted and how it ended. */
export function ExceptionEntries({ rows, ...shown }: ExceptionEntriesProps) {
  const t = useTranslations("exceptions");
  if (rows.length === 0) return <p className="text-muted">{t("none")}</p>;
  return (
    <ol className="space-y-6">
      {rows.map((exception) => (
        <li key={exception.id}>
          <ExceptionEntry exception={exception} {...shown} />
        </li>
      ))}
    </ol>
  );
}

type ExceptionEntryProps = Omit<ExceptionEntriesProps, "rows"> & { exception: ExceptionRow };

function ExceptionEntry({ exception, today, timeZone, withdraw }: ExceptionEntryProps) {
  const t = useTranslations("exceptions");
  const { id, startsOn, endsOn, grantedAt, recordedAt, state } = exception;
  const counts = state === "in_force" || state === "upcoming";
  return (
    <article
      id={`exception-${id}`}
      aria-labelledby={`holder-${id}`}
      className="break-inside-avoid scroll-mt-20 border-l-2 pl-4"
    >
      <h2 id={`holder-${id}`} className="font-medium">
        <ExceptionHolder exception={exception} />
      </h2>
      <p className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <ExceptionStateBadge exception={exception} today={today} />
        <span>
          <DateText date={startsOn} /> – <DateText date={endsOn} />
        </span>
        {exception.soleDecider && (
          <Badge tone="caution" shape="triangle">
            {t("sole")}
          </Badge>
        )}
      </p>
      <p className="mt-0.5 text-muted text-sm">
        {t("grantedBy", { name: exception.grantedBy })} · <Moment at={grantedAt} timeZone={timeZone} />
      </p>
      <RecordedLater at={grantedAt} recordedAt={recordedAt} timeZone={timeZone} />
      <p className="mt-2 whitespace-pre-line text-sm">{exception.reason}</p>
      <Withdrawal exception={exception} timeZone={timeZone} />
      {counts && withdraw !== undefined && (
        <details className="mt-2 print:hidden">
          <summary className="link w-fit text-sm">
            {t("withdraw.summary")}
            <span className="sr-only">
              : <ExceptionHolder exception={exception} />
            </span>
          </summary>
          <div className="mt-3 max-w-prose">
            <WithdrawExceptionForm withdraw={withdraw} exceptionId={id} />
          </div>
        </details>
      )}
    </article>
  );
}

function Withdrawal({ exception, timeZone }: { exception: ExceptionRow; timeZone: string }) {
  const t = useTranslations("exceptions");
  const { withdrawnAt, withdrawnBy, withdrawnReason } = exception;
  if (withdrawnAt === null) return null;
  return (
    <div className="mt-2 text-sm">
      <p className="text-muted">
        {t("withdrawnBy", { name: withdrawnBy ?? "" })} · <Moment at={withdrawnAt} timeZone={timeZone} />
      </p>
      <p className="whitespace-pre-line">{withdrawnReason}</p>
    </div>
  );
}
