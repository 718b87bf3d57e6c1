import { useFormatter, useTranslations } from "next-intl";
import { Section } from "#components/ui/section.tsx";

export function WhomToAsk({ officers }: { officers: readonly string[] }) {
  const t = useTranslations("calendar.ask");
  const names = useFormatter().list(officers);
  return (
    <Section title={t("title")} id="ask">
      <p className="max-w-prose">
        {officers.length === 0 ? t("nobody") : t("text", { names, count: officers.length })}
      </p>
      <p className="mt-2 max-w-prose text-muted">{t("rule")}</p>
    </Section>
  );
}
