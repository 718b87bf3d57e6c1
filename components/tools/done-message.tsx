import { useTranslations } from "next-intl";
import { FormMessage } from "#components/ui/form-message.tsx";

// An address can say which of these happened and how many; it can't bring words of its own.
const doneCodes = [
  "adopted",
  "prohibited",
  "already",
  "registered",
  "decided",
  "narrowed",
  "proposed",
  "approved",
  "restored",
] as const;

type DoneMessageProps = { done: unknown; count?: unknown };

/** What the form before this page did. */
export function DoneMessage({ done, count }: DoneMessageProps) {
  const t = useTranslations("tools.done");
  const code = doneCodes.find((known) => known === done);
  if (code === undefined) return null;
  const number = typeof count === "string" && /^\d{1,4}$/.test(count) ? Number(count) : 1;
  return (
    <div className="mb-6 print:hidden">
      <FormMessage>{t(code, { count: number })}</FormMessage>
    </div>
  );
}
