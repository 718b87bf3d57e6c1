"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { Moment } from "#components/layout/moments.tsx";
import { bindField, type FormAction, type FormState } from "#components/ui/form-state.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { type OwnAccess, type ReviewRowShown, VERDICTS } from "#lib/domain/clinic/access-reviews/schema.ts";
import { ChangedFacts } from "./changed-facts.tsx";
import { CarriedOutBadge } from "./review-badges.tsx";

type JudgeFormProps = {
  judge: FormAction;
  reviewId: string;
  rows: readonly ReviewRowShown[];
  own: OwnAccess;
  ownId: string;
  /** The page of all people. */
  peopleHref: string;
  timeZone: string;
};

/** A page of the people on a review, each to be kept, changed or ended; who is left out is left as they are. */
export function JudgeForm({ judge, reviewId, rows, own, ownId, peopleHref, timeZone }: JudgeFormProps) {
  const t = useTranslations("access-reviews.judge");
  return (
    <Form action={judge} submitLabel={t("submit")} scope="judge">
      {(state) => (
        <>
          <input type="hidden" name="reviewId" value={reviewId} />
          <p className="max-w-prose text-muted text-sm">{t("help")}</p>
          <ol className="divide-y border-y">
            {rows.map((row) => (
              <li key={`${row.memberId}-${row.version}`} className="grid gap-x-6 gap-y-2 py-4 lg:grid-cols-2">
                <PersonFacts {...{ row, own, peopleHref, timeZone }} isOwn={row.memberId === ownId} />
                {!row.forAnother && <VerdictFields row={row} state={state} />}
              </li>
            ))}
          </ol>
        </>
      )}
    </Form>
  );
}

type PersonFactsProps = { row: ReviewRowShown; own: OwnAccess; isOwn: boolean; peopleHref: string; timeZone: string };

function PersonFacts({ row, own, isOwn, peopleHref, timeZone }: PersonFactsProps) {
  const t = useTranslations("access-reviews");
  const format = useFormatter();
  const deciders = format.list(own.reviewers, { type: "disjunction" });
  const { verdict } = row;
  const wayTo = verdict === "end" ? "end" : "role";
  return (
    <div className="text-sm">
      <p className="font-semibold text-base wrap-anywhere">
        <Link prefetch={false} href={`${peopleHref}/${row.memberId}`} className="link">
          {row.name}
        </Link>
      </p>
      <p className="wrap-anywhere">
        {[t(`role.${row.role}`), row.jobTitle, t(`type.${row.workforceType}`), row.location]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <SignInFacts row={row} />
      {row.forAnother && <p className="mt-1 font-medium">{t("person.forAnother", { names: deciders })}</p>}
      {row.above && <p className="mt-1 font-medium">{t("person.above")}</p>}
      {isOwn && own.sole && <p className="mt-1 font-medium">{t("person.sole")}</p>}
      {row.lastOwner && !row.forAnother && row.verdict !== "keep" && (
        <p className="mt-1 font-medium">{t("person.lastOwner")}</p>
      )}
      {row.decidedAt !== null && (
        <p className="text-muted">
          {t("person.decidedBy", { name: row.decidedBy })}, <Moment at={row.decidedAt} timeZone={timeZone} />
          {row.withRest && `, ${t("person.withRest")}`}
        </p>
      )}
      {row.changed.length > 0 && (
        <p className="mt-1">
          <ChangedFacts changed={row.changed} titled />
        </p>
      )}
      {row.carriedOut !== null && (
        <p className="mt-1 flex flex-wrap items-center gap-x-3">
          <CarriedOutBadge carriedOut={row.carriedOut} />
          {row.carriedOut.state === "open" && !row.above && (
            <Link prefetch={false} href={`${peopleHref}/${row.memberId}/${wayTo}`} className="link">
              {t(wayTo === "end" ? "carried.end" : "carried.change")}
            </Link>
          )}
        </p>
      )}
    </div>
  );
}

function SignInFacts({ row }: { row: ReviewRowShown }) {
  const t = useTranslations("access-reviews");
  const { daysSinceSignIn: days, offices, secondFactor } = row;
  return (
    <p className="text-muted">
      {[
        days === null ? t("person.never") : t("person.signIn", { days }),
        t("person.factor", { factor: t(`factor.${secondFactor}`) }),
        offices.length > 0 &&
          t("person.offices", { offices: offices.map((office) => t(`office.${office}`)).join(", ") }),
      ]
        .filter(Boolean)
        .join(" · ")}
    </p>
  );
}

function VerdictFields({ row, state }: { row: ReviewRowShown; state: FormState }) {
  const t = useTranslations("access-reviews");
  const { memberId, name } = row;
  return (
    <div className="space-y-2">
      <input type="hidden" name="memberId" value={memberId} />
      <input type="hidden" name={`version-${memberId}`} value={row.version} />
      <RadioGroup
        {...bindField(state, `verdict-${memberId}`, row.verdict)}
        scope="judge"
        label={t("judge.verdict", { name })}
        choices={VERDICTS.map((value) => ({ value, label: t(`verdict.${value}`) }))}
        inline
      />
      <TextField
        {...bindField(state, `changeTo-${memberId}`, row.changeTo)}
        scope="judge"
        label={t("judge.changeTo", { name })}
        hideLabel
        placeholder={t("judge.changeToPlaceholder")}
      />
      <TextField
        {...bindField(state, `note-${memberId}`, row.note)}
        scope="judge"
        label={t("judge.note", { name })}
        hideLabel
        placeholder={t("judge.notePlaceholder")}
      />
    </div>
  );
}
