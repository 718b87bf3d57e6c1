import { useTranslations } from "next-intl";
import { Callout } from "#components/ui/callout.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

/** Above a version that counts no more. */
export function ReplacedNote({ newest, href }: { newest: number; href: string }) {
  const t = useTranslations("policies.text");
  return (
    <div className="mb-6">
      <Callout
        tone="caution"
        title={t("replaced")}
        actions={
          <LinkButton href={href} className="print:hidden">
            {t("toNewest", { number: newest })}
          </LinkButton>
        }
      />
    </div>
  );
}
