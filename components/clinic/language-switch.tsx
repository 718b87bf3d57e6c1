import { useLocale, useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { LOCALES } from "#lib/domain/context.ts";

/** The other language, in its own words. */
export function LanguageSwitch({ action }: { action: (form: FormData) => Promise<void> }) {
  const t = useTranslations("clinic.language");
  const current = useLocale();
  return (
    <form action={action} className="flex gap-1">
      {LOCALES.filter((locale) => locale !== current).map((locale) => (
        <Button key={locale} type="submit" variant="quiet" size="small" name="locale" value={locale} lang={locale}>
          {t(locale)}
        </Button>
      ))}
    </form>
  );
}
