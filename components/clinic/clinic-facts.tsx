import { useTranslations } from "next-intl";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { CLINIC_FACTS, type ClinicFacts as Facts } from "#lib/domain/clinic/settings/schema.ts";

type ClinicFactsProps = { facts: Facts; zone: string };

/** What is written down of the clinic. An unknown says so. */
export function ClinicFacts({ facts, zone }: ClinicFactsProps) {
  const t = useTranslations("clinic-facts");
  const none = <span className="text-muted">{t("answer.unknown")}</span>;
  return (
    <DescriptionList
      facts={[
        { term: t("legalName"), description: <span className="wrap-anywhere">{facts.legalName || none}</span> },
        {
          term: t("address"),
          description: <span className="whitespace-pre-line wrap-anywhere">{facts.address || none}</span>,
        },
        { term: t("timeZone"), description: zone },
        { term: t("states"), description: facts.states.join(", ") || none },
        ...CLINIC_FACTS.map((fact) => ({
          term: t(`fact.${fact}`),
          description: (
            <>
              {t(`answer.${facts[fact]}`)}
              <p className="text-muted text-sm">{t(`why.${fact}`)}</p>
            </>
          ),
        })),
      ]}
    />
  );
}
