import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AddPasskeyForm } from "#components/clinic/access/add-passkey-form.tsx";
import { AddTotpForm } from "#components/clinic/access/add-totp-form.tsx";
import { PasswordQuestion } from "#components/clinic/access/password-question.tsx";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { Moment } from "#components/layout/moments.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { QrCode } from "#components/ui/qr-code.tsx";
import { Section } from "#components/ui/section.tsx";
import { listMemberships, requireSession } from "#lib/domain/clinic/current.ts";
import { listOwnFactors, type OwnFactor, offerTotp } from "#lib/platform/auth/factors.ts";
import { safeNextPath } from "#lib/platform/auth/next-path.ts";
import type { CurrentSession } from "#lib/platform/auth/session.ts";
import {
  addPasskeyAction,
  addTotpAction,
  askToAddPasskeyAction,
  removeFactorAction,
  renewRecoveryCodesAction,
} from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.secondStep");
  return { title: t("title") };
}

type SecondStepPageProps = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SecondStepPage({ searchParams }: SecondStepPageProps) {
  const session = await requireSession();
  const next = safeNextPath((await searchParams).next) ?? "/account";
  const t = await getTranslations("account.secondStep");
  const { factors, recoveryCodesLeft } = await listOwnFactors(session.accountId);
  return (
    <ClientMessages namespaces={["account"]}>
      <PageHeader title={t("title")} lede={t("lede")} back={{ href: "/account", label: t("back") }} />
      <div className="space-y-10">
        {factors.length > 0 && (
          <Managing session={session} factors={factors} recoveryCodesLeft={recoveryCodesLeft} next={next} />
        )}
        <Adding
          session={session}
          isNeeded={session.needsFactor && factors.length === 0}
          hasApp={factors.some(({ kind }) => kind === "totp")}
          next={next}
        />
      </div>
    </ClientMessages>
  );
}

type AddingProps = { session: CurrentSession; isNeeded: boolean; hasApp: boolean; next: string };

async function Adding({ session, isNeeded, hasApp, next }: AddingProps) {
  const t = await getTranslations("account.secondStep");
  const { secret, sealed, address } = offerTotp(session, new Date());
  return (
    <div className="space-y-10">
      {isNeeded && <Callout title={t("needed")} />}
      {hasApp || (
        <Section title={t("enrolTitle")} id="add">
          <AddTotpForm
            action={addTotpAction}
            hasPassword={session.hasPassword}
            secret={secret.replace(/(.{4})(?=.)/g, "$1 ")}
            sealed={sealed}
            picture={<QrCode text={address} label={t("qr")} />}
            nextHref={next}
          />
        </Section>
      )}
      <AddPasskeyForm
        ask={askToAddPasskeyAction}
        action={addPasskeyAction}
        hasPassword={session.hasPassword}
        nextHref={next}
      />
    </div>
  );
}

type ManagingProps = {
  session: CurrentSession;
  factors: readonly OwnFactor[];
  recoveryCodesLeft: number;
  next: string;
};

async function Managing({ session, factors, recoveryCodesLeft, next }: ManagingProps) {
  const t = await getTranslations("account.secondStep");
  const passkey = await getTranslations("account.passkey");
  const timeZone = (await listMemberships(session.accountId))[0]?.timeZone ?? "UTC";
  return (
    <div className="space-y-10">
      {factors.map(({ id, kind, name, addedAt, lastUsedAt }) => (
        <Section key={id} title={kind === "passkey" ? `${passkey("title")}: ${name}` : t("totp")} id={`factor-${id}`}>
          <p className="mb-4 text-muted text-sm">
            {t("added")} <Moment at={addedAt} timeZone={timeZone} /> · {t("lastUsed")}{" "}
            {lastUsedAt === null ? t("never") : <Moment at={lastUsedAt} timeZone={timeZone} />}
          </p>
          <PasswordQuestion
            action={removeFactorAction}
            hasPassword={session.hasPassword}
            scope={`remove-${id}`}
            submitLabel={kind === "passkey" ? passkey("remove") : t("remove")}
            refusedTitle={t("refusedRemove")}
            nextHref={next}
          >
            <p className="text-sm">{t("removeHelp")}</p>
            <input type="hidden" name="factorId" value={id} />
          </PasswordQuestion>
        </Section>
      ))}
      <Section title={t("codesTitle")} id="codes" lede={t("codesHelp")}>
        <p className="mb-4">{t("codesLeft", { count: recoveryCodesLeft })}</p>
        <PasswordQuestion
          action={renewRecoveryCodesAction}
          hasPassword={session.hasPassword}
          scope="renew"
          submitLabel={t("renew")}
          refusedTitle={t("refusedRenew")}
          nextHref={next}
        >
          <p className="text-sm">{t("renewHelp")}</p>
        </PasswordQuestion>
      </Section>
    </div>
  );
}
