import { getTranslations } from "next-intl/server";
import { PasswordQuestion } from "#components/clinic/access/password-question.tsx";
import { Moment } from "#components/layout/moments.tsx";
import { Refused } from "#components/layout/refused.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Section } from "#components/ui/section.tsx";
import { listOwnLinks } from "#lib/platform/auth/linked.ts";
import { offeredProviders, providerName } from "#lib/platform/auth/providers.ts";
import type { CurrentSession } from "#lib/platform/auth/session.ts";
import { linkProviderAction, unlinkProviderAction } from "./actions.ts";

type LinkedProvidersProps = {
  session: CurrentSession;
  timeZone: string;
  /** Whether the browser just came back from linking one. */
  isLinked: boolean;
  problem: string | null;
};

/** Who vouches for the holder, and who else could; nothing where this installation offers nobody. */
export async function LinkedProviders({ session, timeZone, isLinked, problem }: LinkedProvidersProps) {
  const links = await listOwnLinks(session.accountId);
  const offered = offeredProviders().filter(({ key }) =>
    links.every((link) => link.provider !== key || link.isByClinic),
  );
  if (links.length === 0 && offered.length === 0) return null;
  const t = await getTranslations("sign-on");
  return (
    <Section title={t("title")} id="linked" lede={t("lede")}>
      <div className="space-y-6">
        {problem !== null && <Refused state={{ message: problem }} title={t("refusedLink")} />}
        {isLinked && links.length > 0 && <Callout tone="positive" role="status" title={t("linked")} />}
        {links.map(({ id, provider, name, isByClinic, addedAt, lastUsedAt }) => (
          <div key={id} className="rounded-md border p-4">
            <p className="font-medium wrap-anywhere">
              {providerName(provider)}
              {name !== "" && `: ${name}`}
            </p>
            {isByClinic && <p className="text-sm">{t("byClinic")}</p>}
            <p className="mb-4 text-muted text-sm">
              {t("since")} <Moment at={addedAt} timeZone={timeZone} /> · {t("lastUsed")}{" "}
              {lastUsedAt === null ? t("never") : <Moment at={lastUsedAt} timeZone={timeZone} />}
            </p>
            <PasswordQuestion
              action={unlinkProviderAction}
              hasPassword={session.hasPassword}
              scope={`unlink-${id}`}
              submitLabel={t("unlink", { provider: providerName(provider) })}
              refusedTitle={t("refusedUnlink")}
              nextHref="/account"
            >
              <input type="hidden" name="linkId" value={id} />
            </PasswordQuestion>
          </div>
        ))}
        {offered.map(({ key, name }) => (
          <PasswordQuestion
            key={key}
            action={linkProviderAction}
            hasPassword={session.hasPassword}
            scope={`link-${key}`}
            submitLabel={t("link", { provider: name })}
            refusedTitle={t("refusedLink")}
            nextHref="/account"
          >
            <input type="hidden" name="provider" value={key} />
          </PasswordQuestion>
        ))}
      </div>
    </Section>
  );
}
