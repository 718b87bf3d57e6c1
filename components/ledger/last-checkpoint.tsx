import { useTranslations } from "next-intl";
import { Moment } from "#components/layout/moments.tsx";
import { Section } from "#components/ui/section.tsx";

type LastCheckpointProps = {
  checkpoint: { size: number; signedAt: Date } | null;
  /** How many entries the ledger has. */
  size: number;
  timeZone: string;
};

/** Up to where the ledger is signed, and how much has been written since. */
export function LastCheckpoint({ checkpoint, size, timeZone }: LastCheckpointProps) {
  const t = useTranslations("ledger");
  return (
    <Section title={t("checkpoint")} id="checkpoint" lede={t("checkpointHelp")} boxed>
      {checkpoint === null ? (
        <p className="text-sm">{t("checkpointNone")}</p>
      ) : (
        <p className="text-sm">
          <Moment at={checkpoint.signedAt} timeZone={timeZone} /> {t("checkpointOver", { size: checkpoint.size })}{" "}
          {t("checkpointAfter", { count: size - checkpoint.size })}
        </p>
      )}
    </Section>
  );
}
