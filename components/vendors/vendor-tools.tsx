import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DateText } from "#components/layout/moments.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { VendorTool } from "#lib/domain/vendors/baas/schema.ts";

type VendorToolsProps = {
  tools: readonly VendorTool[];
  /** How many tools of the vendor are not among them, and the list that has them. */
  more: number;
  moreHref: string;
  /** The address of the register. */
  path: string;
  /** How a decision looks; the register's own badge. */
  status: (tool: VendorTool) => ReactNode;
};

/** A vendor's tools in the register, and what covers patient data in each today. */
export function VendorTools({ tools, more, moreHref, path, status }: VendorToolsProps) {
  const t = useTranslations("vendors.tools");
  if (tools.length === 0) return <p className="text-muted text-sm">{t("none")}</p>;
  return (
    <>
      <Table caption={t("caption")} hideCaption>
        <thead>
          <tr>
            <Th>{t("tool")}</Th>
            <Th>{t("status")}</Th>
            <Th>{t("covered")}</Th>
          </tr>
        </thead>
        <tbody>
          {tools.map((tool) => (
            <tr key={tool.id}>
              <Th scope="row" className="font-normal">
                <Link prefetch={false} href={`${path}/${tool.id}`} className="link wrap-anywhere">
                  {tool.product}
                </Link>
                <span className="block text-muted">{tool.surface}</span>
              </Th>
              <Td>{status(tool)}</Td>
              <Td>
                <CoverageToday coverage={tool.coverage} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {more > 0 && (
        <p className="mt-3 text-sm">
          <Link prefetch={false} href={moreHref} className="link">
            {t("more", { count: more })}
          </Link>
        </p>
      )}
    </>
  );
}

function CoverageToday({ coverage }: { coverage: VendorTool["coverage"] }) {
  const t = useTranslations("vendors");
  const { gaps, baaUntil, uncovered } = coverage;
  if (gaps.length > 0) {
    return (
      <ul className="space-y-1">
        {gaps.map((gap) => (
          <li key={gap}>
            <Badge plain tone="caution" shape="ring">
              {t(`gap.${gap}`, { uncovered: uncovered.join(", ") })}
            </Badge>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <Badge plain tone="positive" shape="dot">
      <span>
        {t("gap.covered")}
        {baaUntil !== null && (
          <>
            {" "}
            {t("tools.until")} <DateText date={baaUntil} />
          </>
        )}
      </span>
    </Badge>
  );
}
