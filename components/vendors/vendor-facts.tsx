import { useTranslations } from "next-intl";
import { DescriptionList, type Fact } from "#components/ui/description-list.tsx";
import type { VendorShown } from "#lib/domain/vendors/baas/schema.ts";
import { AssociateBadge } from "./vendor-badges.tsx";

/** What is known of a vendor. An unknown says so. */
export function VendorFacts({ vendor }: { vendor: VendorShown }) {
  const t = useTranslations("vendors.facts");
  const unknown = <span className="text-muted">{t("unknown")}</span>;
  const facts: Fact[] = [
    {
      term: t("associate"),
      description: <AssociateBadge associate={vendor.businessAssociate} words="isAssociate" plain />,
    },
    { term: t("reason"), description: <Text text={vendor.businessAssociateReason} none={unknown} /> },
    { term: t("jurisdiction"), description: vendor.jurisdiction || unknown },
    { term: t("website"), description: vendor.website ? <Website address={vendor.website} /> : unknown },
    { term: t("contact"), description: <Contact vendor={vendor} none={unknown} /> },
    ...(vendor.notes ? [{ term: t("notes"), description: <Text text={vendor.notes} none={unknown} /> }] : []),
  ];
  return <DescriptionList facts={facts} />;
}

function Text({ text, none }: { text: string; none: React.ReactNode }) {
  return text ? <span className="whitespace-pre-line wrap-anywhere">{text}</span> : none;
}

function Website({ address }: { address: string }) {
  const t = useTranslations("vendors.facts");
  return (
    <a className="link wrap-anywhere" href={address} rel="noreferrer" target="_blank">
      {address}
      <span className="sr-only"> {t("newWindow")}</span>
    </a>
  );
}

function Contact({ vendor, none }: { vendor: VendorShown; none: React.ReactNode }) {
  const { contactName, contactEmail } = vendor;
  if (!contactName && !contactEmail) return none;
  return (
    <>
      {contactName}
      {contactName && contactEmail && <br />}
      {contactEmail && (
        <a className="link wrap-anywhere" href={`mailto:${contactEmail}`}>
          {contactEmail}
        </a>
      )}
    </>
  );
}
