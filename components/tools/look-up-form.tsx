import { Search } from "lucide-react";
import NextForm from "next/form";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { LOOK_UP_LENGTH_MAX } from "#lib/domain/tools/look-up/schema.ts";

/** The one box: the question goes into the address, so an answer can be sent to a colleague. */
export function LookUpForm({ path, asked }: { path: string; asked: string }) {
  const t = useTranslations("look-up");
  return (
    <search>
      <NextForm action={path} prefetch={false} className="flex flex-col gap-2 sm:flex-row sm:items-end">
        <div className="min-w-0 flex-1">
          <TextField
            key={asked}
            name="q"
            type="search"
            label={t("label")}
            defaultValue={asked}
            maxLength={LOOK_UP_LENGTH_MAX}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            enterKeyHint="search"
          />
        </div>
        <Button type="submit" variant="primary">
          <Search aria-hidden="true" />
          {t("submit")}
        </Button>
      </NextForm>
      <p className="mt-2 text-muted text-sm">{t("noPatientInformation")}</p>
    </search>
  );
}
