import { getFormatter, getTranslations } from "next-intl/server";
import { Callout } from "#components/ui/callout.tsx";
import { getLeaders } from "#lib/domain/clinic/queries.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import type { Refusal } from "#lib/kernel/errors.ts";
import { say } from "#lib/platform/i18n/say.ts";

type NotYoursProps = {
  ctx: ClinicContext;
  refusal: Refusal;
  /** Whom the page is about, where they can't do it themselves. */
  about: { readonly id: string; readonly name: string } | null;
  /** What is left to do where nobody else is an owner, by its word. */
  alone: "anotherOwnerFirst" | "anotherOwnerOrOperator";
};

/** In a form's place: what the command behind it would refuse, in the same words, and which owners can do it. */
export async function NotYours({ ctx, refusal, about, alone }: NotYoursProps) {
  const [t, format, leaders] = await Promise.all([getTranslations("people"), getFormatter(), getLeaders(ctx, {})]);
  const owners = leaders.flatMap(({ id, name, role }) => (role === "owner" && id !== about?.id ? [name] : []));
  if (owners.length === 0 && about !== null) {
    return (
      <Callout tone="caution" title={t("notYours.onlyOwner", { name: about.name })}>
        {t(`notYours.${alone}`, { name: about.name })}
      </Callout>
    );
  }
  return (
    <Callout tone="caution" title={say(ctx.locale, "refusals")(refusal.code, refusal.params)}>
      {owners.length > 0 &&
        t("notYours.ownersCan", { count: owners.length, names: format.list(owners, { type: "disjunction" }) })}
    </Callout>
  );
}
