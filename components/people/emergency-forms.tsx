"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Form } from "#components/layout/form.tsx";
import { HolderQuestion } from "#components/layout/holder-question.tsx";
import { ChoiceGroup } from "#components/ui/choice-group.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { SelectField } from "#components/ui/select.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";
import {
  EMERGENCY_KINDS,
  EMERGENCY_MINUTES_MAX,
  EMERGENCY_MINUTES_MIN,
  type EmergencyRule,
  REVIEW_DAYS_MAX,
} from "#lib/domain/clinic/emergency-access/schema.ts";

type OpenEmergencyFormProps = {
  open: FormAction;
  minutesMax: number;
  /** Whether the person has an app whose code is asked beside the password. */
  asksForCode: boolean;
  hasPassword: boolean;
};

/** Opens emergency access: for what, why, for how long, and shown once more to be the account's holder. */
export function OpenEmergencyForm({ open, minutesMax, asksForCode, hasPassword }: OpenEmergencyFormProps) {
  const t = useTranslations("emergency-access");
  return (
    <Form
      action={open}
      submitLabel={t("open.submit")}
      pendingLabel={t("open.pending")}
      refusedTitle={t("open.refused")}
      variant="danger"
    >
      {(state) => (
        <>
          {!hasPassword && (
            <div className="space-y-1 text-sm">
              <HolderQuestion state={state} hasPassword={false} />
              <p>{t("open.freshSignIn")}</p>
            </div>
          )}
          <RadioGroup
            {...bindField(state, "kind")}
            label={t("open.kind")}
            choices={EMERGENCY_KINDS.map((value) => ({
              ...{ value, label: t(`kind.${value}`), help: t(`open.kindHelp.${value}`) },
            }))}
          />
          <TextareaField
            {...bindField(state, "reason")}
            label={t("open.reason")}
            help={t("open.reasonHelp")}
            rows={4}
            required
          />
          <div className="max-w-60">
            <TextField
              {...bindField(state, "minutes", String(minutesMax))}
              label={t("open.minutes")}
              help={t("open.minutesHelp", { min: EMERGENCY_MINUTES_MIN, max: minutesMax })}
              type="number"
              inputMode="numeric"
              min={EMERGENCY_MINUTES_MIN}
              max={minutesMax}
              required
            />
          </div>
          <ChoiceGroup
            type="checkbox"
            name="understood"
            label={t("open.understood")}
            error={state.errors?.understood}
            selected={state.values?.understood === "yes" ? ["yes"] : []}
            choices={[{ value: "yes", label: t("open.understoodChoice") }]}
          />
          <div className="max-w-sm space-y-5">
            {hasPassword && <HolderQuestion state={state} hasPassword />}
            {asksForCode && (
              <TextField
                {...bindField(state, "code")}
                label={t("open.code")}
                help={t("open.codeHelp")}
                autoComplete="one-time-code"
                spellCheck={false}
                required
              />
            )}
          </div>
        </>
      )}
    </Form>
  );
}

type ReviewEmergencyFormProps = {
  review: FormAction;
  useId: string;
  reviewer: string;
  /** The review that stands, or why there can be none; null where the reader may write it. */
  instead: ReactNode;
};

/** What an officer found, signed; or the review of whoever was first, above what was typed here meanwhile. */
export function ReviewEmergencyForm({ review, useId, reviewer, instead }: ReviewEmergencyFormProps) {
  const t = useTranslations("emergency-access");
  if (instead !== null) {
    return (
      <Form action={review} submitLabel={null} guard={false} closed refusedTitle={t("review.late")}>
        {({ values = {} }) => (
          <>
            {instead}
            <TypedInVain texts={[values.done, values.followUp]} />
          </>
        )}
      </Form>
    );
  }
  return (
    <Form action={review} submitLabel={t("review.submit")} pendingLabel={t("review.pending")}>
      {(state) => (
        <>
          <input type="hidden" name="useId" value={useId} />
          <RadioGroup
            {...bindField(state, "justified")}
            label={t("review.justified")}
            choices={[
              { value: "yes", label: t("yes"), help: t("review.yesHelp") },
              { value: "no", label: t("no"), help: t("review.noHelp") },
            ]}
          />
          <TextareaField
            {...bindField(state, "done")}
            label={t("review.done")}
            help={t("review.doneHelp")}
            rows={4}
            required
          />
          <TextareaField
            {...bindField(state, "followUp")}
            label={t("review.followUp")}
            labelNote={t("review.optional")}
            help={t("review.followUpHelp")}
            rows={3}
          />
          <div className="max-w-md">
            <TextField
              {...bindField(state, "typedName")}
              label={t("review.sign")}
              help={t("review.signHelp", { name: reviewer })}
              autoComplete="off"
              spellCheck={false}
              required
            />
          </div>
        </>
      )}
    </Form>
  );
}

