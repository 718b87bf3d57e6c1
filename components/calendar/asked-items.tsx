import Link from "next/link";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";
import { Section } from "#components/ui/section.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { AskedItem } from "#lib/domain/calendar/asked/schema.ts";

const RULES = ["security", "privacy", "breach"] as const;

type AskedItemsProps = { items: readonly AskedItem[]; home: string };

/** Every item that records here answer, under its rule, with where to look; the rest is counted. */
export function AskedItems({ items, home }: AskedItemsProps) {
  const t = useTranslations("calendar.asked");
  const answered = items.filter(({ places }) => places.length > 0);
  const unanswered = items.length - answered.length;
  return (
    <Section title={t("title")} id="asked" lede={t("lede")}>
      <div className="space-y-8">
        {RULES.map((rule) => (
          <RuleItems key={rule} rule={rule} items={answered.filter((item) => item.rule === rule)} home={home} />
        ))}
      </div>
      <p className="mt-4 text-sm">
        <Link prefetch={false} href={`${home}/evidence?status=none#index`} className="link">
          {t("unanswered", { count: unanswered })}
        </Link>
      </p>
    </Section>
  );
}

function RuleItems({ rule, items, home }: AskedItemsProps & { rule: (typeof RULES)[number] }) {
  const t = useTranslations("calendar.asked");
  const sections = useTranslations("calendar.section");
  if (items.length === 0) return null;
  return (
    <Table caption={t(`rule.${rule}`)}>
      <thead>
        <tr>
          <Th numeric>{t("item")}</Th>
          <Th className="min-w-48">{t("asks")}</Th>
          <Th className="min-w-28">{t("answer")}</Th>
          <Th className="min-w-40">{t("look")}</Th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ item, title, citation, status, places }) => (
          <tr key={item}>
            <Td numeric className="text-muted">
              {item}
            </Td>
            <Th scope="row" className="font-normal">
              <span className="font-medium">{title}</span>
              <span className="block text-muted text-xs">{citation}</span>
            </Th>
            <Td>
              <Badge
                plain
                tone={status === "answered" ? "positive" : "limited"}
                shape={status === "answered" ? "tick" : "half"}
              >
                {t(`status.${status}`)}
              </Badge>
            </Td>
            <Td>
              <ul>
                {places.map(({ section, path }) => (
                  <li key={section}>
                    <Link prefetch={false} href={`${home}${path}`} className="link">
                      {sections(section)}
                    </Link>
                  </li>
                ))}
              </ul>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
