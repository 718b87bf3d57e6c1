import { useFormatter, useTranslations } from "next-intl";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { Role } from "#lib/domain/context.ts";
import { LeadersNamed } from "./who-to-ask.tsx";

type ForbiddenPageProps = { allowedRoles: readonly Role[]; backHref: string };

/** The page exists and is not for this role: which roles have it, and who of the clinic can do what it is for. */
export function ForbiddenPage({ allowedRoles, backHref }: ForbiddenPageProps) {
  const t = useTranslations("forbidden");
  const format = useFormatter();
  const names = allowedRoles.map((role) => t(`role.${role}`));
  const roles = format.list(names, { type: "disjunction" });
  return (
    <div className="max-w-prose">
      <h1 className="font-semibold text-2xl">{t("title")}</h1>
      <p className="mt-3 text-muted">{t("text", { roles })}</p>
      <LeadersNamed roles={allowedRoles} label={t("ask")} />
      <p className="mt-6">
        <LinkButton href={backHref}>{t("back")}</LinkButton>
      </p>
    </div>
  );
}
