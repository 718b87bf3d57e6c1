import { useTranslations } from "next-intl";

type TextHashProps = {
  sha256: string;
  /** Also what it is for. */
  explained?: boolean | undefined;
};

/** The fingerprint of an exact text. */
export function TextHash({ sha256, explained }: TextHashProps) {
  const t = useTranslations("policies.text");
  return (
    <div className="text-muted text-xs">
      <p>
        {t("sha256")}: <code className="break-all font-mono">{sha256}</code>
      </p>
      {explained && <p className="mt-0.5 max-w-prose">{t("sha256Help")}</p>}
    </div>
  );
}
