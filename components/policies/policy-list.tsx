import type { Column } from "#components/data-table/columns.ts";
import { defineList } from "#components/data-table/define-list.ts";
import { DateText, Deadline, Moment } from "#components/layout/moments.tsx";
import type { PolicyRow } from "#lib/domain/policies/schema.ts";
import { calendarDateIn } from "#lib/kernel/dates.ts";
import { SignatureCounts } from "./signature-counts.tsx";

const columns: readonly Column<PolicyRow>[] = [
  {
    id: "policy",
    header: "column.policy",
    text: (policy) => policy.title,
    cell: (policy, { t }) => (
      <>
        {policy.title}
        <span className="block font-normal text-muted">{t("one", { code: policy.code })}</span>
      </>
    ),
    also: [{ header: "column.code", text: (policy) => policy.code }],
  },
  {
    id: "inForceFrom",
    header: "column.inForceFrom",
    hideOnPhone: true,
    as: "date",
    text: (policy) => policy.effectiveOn,
    cell: (policy, { t }) => (
      <>
        <DateText date={policy.effectiveOn} />
        <span className="block text-muted">{t("versions.number", { number: policy.number })}</span>
      </>
    ),
    also: [{ header: "column.version", as: "number", text: (policy) => String(policy.number) }],
  },
  {
    id: "yours",
    header: "column.yours",
    text: (policy, { t, timeZone }) => {
      if (policy.signedAt !== null) return calendarDateIn(timeZone, policy.signedAt);
      return policy.owed === null ? "" : t("state.unsigned");
    },
    cell: (policy, { t, timeZone, today }) => {
      if (policy.signedAt !== null) return <Moment at={policy.signedAt} timeZone={timeZone} day />;
      if (policy.owed === null) return <span className="text-muted">–</span>;
      return (
        <>
          {t("sign.due")} <Deadline on={policy.owed.dueOn} today={today} soonDays={3} />
        </>
      );
    },
  },
];

const signatures: Column<PolicyRow> = {
  id: "signatures",
  header: "column.signed",
  as: "number",
  text: (policy) => policy.counts?.signed.toString() ?? "",
  cell: (policy) => policy.counts && <SignatureCounts counts={policy.counts} />,
  also: [
    { header: "column.toSign", as: "number", text: (policy) => policy.counts?.of.toString() ?? "" },
    { header: "column.overdue", as: "number", text: (policy) => policy.counts?.overdue.toString() ?? "" },
  ],
};

const declared = {
  name: "policies",
  words: "policies",
  title: "title",
  rowId: (policy: PolicyRow) => policy.code,
};

/** The policies that were issued, by their newest versions. */
export const policyList = defineList<PolicyRow>({ ...declared, columns });

/** The same with how far the signing has come, for who may know. */
export const policyListWithSignatures = defineList<PolicyRow>({ ...declared, columns: [...columns, signatures] });