function TypedInVain({ texts }: { texts: ReadonlyArray<string | readonly string[] | undefined> }) {
  const t = useTranslations("emergency-access.review");
  const typed = texts.filter((text) => typeof text === "string" && text.trim() !== "");
  if (typed.length === 0) return null;
  return (
    <div>
      <p className="font-medium text-sm">{t("typed")}</p>
      <p className="mt-1 whitespace-pre-line text-sm wrap-anywhere">{typed.join("\n\n")}</p>
    </div>
  );
}

type NameEmergencyPersonFormProps = {
  name: FormAction;
  people: ReadonlyArray<{ readonly id: string; readonly name: string; readonly jobTitle: string }>;
  today: string;
};

/** Who may open emergency access, from a day on. */
export function NameEmergencyPersonForm({ name, people, today }: NameEmergencyPersonFormProps) {
  const t = useTranslations("emergency-access.people");
  return (
    <Form action={name} submitLabel={t("submit")} scope="name">
      {(state) => (
        <>
          <SelectField
            {...bindField(state, "memberId")}
            scope="name"
            label={t("name")}
            placeholder={t("choose")}
            options={people.map(({ id, name, jobTitle }) => ({
              value: id,
              label: jobTitle === "" ? name : `${name}, ${jobTitle}`,
            }))}
          />
          <div className="grid max-w-lg gap-5 sm:grid-cols-2">
            <TextField
              {...bindField(state, "fromOn", today)}
              scope="name"
              type="date"
              min={today}
              label={t("from")}
              help={t("fromHelp")}
              required
            />
            <TextField
              {...bindField(state, "toOn")}
              scope="name"
              type="date"
              min={today}
              label={t("to")}
              labelNote={t("optional")}
              help={t("toHelp")}
            />
          </div>
          <TextareaField
            {...bindField(state, "reason")}
            scope="name"
            label={t("reason")}
            help={t("reasonHelp")}
            rows={2}
            required
          />
        </>
      )}
    </Form>
  );
}

/** Takes a person off the list. */
export function EndEmergencyPersonForm({ end, personId }: { end: FormAction; personId: string }) {
  const t = useTranslations("emergency-access.people");
  return (
    <Form action={end} submitLabel={t("end")} variant="danger" scope={personId}>
      {(state) => (
        <>
          <input type="hidden" name="personId" value={personId} />
          <TextareaField
            {...bindField(state, "reason")}
            scope={personId}
            label={t("reason")}
            help={t("endHelp")}
            rows={2}
            required
          />
        </>
      )}
    </Form>
  );
}

/** How long emergency access may last and how soon it is reviewed. */
export function EmergencyRuleForm({ set, rule }: { set: FormAction; rule: EmergencyRule }) {
  const t = useTranslations("emergency-access.people");
  return (
    <Form action={set} submitLabel={t("ruleSubmit")} scope="rule">
      {(state) => (
        <>
          <input type="hidden" name="number" value={rule.number} />
          <div className="grid max-w-lg gap-5 sm:grid-cols-2">
            <TextField
              {...bindField(state, "minutesMax", String(rule.minutesMax))}
              scope="rule"
              type="number"
              inputMode="numeric"
              min={EMERGENCY_MINUTES_MIN}
              max={EMERGENCY_MINUTES_MAX}
              label={t("minutesMax")}
              help={t("minutesMaxHelp")}
              required
            />
            <TextField
              {...bindField(state, "reviewDays", String(rule.reviewDays))}
              scope="rule"
              type="number"
              inputMode="numeric"
              min={1}
              max={REVIEW_DAYS_MAX}
              label={t("reviewDays")}
              help={t("reviewDaysHelp")}
              required
            />
          </div>
        </>
      )}
    </Form>
  );
}
