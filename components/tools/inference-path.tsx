import { useTranslations } from "next-intl";
import { DateText, Moment } from "#components/layout/moments.tsx";
import type { PathShown } from "#lib/domain/vendors/paths/schema.ts";
import { InferencePathDrawing } from "./inference-path-drawing.tsx";
import { InferencePathTable } from "./inference-path-table.tsx";
import { KeptFile } from "./kept-file.tsx";
import { RecordedLater } from "./recorded-later.tsx";

type InferencePathProps = { path: PathShown; today: string; timeZone: string; start: string; filesPath: string };

/** A recorded path: whether it is covered today in a sentence, the line, where the vendor states it, and the table behind it. */
export function InferencePath({ path, today, timeZone, start, filesPath }: InferencePathProps) {
  const t = useTranslations("paths");
  const uncovered = path.hops.filter((hop) => !hop.covered);
  const names = uncovered.map((hop) => hop.processor).join(", ");
  const table = <InferencePathTable hops={path.hops} today={today} start={start} filesPath={filesPath} />;
  return (
    <div className="space-y-4">
      <p className="max-w-prose text-sm">
        {uncovered.length === 0
          ? t("all", { count: path.hops.length })
          : t("some", { uncovered: uncovered.length, names })}
      </p>
      <InferencePathDrawing hops={path.hops} today={today} />
      <div className="text-sm">
        <p className="wrap-anywhere">
          <span className="text-muted">{t("statedIn")}</span> {path.statedIn}
          {path.statedOn !== null && (
            <>
              , {t("statedOn")} <DateText date={path.statedOn} />
            </>
          )}
        </p>
        {path.file !== null && <KeptFile file={path.file} filesPath={filesPath} hashLabel={t("hash")} />}
        <p className="text-muted">
          {t("number", { number: path.number })} · {t("recordedBy", { name: path.enteredBy })} ·{" "}
          <Moment at={path.enteredAt} timeZone={timeZone} />
        </p>
        <RecordedLater at={path.enteredAt} recordedAt={path.recordedAt} timeZone={timeZone} />
      </div>
      <details className="text-sm print:hidden">
        <summary className="link w-fit">{t("table.show")}</summary>
        <div className="mt-2">{table}</div>
      </details>
      {/* Paper opens nothing. */}
      <div className="hidden print:block">{table}</div>
    </div>
  );
}
