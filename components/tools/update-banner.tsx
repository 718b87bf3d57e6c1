import { useTranslations } from "next-intl";
import { Callout } from "#components/ui/callout.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

/** That the catalogue knows more than the register, where it does. */
export function UpdateBanner({ count, href }: { count: number; href: string }) {
  const t = useTranslations("updates");
  if (count === 0) return null;
  return (
    <div className="mb-6 print:hidden">
      <Callout title={t("banner", { count })} actions={<LinkButton href={href}>{t("open")}</LinkButton>} />
    </div>
  );
}
