import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Card } from "#components/ui/section.tsx";

/** The first thing on the page for who has a tool open in the other window. */
export function LookUpBox({ action, titled }: { action: string; titled?: boolean | undefined }) {
  const t = useTranslations("calendar.lookUp");
  return (
    <Card>
      {titled && <h2 className="mb-3 font-semibold text-lg">{t("title")}</h2>}
      {/* GET, so that the answer has an address and works without JavaScript. */}
      <search>
        <form action={action}>
          <Field name="q" label={t("label")} help={t("help")}>
            {(control) => (
              <div className="flex gap-2">
                <Input {...control} type="search" autoComplete="off" autoCapitalize="none" spellCheck={false} />
                <Button type="submit" variant="primary" className="shrink-0">
                  <Search aria-hidden="true" />
                  {t("submit")}
                </Button>
              </div>
            )}
          </Field>
        </form>
      </search>
    </Card>
  );
}
