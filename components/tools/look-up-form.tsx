import { Search } from "lucide-react";
import NextForm from "next/form";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { LOOK_UP_LENGTH_MAX } from "#lib/domain/tools/look-up/schema.ts";
import { GOES_IN, type GoesIn } from "#lib/domain/tools/requests/schema.ts";

type LookUpFormProps = { path: string; asked: string; goesIn: GoesIn | null };

/** The one box: the question goes into the address, so an answer can be sent to a colleague. */
export function LookUpForm({ path, asked, goesIn }: LookUpFormProps) {
  const t = useTranslations("look-up");
  return (
    <search>
      <NextForm action={path} prefetch={false} className="space-y-3">
        <TextField
          key={asked}
          name="q"
          type="search"
          label={t("label")}
          help={t("noPatientInformation")}
          defaultValue={asked}
          maxLength={LOOK_UP_LENGTH_MAX}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="search"
        />
        <RadioGroup
          key={goesIn}
          name="goesIn"
          label={t("goesIn.label")}
          choices={GOES_IN.map((choice) => ({ value: choice, label: t(`goesIn.${choice}`) }))}
          defaultValue={goesIn ?? undefined}
          inline
        />
        <Button type="submit" variant="primary">
          <Search aria-hidden="true" />
          {t("submit")}
        </Button>
      </NextForm>
    </search>
  );
}
