import { getLocale, getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { WhyAsked } from "#app/why-asked.tsx";
import { ListFrame } from "#components/data-table/list-frame.tsx";
import { parseListState, type SearchParams } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { LastCheckpoint } from "#components/ledger/last-checkpoint.tsx";
import { LedgerEntries } from "#components/ledger/ledger-entries.tsx";
import { ledgerList } from "#components/ledger/ledger-list.ts";
import { NoEntries } from "#components/ledger/no-entries.tsx";
import { NoSuchEntry } from "#components/ledger/no-such-entry.tsx";
import { VerifyLedger } from "#components/ledger/verify-ledger.tsx";
import { Section } from "#components/ui/section.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getLedgerPage } from "#lib/domain/ledger/queries.ts";
import { typesOfKinds } from "#lib/domain/ledger/rules.ts";
import { LEDGER_PAGE_MAX } from "#lib/domain/ledger/schema.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { verifyLedgerAction } from "./actions.ts";

type LedgerPageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata() {
  const t = await getTranslations("ledger");
  return { title: t("title") };
}

export default async function LedgerPage({ params, searchParams }: LedgerPageProps) {
  const { clinic } = await params;
  const asked = await searchParams;
  const ctx = await requireClinicContext(clinic);
  const { filters, size, ...rest } = parseListState(asked, ledgerList.shape);
  const page = Math.min(wholeNumber(asked.page) ?? 1, LEDGER_PAGE_MAX);
  const entry = wholeNumber(asked.entry);
  const wanted = { page: Math.max(page, 1), size: sizeOf(size), type: typesOfKinds(filters.kind ?? []), entry };
  const read = await readPage(() => getLedgerPage(ctx, wanted));
  const path = `/c/${ctx.slug}`;
  if (read.allowedRoles) return <ForbiddenPage allowedRoles={read.allowedRoles} backHref={path} />;
  const ledger = read.page;
  const t = await getTranslations("ledger");
  const ledgerPath = `${path}/ledger`;
  const book = { clinicPath: path, timeZone: ctx.timeZone, names: ledger.names };
  return (
    <>
      <PrintHeader
        clinic={ctx.clinicName}
        title={t("title")}
        asOf={momentText(new Date(), await getLocale(), ctx.timeZone)}
      />
      <PageHeader title={t("title")} lede={t("lede")} />
      <WhyAsked place="ledger" />
      <div className="mb-6 grid gap-4 lg:grid-cols-2">
        <LastCheckpoint checkpoint={ledger.checkpoint} size={ledger.size} timeZone={ctx.timeZone} />
        <div className="print:hidden">
          <Section title={t("verifyTitle")} id="verify" lede={t("verifyHelp")} boxed>
            <ClientMessages namespaces={["ledger"]}>
              <VerifyLedger verify={verifyLedgerAction.bind(null, ctx.slug)} ledgerPath={ledgerPath} />
            </ClientMessages>
          </Section>
        </div>
      </div>
      <NoSuchEntry asked={asked.entry} entry={entry} size={ledger.size} />
      <ListFrame
        list={ledgerList}
        path={ledgerPath}
        downloads={`/api/lists/${ctx.slug}/ledger`}
        state={{ ...rest, size, page: ledger.page, filters: entry === undefined ? filters : {} }}
        total={ledger.total}
        shown={ledger.events.length}
        fixedColumns
        empty={<NoEntries ledgerPath={ledgerPath} />}
        nothingFound={<NoEntries ledgerPath={ledgerPath} />}
      >
        <LedgerEntries events={ledger.events} book={book} entry={entry} />
      </ListFrame>
    </>
  );
}

// An address that isn't one of ours gives the newest entries, never an error; where it asks for one entry, the page says so.
function wholeNumber(text: SearchParams[string]): number | undefined {
  return typeof text === "string" && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function sizeOf(size: number): 25 | 50 | 100 {
  return size === 50 || size === 100 ? size : 25;
}
