import { useTranslations } from "next-intl";

type PrintHeaderProps = {
  clinic: string;
  title: string;
  /** The moment the page shows, in full and in the clinic's zone. */
  asOf: string;
};

/** On paper only: whose record this is, which, and as of when. Page numbers come from `@page`. */
export function PrintHeader({ clinic, title, asOf }: PrintHeaderProps) {
  const t = useTranslations("layout.print");
  return (
    <div className="mb-6 hidden border-b pb-2 text-xs print:flex print:justify-between" aria-hidden="true">
      <span>
        {clinic} · {title}
      </span>
      <span>{t("asOf", { moment: asOf })}</span>
    </div>
  );
}
