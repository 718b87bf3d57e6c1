import Link from "next/link";
import { useTranslations } from "next-intl";
import { StandingLegend } from "./standing-legend.tsx";

const EXAMPLES = ["ChatGPT", "DeepSeek", "chat.deepseek.com", "Otter"] as const;

/** Before anything is asked: what can be, and what the answers look like. */
export function LookUpExamples({ path }: { path: string }) {
  const t = useTranslations("look-up");
  return (
    <div className="space-y-6">
      <section aria-labelledby="examples">
        <h2 id="examples" className="font-medium text-sm">
          {t("examples")}
        </h2>
        <ul className="mt-1.5 flex flex-wrap gap-2">
          {EXAMPLES.map((example) => (
            <li key={example}>
              <Link
                prefetch={false}
                href={`${path}?q=${encodeURIComponent(example)}`}
                className="inline-flex min-h-8 items-center rounded-full border border-line-strong/50 px-3 text-sm hover:bg-hover pointer-coarse:min-h-11"
              >
                {example}
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <StandingLegend />
    </div>
  );
}
