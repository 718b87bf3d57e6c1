import { useLocale, useTranslations } from "next-intl";
import { Callout } from "#components/ui/callout.tsx";
import type { OwnSignature as Signed } from "#lib/domain/policies/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { TextHash } from "./text-hash.tsx";

type OwnSignatureProps = { own: Signed; timeZone: string };

/** What one signed, when and how: it stays, whatever is issued later. */
export function OwnSignature({ own, timeZone }: OwnSignatureProps) {
  const t = useTranslations("policies.sign");
  const moment = momentText(own.signedAt, useLocale(), timeZone);
  return (
    <Callout tone="positive" title={t("own", { moment, name: own.typedName })}>
      <p>{t("ownText", { locale: own.locale, statement: own.statement })}</p>
      <p className="mt-1">{t("ownHelp")}</p>
      <div className="mt-2">
        <TextHash sha256={own.textSha256} />
      </div>
    </Callout>
  );
}
