import { getLocale, getTranslations } from "next-intl/server";
import { readPage } from "#app/read.ts";
import { WhyAsked } from "#app/why-asked.tsx";
import { type ListShape, parseListState, type SearchParams } from "#components/data-table/list-state.ts";
import { AskAgainForm } from "#components/evidence/ask-again-form.tsx";
import { PackKeys } from "#components/evidence/pack-keys.tsx";
import { PackList } from "#components/evidence/pack-list.tsx";
import { RequestIndex } from "#components/evidence/request-index.tsx";
import { RequestPackForm } from "#components/evidence/request-pack-form.tsx";
import { ClientMessages } from "#components/layout/client-messages.tsx";
import { ForbiddenPage } from "#components/layout/forbidden-page.tsx";
import { PageHeader } from "#components/layout/page-header.tsx";
import { PrintHeader } from "#components/layout/print-header.tsx";
import { Section } from "#components/ui/section.tsx";
import checkCommands from "#content/pdf/check-commands.json";
import { requireClinicContext } from "#lib/domain/clinic/current.ts";
import { getEvidencePage } from "#lib/domain/evidence/queries.ts";
import { ANSWER_STATUSES } from "#lib/domain/evidence/schema.ts";
import { can } from "#lib/domain/permissions.ts";
import { momentText } from "#lib/kernel/date-text.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { requestEvidencePackAction } from "./actions.ts";

const shape: ListShape = { sorts: [], filters: { status: ANSWER_STATUSES } };

type EvidencePageProps = { params: Promise<{ clinic: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata() {
  const t = await getTranslations("evidence");
  return { title: t("title") };
}

export default async function EvidencePage({ params, searchParams }: EvidencePageProps) {
  const { clinic } = await params;
  const ctx = await requireClinicContext(clinic);
  const read = await readPage(() => getEvidencePage(ctx, {}));
  const path = `/c/${ctx.slug}`;
  if (read.allowedRoles) return <ForbiddenPage allowedRoles={read.allowedRoles} backHref={path} />;
  const { packs, index, fingerprints, principal, today } = read.page;
  const t = await getTranslations("evidence");
  const request = can(ctx, "evidence.request") ? requestEvidencePackAction.bind(null, ctx.slug) : null;
  const list = { path: `${path}/evidence`, shape, state: parseListState(await searchParams, shape) };
  return (
    <ClientMessages namespaces={["evidence"]}>
      <PrintHeader
        clinic={ctx.clinicName}
        title={t("title")}
        asOf={momentText(new Date(), await getLocale(), ctx.timeZone)}
      />
      <PageHeader title={t("title")} lede={t("lede")} />
      <WhyAsked place="evidence" />
      <div className="space-y-10">
        {request && (
          <div className="print:hidden">
            <Section title={t("request")} id="request" lede={t("requestHelp")} boxed>
              <RequestPackForm request={request} today={today} />
            </Section>
          </div>
        )}
        <Section title={t("packs")} id="packs">
          <PackList
            packs={packs}
            slug={ctx.slug}
            timeZone={ctx.timeZone}
            again={
              request
                ? (pack) => (
                    <AskAgainForm
                      request={request}
                      asOf={calendarDateIn(ctx.timeZone, pack.asOf)}
                      from={pack.periodFrom}
                      to={pack.periodTo}
                    />
                  )
                : undefined
            }
          />
        </Section>
        <PackKeys fingerprints={fingerprints} principal={principal} commands={commandsFor(principal)} />
        <RequestIndex items={index} list={list} />
      </div>
    </ClientMessages>
  );
}

// The same commands as START-HERE.pdf prints.
function commandsFor(principal: string) {
  const text = (lines: readonly string[]) => lines.join("\n").replaceAll("{principal}", principal);
  const { filesLinux, ssh, p256, ledger } = checkCommands;
  return { files: text(filesLinux), ssh: text(ssh), p256: text(p256), ledger: text(ledger) };
}
