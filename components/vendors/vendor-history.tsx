import Link from "next/link";
import { useTranslations } from "next-intl";
import type { BaaShown, DescriptionShown, VendorShown } from "#lib/domain/vendors/baas/schema.ts";
import { HistoryEntry } from "./agreement-history.tsx";
import { AssociateBadge } from "./vendor-badges.tsx";

type VendorHistoryProps = {
  vendor: VendorShown;
  descriptions: readonly DescriptionShown[];
  baas: readonly BaaShown[];
  timeZone: string;
  /** The address of the vendor. */
  path: string;
};

/** What was determined of a vendor and agreed with it, newest first, down to how it came into the list. */
export function VendorHistory({ vendor, descriptions, baas, timeZone, path }: VendorHistoryProps) {
  const t = useTranslations("vendors");
  const entries = [
    ...descriptions.map((description) => ({
      at: description.describedAt,
      key: `description ${description.number}`,
      entry: (
        <HistoryEntry
          title={<AssociateBadge associate={description.businessAssociate} plain />}
          by={description.describedBy}
          at={description.describedAt}
          {...{ recordedAt: description.recordedAt, timeZone }}
        >
          {description.businessAssociateReason && (
            <p className="mt-2 whitespace-pre-line text-sm wrap-anywhere">{description.businessAssociateReason}</p>
          )}
        </HistoryEntry>
      ),
    })),
    ...baas.flatMap((baa) =>
      baa.versions.map((version) => ({
        at: version.enteredAt,
        key: version.id,
        entry: (
          <HistoryEntry
            title={
              <>
                <Link prefetch={false} href={`${path}/baas/${baa.id}`} className="link wrap-anywhere">
                  {baa.reference}
                </Link>{" "}
                · {t(`kind.${version.kind}`)}
              </>
            }
            by={version.enteredBy}
            at={version.enteredAt}
            {...{ recordedAt: version.recordedAt, timeZone }}
          />
        ),
      })),
    ),
    {
      at: vendor.addedAt,
      key: "registered",
      entry: (
        <HistoryEntry
          title={t("history.registered")}
          by={vendor.addedBy}
          at={vendor.addedAt}
          {...{ recordedAt: vendor.recordedAt, timeZone }}
        />
      ),
    },
  ].sort((a, b) => b.at.getTime() - a.at.getTime());
  return (
    <ol className="space-y-6">
      {entries.map(({ key, entry }) => (
        <li key={key}>{entry}</li>
      ))}
    </ol>
  );
}
