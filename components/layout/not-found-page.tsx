import { useTranslations } from "next-intl";
import { LinkButton } from "#components/ui/link-button.tsx";

/** The same words for what does not exist and for what belongs to somebody else. */
export function NotFoundPage({ backHref = "/" }: { backHref?: string | undefined }) {
  const t = useTranslations("layout.notFound");
  return (
    <div className="max-w-prose">
      <h1 className="font-semibold text-2xl">{t("title")}</h1>
      <p className="mt-3 text-muted">{t("text")}</p>
      <p className="mt-6">
        <LinkButton href={backHref}>{t("back")}</LinkButton>
      </p>
    </div>
  );
}
