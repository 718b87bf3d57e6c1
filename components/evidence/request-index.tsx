import { useTranslations } from "next-intl";
import { ListControls } from "#components/data-table/list-controls.tsx";
import type { ListAddress } from "#components/data-table/list-state.ts";
import { Section } from "#components/ui/section.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { ANSWER_STATUSES, type IndexRow } from "#lib/domain/evidence/schema.ts";
import { AnswerBadge } from "./pack-status.tsx";

export type AskedItem = IndexRow & { readonly asks: string };

const rules = ["security", "privacy", "breach"] as const;

type RequestIndexProps = { items: readonly AskedItem[]; list: ListAddress };

/** Every request item of the protocol, under its rule, with what a pack made now would hold for it. */
export function RequestIndex({ items, list }: RequestIndexProps) {
  const t = useTranslations("evidence");
  const wanted = list.state.filters.status ?? [];
  const shown = items.filter((item) => wanted.length === 0 || wanted.includes(item.status));
  const filter = {
    name: "status",
    label: t("indexStatus"),
    options: ANSWER_STATUSES.map((status) => ({
      value: status,
      label: t(`answers.${status}`),
      count: items.filter((item) => item.status === status).length,
    })),
  };
  return (
    <Section title={t("index")} id="index" lede={t("indexLede")}>
      <ListControls list={list} filters={[filter]} sortable={[]} />
      <div className="space-y-8">
        {rules.map((rule) => (
          <RuleItems key={rule} rule={rule} items={shown.filter((item) => item.rule === rule)} />
        ))}
      </div>
    </Section>
  );
}

function RuleItems({ rule, items }: { rule: (typeof rules)[number]; items: readonly AskedItem[] }) {
  const t = useTranslations("evidence");
  if (items.length === 0) return null;
  return (
    <section aria-labelledby={`rule-${rule}`}>
      <h3 id={`rule-${rule}`} className="mb-1 font-semibold">
        {t(`rule.${rule}`)}{" "}
        <span className="font-normal text-muted text-sm">{t("ruleCount", { count: items.length })}</span>
      </h3>
      <Table caption={t(`rule.${rule}`)} hideCaption>
        <thead>
          <tr>
            <Th>{t("item")}</Th>
            <Th className="w-1/2 min-w-72">{t("asked")}</Th>
            <Th className="min-w-28">{t("answer")}</Th>
            <Th className="min-w-52">{t("files")}</Th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <ItemRow key={item.item} item={item} />
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function ItemRow({ item }: { item: AskedItem }) {
  const t = useTranslations("evidence");
  return (
    <tr>
      <Td numeric className="text-muted">
        {item.item}
      </Td>
      <Th scope="row" className="font-normal">
        <span className="font-medium">{item.title}</span>
        <span className="block text-muted text-xs">{item.citation}</span>
        <span className="mt-1 block">{item.asks}</span>
      </Th>
      <Td className="whitespace-nowrap">
        <AnswerBadge status={item.status} />
      </Td>
      <Td>
        {item.files.length === 0 ? (
          <span className="text-muted">{t("noFiles")}</span>
        ) : (
          <ul>
            {item.files.map((file) => (
              <li key={file} className="break-all font-mono text-xs">
                data/{file}
              </li>
            ))}
          </ul>
        )}
        {item.status === "partly" &&
          item.missing.map((sentence) => (
            <p key={sentence} className="mt-1 text-muted text-xs">
              {sentence}
            </p>
          ))}
      </Td>
    </tr>
  );
}
