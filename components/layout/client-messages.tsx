import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";

// What the client components of `components/layout` and `components/data-table` say.
const shared = ["layout", "list"];

type ClientMessagesProps = { namespaces?: readonly string[]; children: ReactNode };

/** Sends only the named words to the browser. Wrap what uses `useTranslations` in a client component with it. */
export async function ClientMessages({ namespaces = [], children }: ClientMessagesProps) {
  const messages = await getMessages();
  const chosen = Object.fromEntries([...shared, ...namespaces].map((name) => [name, messages[name]]));
  return <NextIntlClientProvider messages={chosen}>{children}</NextIntlClientProvider>;
}
