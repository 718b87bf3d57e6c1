"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { Moment } from "#components/layout/moments.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { DomainShown, DomainState } from "#lib/domain/clinic/domains/schema.ts";

type Shown = DomainShown & {
  /** Who vouches, by name. */
  readonly through: string;
};

type Keeping = { readonly verify: FormAction; readonly setJoining: FormAction; readonly end: FormAction };

type DomainListProps = {
  domains: readonly Shown[];
  timeZone: string;
  /** What an owner may do; null for who only looks. */
  keeping: Keeping | null;
};

const TONES: Record<DomainState, Tone> = { waiting: "caution", verified: "positive", ended: "neutral" };

/** The clinic's mail domains, each with where it stands and what is to be done. */
export function DomainList({ domains, timeZone, keeping }: DomainListProps) {
  const t = useTranslations("domains");
  return (
    <ul className="space-y-6">
      {domains.map((domain) => (
        <li key={domain.id} className="break-inside-avoid rounded-md border p-4">
          <h3 className="mb-2 flex flex-wrap items-center gap-2 font-medium">
            <span className="wrap-anywhere">{domain.domain}</span>
            <Badge tone={TONES[domain.state]}>{t(`state.${domain.state}`)}</Badge>
          </h3>
          <DomainFacts domain={domain} timeZone={timeZone} />
          {domain.state === "waiting" && <RecordToAdd record={domain.record} domain={domain.domain} />}
          {keeping !== null && domain.state !== "ended" && <Keep domain={domain} {...keeping} />}
        </li>
      ))}
    </ul>
  );
}

function DomainFacts({ domain, timeZone }: { domain: Shown; timeZone: string }) {
  const t = useTranslations("domains");
  const { through, tenant, joins, state, addedBy, addedAt, verifiedBy, verifiedAt, endedBy, endedAt } = domain;
  const told = (by: string, at: Date) => (
    <>
      <Moment at={at} timeZone={timeZone} /> · {by}
    </>
  );
  return (
    <DescriptionList
      facts={[
        { key: "through", term: t("through"), description: through },
        ...(tenant === ""
          ? []
          : [{ key: "tenant", term: t("tenant"), description: <span className="break-all">{tenant}</span> }]),
        ...(state === "verified"
          ? [{ key: "joins", term: t("joining"), description: t(joins ? "joinsYes" : "joinsNo") }]
          : []),
        { key: "added", term: t("added"), description: told(addedBy, addedAt) },
        ...(verifiedAt === null
          ? []
          : [{ key: "verified", term: t("verified"), description: told(verifiedBy, verifiedAt) }]),
        ...(endedAt === null ? [] : [{ key: "ended", term: t("ended"), description: told(endedBy, endedAt) }]),
      ]}
    />
  );
}

function RecordToAdd({ record, domain }: { record: string; domain: string }) {
  const t = useTranslations("domains");
  return (
    <div className="mt-4 space-y-2 text-sm">
      <p>{t("recordText", { domain })}</p>
      <div className="flex flex-wrap items-center gap-3">
        <code className="min-w-0 break-all font-mono">{record}</code>
        <CopyButton text={record} label={t("copy")} copiedLabel={t("copied")} />
      </div>
    </div>
  );
}

function Keep({ domain, verify, setJoining, end }: Keeping & { domain: Shown }) {
  const t = useTranslations("domains");
  const { id, version, state, joins } = domain;
  const seen = (
    <>
      <input type="hidden" name="domainId" value={id} />
      <input type="hidden" name="version" value={version} />
    </>
  );
  return (
    <div className="mt-4 space-y-6 print:hidden">
      {state === "waiting" && (
        <Form action={verify} submitLabel={t("check")} pendingLabel={t("checking")} guard={false}>
          {() => seen}
        </Form>
      )}
      {state === "verified" && (
        <Form key={version} action={setJoining} submitLabel={t("save")} scope={`joins-${id}`} variant="secondary">
          {(answered) => (
            <>
              {seen}
              <RadioGroup
                {...bindField(answered, "joins", joins ? "yes" : "no")}
                scope={`joins-${id}`}
                label={t("joinsQuestion")}
                choices={[
                  { value: "no", label: t("joinsNo"), help: t("joinsNoHelp") },
                  { value: "yes", label: t("joinsYes"), help: t("joinsYesHelp") },
                ]}
              />
            </>
          )}
        </Form>
      )}
      <details>
        <summary className="link cursor-pointer">{t("endTitle", { domain: domain.domain })}</summary>
        <div className="mt-4">
          <Form action={end} submitLabel={t("end")} variant="secondary" guard={false}>
            {() => (
              <>
                {seen}
                <p className="text-sm">{t("endText")}</p>
              </>
            )}
          </Form>
        </div>
      </details>
    </div>
  );
}
