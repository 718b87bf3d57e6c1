"use client";

import { useTranslations } from "next-intl";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { Jump } from "./shortcut-keys.ts";

export function ShortcutList({ jumps }: { jumps: readonly Jump[] }) {
  const t = useTranslations("layout.shortcuts");
  const rows = [
    { keys: ["/"], does: t("search") },
    { keys: ["?"], does: t("help") },
    ...jumps.map((jump) => ({ keys: ["g", jump.key], does: t("go", { page: jump.label }) })),
  ];
  return (
    <Table caption={t("title")} hideCaption>
      <thead>
        <tr>
          <Th>{t("key")}</Th>
          <Th>{t("does")}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.keys.join()}>
            <Td className="whitespace-nowrap">
              {row.keys.map((key, index) => (
                <span key={key}>
                  {index > 0 && <span className="px-1 text-muted text-xs">{t("then")}</span>}
                  <kbd className="rounded-sm border bg-sunken px-1.5 py-0.5 font-mono text-xs">{key}</kbd>
                </span>
              ))}
            </Td>
            <Td>{row.does}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
