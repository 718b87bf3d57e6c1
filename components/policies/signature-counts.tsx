import { useTranslations } from "next-intl";
import type { SignatureCounts as Counts } from "#lib/domain/policies/schema.ts";

/** "14 of 23 signed, 2 overdue". */
export function SignatureCounts({ counts }: { counts: Counts }) {
  const t = useTranslations("policies.signatures");
  return counts.overdue > 0 ? t("ofOverdue", counts) : t("of", counts);
}
