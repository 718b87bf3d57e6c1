import { useTranslations } from "next-intl";
import type { Known, UpdatedField } from "#lib/domain/tools/updates/schema.ts";
import { Recommendation } from "./status-badge.tsx";
import { Hostnames, Sources } from "./tool-facts.tsx";
import { Category, ModelFamily } from "./tool-words.tsx";

/** What the register or the catalogue says in one field. */
export function KnownField({ known, field }: { known: Known; field: UpdatedField }) {
  const t = useTranslations("tools.facts");
  const { facts } = known;
  switch (field) {
    case "modelFamily":
      return <ModelFamily name={known.modelFamily} />;
    case "category":
      return <Category name={known.category} />;
    case "baa":
      return t(`baaAnswer.${facts.baa}`);
    case "trainsOnInputs":
      return t(`trainingAnswer.${facts.trainsOnInputs}`);
    case "recommendation":
      return <Recommendation recommendation={facts.recommendation} />;
    case "conditions":
      return <Conditions conditions={facts.conditions} />;
    case "why":
      return <Why why={facts.why} />;
    case "sources":
      return <Sources sources={facts.sources} />;
    case "hostnames":
      return <Hostnames names={known.hostnames} />;
    case "jurisdiction":
    case "dataResidency":
    case "retention":
    case "notes":
      return facts[field] === "" ? <Nothing /> : facts[field];
    default: {
      const unhandled: never = field;
      return unhandled;
    }
  }
}

function Nothing() {
  const t = useTranslations("updates.one");
  return <span className="text-muted">{t("nothing")}</span>;
}

function Conditions({ conditions }: { conditions: readonly string[] }) {
  if (conditions.length === 0) return <Nothing />;
  return (
    <ul className="list-disc pl-5">
      {conditions.map((condition) => (
        <li key={condition}>{condition}</li>
      ))}
    </ul>
  );
}

function Why({ why }: { why: Known["facts"]["why"] }) {
  const t = useTranslations("updates.one");
  return (
    <>
      <p>{why.en}</p>
      <p className="mt-2">
        <span className="text-muted">{t("spanish")}: </span>
        <span lang="es">{why.es}</span>
      </p>
    </>
  );
}
