import { useLocale, useTranslations } from "next-intl";
import { sentenceOf } from "#lib/domain/ledger/rules.ts";
import type { EventShown } from "#lib/domain/ledger/schema.ts";

type EventSentenceProps = {
  event: EventShown;
  names: Readonly<Record<string, string | null>>;
  timeZone: string;
};

/** What happened, in one sentence and in the reader's language. */
export function EventSentence({ event, names, timeZone }: EventSentenceProps) {
  const t = useTranslations("ledger");
  const locale = useLocale();
  return sentenceOf(event, {
    words: (key, params) => t(key, params),
    locale,
    timeZone,
    nameOf: (memberId) => names[memberId] ?? null,
  });
}
