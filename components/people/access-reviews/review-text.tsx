import { useTranslations } from "next-intl";

type ReviewTextProps = { text: string; sha256: string };

/** The text of a review, exactly, with its fingerprint. */
export function ReviewText({ text, sha256 }: ReviewTextProps) {
  const t = useTranslations("access-reviews.sign");
  return (
    <div className="space-y-2">
      <section
        aria-label={t("text")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-[32rem] overflow-y-auto rounded-md border p-4 print:max-h-none print:overflow-visible print:border-0 print:p-0"
      >
        <p lang="en" className="whitespace-pre-wrap wrap-anywhere text-sm">
          {text}
        </p>
      </section>
      <p className="text-muted text-xs">
        {t("sha256")}: <code className="break-all font-mono">{sha256}</code>
      </p>
    </div>
  );
}
