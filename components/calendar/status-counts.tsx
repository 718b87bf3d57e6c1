import Link from "next/link";
import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/section.tsx";
import type { ShapeName } from "#components/ui/shape.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { Status } from "#lib/domain/tools/schema.ts";

const LOOKS = [
  { status: "needs_review", tone: "caution", shape: "question" },
  { status: "approved_for_phi", tone: "positive", shape: "half" },
  { status: "not_for_phi", tone: "limited", shape: "barred" },
  { status: "prohibited", tone: "critical", shape: "cross" },
  { status: "retired", tone: "neutral", shape: "dash" },
] as const satisfies ReadonlyArray<{ status: Status; tone: Tone; shape: ShapeName }>;

type StatusCountsProps = { counts: Partial<Readonly<Record<Status, number>>>; toolsHref: string };

/** The register in five numbers, each leading to its tools. */
export function StatusCounts({ counts, toolsHref }: StatusCountsProps) {
  const t = useTranslations("calendar.counts");
  const empty = Object.values(counts).every((count) => count === 0);
  return (
    <Section title={t("title")} id="register" boxed>
      {empty ? (
        <p className="text-muted text-sm">{t("empty")}</p>
      ) : (
        <Table caption={t("caption")} hideCaption>
          <thead className="sr-only">
            <tr>
              <Th>{t("status")}</Th>
              <Th numeric>{t("number")}</Th>
            </tr>
          </thead>
          <tbody>
            {LOOKS.map(({ status, tone, shape }) => (
              <tr key={status}>
                <Th scope="row">
                  <Badge plain tone={tone} shape={shape}>
                    <Link prefetch={false} href={`${toolsHref}?status=${status}`} className="hover:underline">
                      {t(status)}
                    </Link>
                  </Badge>
                </Th>
                <Td numeric className="tabular-nums">
                  {counts[status] ?? 0}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      <p className="mt-4">
        <LinkButton size="small" href={toolsHref}>
          {t("open")}
        </LinkButton>
      </p>
    </Section>
  );
}
