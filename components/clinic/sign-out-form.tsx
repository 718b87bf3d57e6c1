import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";

type SignOutFormProps = {
  action: (form: FormData) => Promise<void>;
  /** Where to go afterwards, if not to the sign-in page. */
  next?: string | undefined;
};

/** A form and not a link, so that nothing that follows links signs anybody out. */
export function SignOutForm({ action, next }: SignOutFormProps) {
  const t = useTranslations("clinic.shell");
  return (
    <form action={action}>
      {next !== undefined && <input type="hidden" name="next" value={next} />}
      <Button type="submit" size="small">
        {t("signOut")}
      </Button>
    </form>
  );
}
