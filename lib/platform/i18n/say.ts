import { createTranslator } from "use-intl/core";
import type { Locale } from "./locales.ts";
import { loadMessages } from "./messages.ts";

/** Words of one file of a language, for code that composes keys: sentences of events, refusals, values of lists. */
export type Say = (key: string, params?: Record<string, string | number | Date>) => string;

export function say(locale: Locale, namespace: string): Say {
  const translate = createTranslator({ locale, messages: loadMessages(locale), namespace, timeZone: "UTC" });
  // createTranslator knows its keys from the type of the messages; ours are read from disk and tested instead.
  return translate as unknown as Say;
}
