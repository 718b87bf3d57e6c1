"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { WayOn } from "#components/layout/refused.tsx";
import { Callout } from "#components/ui/callout.tsx";
import type { FormState } from "#components/ui/form-state.ts";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import type { LedgerVerification } from "#lib/domain/ledger/schema.ts";

export type VerifyState = Pick<FormState, "message" | "link"> & { verification?: LedgerVerification | undefined };

type VerifyLedgerProps = {
  verify: (previous: VerifyState, form: FormData) => Promise<VerifyState>;
  ledgerPath: string;
};

/** Verifies all entries on the server when asked to, and says what came of it. */
export function VerifyLedger({ verify, ledgerPath }: VerifyLedgerProps) {
  const t = useTranslations("ledger");
  const [state, submit] = useActionState(verify, {});
  return (
    <form action={submit} className="space-y-3">
      <div role="status">
        {state.message && (
          <Callout tone="critical" title={state.message} actions={state.link && <WayOn {...state.link} />} />
        )}
        {state.verification && <Verdict verification={state.verification} ledgerPath={ledgerPath} />}
      </div>
      <SubmitButton variant="secondary" pendingLabel={t("verifying")}>
        {t("verify")}
      </SubmitButton>
    </form>
  );
}

function Verdict({ verification, ledgerPath }: { verification: LedgerVerification; ledgerPath: string }) {
  const t = useTranslations("ledger");
  const { size, root, checkpoints, firstBad } = verification;
  if (firstBad === null) {
    return (
      <Callout tone="positive" title={t("verified", { size })}>
        <p className="break-all">
          {t("verifiedRoot")} <code className="font-mono text-xs">{root}</code>,{" "}
          {t("verifiedCheckpoints", { checkpoints })}
        </p>
      </Callout>
    );
  }
  const { seq, fault } = firstBad;
  const known = seq < size;
  return (
    <Callout
      tone="critical"
      title={known ? t("bad", { seq }) : t("badEnd")}
      actions={
        known && (
          <Link prefetch={false} className="link text-sm" href={`${ledgerPath}?entry=${seq}#entry-${seq}`}>
            {t("badLink", { seq })}
          </Link>
        )
      }
    >
      <p>{t(`faults.${fault}`)}</p>
      <p className="mt-2">{t("badNext")}</p>
    </Callout>
  );
}
