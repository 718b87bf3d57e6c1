import { getLocale, getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { ListControls, type ListFilter } from "#components/data-table/list-controls.tsx";
import { ListFooter } from "#components/data-table/list-footer.tsx";
import { type ListShape, parseListState, type SearchParams } from "#components/data-table/list-state.ts";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { LastCheckpoint } from "#components/ledger/last-checkpoint.tsx";
import { LedgerEntries } from "#components/ledger/ledger-entries.tsx";
import { NoEntries } from "#components/ledger/no-entries.tsx";
import { VerifyLedger } from "#components/ledger/verify-ledger.tsx";
import { Section } from "#components/ui/section.tsx";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getLedgerPage } from "#lib/domain/ledger/queries.ts";
import { EVENT_KINDS, typesOfKinds } from "#lib/domain/ledger/rules.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { verifyLedgerAction } from "./actions.ts";

const kinds = Object.keys(EVENT_KINDS);
const shape: ListShape = { sorts: [], filters: { kind: kinds } };

type LedgerPageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata() {
  const t = await getTranslations("ledger");
  return { title: t("title") };
}

export default async function LedgerPage({ params, searchParams }: LedgerPageProps) {
  const { clinic } = await params;
  const asked = await searchParams;
  const ctx = await requireClinicContext(clinic);
  const { filters, size, ...rest } = parseListState(asked, shape);
  const page = wholeNumber(asked.page) ?? 1;
  const entry = wholeNumber(asked.entry);
  const wanted = { page: Math.max(page, 1), size: sizeOf(size), type: typesOfKinds(filters.kind ?? []), entry };
  const read = await readPage(() => getLedgerPage(ctx, wanted));
  const path = `/c/${ctx.slug}`;
  if (read.allowedRoles) return <ForbiddenPage allowedRoles={read.allowedRoles} backHref={path} />;
  const ledger = read.page;
  const t = await getTranslations("ledger");
  const list = {
    path: `${path}/ledger`,
    shape,
    state: { ...rest, size, page: ledger.page, filters: entry === undefined ? filters : {} },
  };
  const kindFilter: ListFilter = {
    name: "kind",
    label: t("kind"),
    options: kinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) })),
  };
  const book = { clinicPath: path, timeZone: ctx.timeZone, names: ledger.names };
  return (
    <>
      <PrintHeader
        clinic={ctx.clinicName}
        title={t("title")}
        asOf={momentText(new Date(), await getLocale(), ctx.timeZone)}
      />
      <PageHeader title={t("title")} lede={t("lede")} />
      <div className="mb-6 grid gap-4 lg:grid-cols-2">
        <LastCheckpoint checkpoint={ledger.checkpoint} size={ledger.size} timeZone={ctx.timeZone} />
        <div className="print:hidden">
          <Section title={t("verifyTitle")} id="verify" lede={t("verifyHelp")} boxed>
            <ClientMessages namespaces={["ledger"]}>
              <VerifyLedger verify={verifyLedgerAction.bind(null, ctx.slug)} ledgerPath={list.path} />
            </ClientMessages>
          </Section>
        </div>
      </div>
      <ListControls list={list} filters={[kindFilter]} sortable={[]} />
      {ledger.events.length > 0 ? (
        <LedgerEntries events={ledger.events} book={book} entry={entry} />
      ) : (
        <NoEntries list={list} total={ledger.total} />
      )}
      <ListFooter list={list} total={ledger.total} shown={ledger.events.length} />
    </>
  );
}

// An address that isn't one of ours gives the newest entries, never an error.
function wholeNumber(text: SearchParams[string]): number | undefined {
  return typeof text === "string" && /^\d{1,7}$/.test(text) ? Number(text) : undefined;
}

function sizeOf(size: number): 25 | 50 | 100 {
  return size === 50 || size === 100 ? size : 25;
}
