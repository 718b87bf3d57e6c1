import { getTranslations } from "next-intl/server";
import { SignInRulesForm } from "#components/clinic/access/sign-in-rules-form.tsx";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { Section } from "#components/ui/section.tsx";
import { getSignInRules } from "#lib/domain/clinic/access/queries.ts";
import { IDLE_MINUTES_MAX, IDLE_MINUTES_MIN } from "#lib/domain/clinic/access/schema.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { can } from "#lib/domain/permissions.ts";
import { setSignInRulesAction } from "./actions.ts";

/** The section of the settings that says how people sign in; the owner changes it there. */
export async function SignInRules({ ctx }: { ctx: ClinicContext }) {
  const rules = await getSignInRules(ctx, {});
  const t = await getTranslations("account.rules");
  return (
    <Section title={t("title")} id="sign-in-rules" lede={t("lede")}>
      {can(ctx, "clinic.configure") ? (
        <ClientMessages namespaces={["account"]}>
          <SignInRulesForm
            action={setSignInRulesAction.bind(null, ctx.slug)}
            {...rules}
            idleMinutesMin={IDLE_MINUTES_MIN}
            idleMinutesMax={IDLE_MINUTES_MAX}
          />
        </ClientMessages>
      ) : (
        <>
          <p>{t("idleNow", { minutes: rules.idleMinutes })}</p>
          <p>{t(rules.secondFactorForAll ? "secondNowAll" : "secondNowRoles")}</p>
          <p className="mt-1 text-muted text-sm">{t("who")}</p>
        </>
      )}
    </Section>
  );
}
