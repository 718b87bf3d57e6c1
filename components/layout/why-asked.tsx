import { CircleQuestionMark } from "lucide-react";
import { useTranslations } from "next-intl";
import { DateText } from "#components/layout/moments.tsx";

type WhyAskedProps = {
  /** The name of the place in messages/<locale>/help.json. */
  place: string;
  items: ReadonlyArray<{ readonly item: number; readonly title: string; readonly citation: string }>;
  asOf: string;
};

/** Why OCR asks for what stands on a page: folded away until somebody wonders, and left out of print. */
export function WhyAsked({ place, items, asOf }: WhyAskedProps) {
  const t = useTranslations("help");
  return (
    <details className="mb-6 max-w-prose rounded-md border px-3 text-sm print:hidden">
      <summary className="flex min-h-9 cursor-pointer list-none items-center gap-2 font-medium pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden">
        <CircleQuestionMark className="size-4 shrink-0 text-muted" aria-hidden="true" />
        {t("title")}
      </summary>
      <div className="space-y-2 pb-3">
        <p>{t(`place.${place}`)}</p>
        <ul className="space-y-1">
          {items.map(({ item, title, citation }) => (
            <li key={item}>
              {t("item", { item })} <span lang="en">{title}</span>
              <span className="block text-muted text-xs">{citation}</span>
            </li>
          ))}
        </ul>
        <p className="text-muted text-xs">
          {t("source")} <DateText date={asOf} />
        </p>
      </div>
    </details>
  );
}
