import { getFormatter, getTranslations } from "next-intl/server";
import { Callout } from "#components/ui/callout.tsx";
import { getLeaders } from "#lib/domain/clinic/queries.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import type { Refusal } from "#lib/kernel/errors.ts";
import { say } from "#lib/platform/i18n/say.ts";

/** In a form's place: what the command behind it would refuse, in the same words, and which owners can do it. */
export async function NotYours({ ctx, refusal }: { ctx: ClinicContext; refusal: Refusal }) {
  const [t, format, leaders] = await Promise.all([getTranslations("people"), getFormatter(), getLeaders(ctx, {})]);
  const owners = leaders.flatMap(({ name, role }) => (role === "owner" ? [name] : []));
  return (
    <Callout tone="caution" title={say(ctx.locale, "refusals")(refusal.code, refusal.params)}>
      {owners.length > 0 && t("ownersCan", { count: owners.length, names: format.list(owners) })}
    </Callout>
  );
}
