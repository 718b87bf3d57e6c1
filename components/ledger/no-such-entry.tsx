import { useTranslations } from "next-intl";
import { Callout } from "#components/ui/callout.tsx";

const SHOWN_MAX = 40;

type NoSuchEntryProps = {
  /** The entry as the address asks for it. */
  asked: string | readonly string[] | undefined;
  /** Its number, if it is one. */
  entry: number | undefined;
  /** How many entries there are. */
  size: number;
};

/** Says that the ledger has no entry of the number that was asked for, where it has none. */
export function NoSuchEntry({ asked, entry, size }: NoSuchEntryProps) {
  const t = useTranslations("ledger");
  const isThere = entry !== undefined && entry < size;
  if (asked === undefined || asked === "" || size === 0 || isThere) return null;
  const text = [...(typeof asked === "string" ? asked : asked.join(", "))];
  return (
    <div className="mb-4">
      <Callout
        tone="caution"
        role="status"
        title={t("noSuchEntry", {
          asked: text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX).join("")}…` : text.join(""),
        })}
      >
        {t("lastEntry", { first: 0, last: size - 1 })}
      </Callout>
    </div>
  );
}
