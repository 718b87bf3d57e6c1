import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import type { SearchParams } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { AddVersionForm } from "#components/vendors/add-version-form.tsx";
import type { AgreementStart } from "#components/vendors/agreement-fields.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { FILE_BYTES_MAX } from "#lib/domain/files/schema.ts";
import { can, rolesWith } from "#lib/domain/permissions.ts";
import { getBaaPage } from "#lib/domain/vendors/baas/queries.ts";
import type { BaaVersionShown } from "#lib/domain/vendors/baas/schema.ts";
import { dateText } from "#lib/kernel/date-text.ts";
import { addBaaVersionAction } from "../../../../actions.ts";

type PageProps = {
  params: Promise<{ clinic: string; vendorId: string; baaId: string }>;
  searchParams: Promise<SearchParams>;
};

const KINDS = ["renewal", "amendment", "correction"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vendors");
  return { title: t("version.action") };
}

export default async function NewVersionPage({ params, searchParams }: PageProps) {
  const [{ clinic, vendorId, baaId }, asked] = await Promise.all([params, searchParams]);
  const ctx = await requireClinicContext(clinic);
  const back = `/c/${ctx.slug}/vendors/${vendorId}/baas/${baaId}`;
  if (!can(ctx, "baa.record"))
    return <ForbiddenPage allowedRoles={rolesWith("baa.record")} backHref={`/c/${ctx.slug}`} />;
  const { page } = await readPage(() => getBaaPage(ctx, { vendorId, baaId }));
  if (page === undefined) return null;
  const { baa, tools } = page;
  const [t, locale] = await Promise.all([getTranslations("vendors"), getLocale()]);
  const header = { back: { href: back, label: baa.reference } };
  const kind = KINDS.find((known) => known === asked.kind);
  // What is newest among those that stand, unless a correction names another.
  const number =
    typeof asked.of === "string" && /^\d{1,6}$/.test(asked.of)
      ? Number(asked.of)
      : baa.versions.find((version) => version.correctedBy === null)?.number;
  if (kind === undefined) {
    return (
      <>
        <PageHeader
          {...header}
          title={t("version.choose", { reference: baa.reference })}
          lede={t("version.chooseLede")}
        />
        <ul className="max-w-prose space-y-4">
          {KINDS.map((choice) => (
            <li key={choice}>
              <Link prefetch={false} className="link font-medium" href={`${back}/version?kind=${choice}`}>
                {t(`version.${choice}`)}
              </Link>
              <p className="text-muted text-sm">{t(`version.${choice}Help`)}</p>
            </li>
          ))}
        </ul>
      </>
    );
  }
  const from = baa.versions.find((version) => version.number === number);
  if (from === undefined) notFound();
  const isCorrection = kind === "correction";
  const lede = isCorrection ? "version.correctionLede" : "version.lede";
  return (
    <ClientMessages namespaces={["vendors"]}>
      <PageHeader
        {...header}
        title={t(`version.${kind}Title`, { number: from.number })}
        lede={t(lede, { number: from.number })}
      />
      <div className="max-w-prose">
        <AddVersionForm
          add={addBaaVersionAction.bind(null, clinic)}
          baa={{ id: baa.id, version: baa.version }}
          kind={kind}
          corrects={isCorrection ? from.number : null}
          start={startFrom(from, kind)}
          tools={tools}
          fileBytesMax={FILE_BYTES_MAX}
          effectiveHelp={
            kind === "renewal" && from.expiresOn !== null
              ? t("version.effectiveAfter", { date: dateText(from.expiresOn, locale) })
              : undefined
          }
        />
      </div>
    </ClientMessages>
  );
}

// A new text has dates of its own; a correction holds all that was recorded, to put right what is wrong. Who signed is
// asked anew each time.
function startFrom(from: BaaVersionShown, kind: (typeof KINDS)[number]): AgreementStart {
  const { ourParty, theirParty, services, noticeDays } = from;
  const surfaces = from.surfaces.map((tool) => tool.id);
  const kept = { ourParty, theirParty, services, surfaces, noticeDays: noticeDays ?? undefined };
  const end = {
    ends: from.expiresOn === null ? ("never" as const) : ("on" as const),
    expiresOn: from.expiresOn ?? undefined,
  };
  if (kind === "renewal") return kept;
  if (kind === "amendment") return { ...kept, ...end };
  return { ...kept, ...end, agreedOn: from.agreedOn, effectiveOn: from.effectiveOn };
}
