"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { TextField } from "#components/ui/text-field.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";

/** Freezes who has access today. */
export function StartReviewForm({ start }: { start: FormAction }) {
  const t = useTranslations("access-reviews.start");
  return <Form action={start} submitLabel={t("submit")} guard={false} scope="start-review" />;
}

type KeepRestFormProps = {
  keep: FormAction;
  reviewId: string;
  /** How many nobody has decided on, but for the reader where somebody else decides on them. */
  rest: number;
};

/** Keeps everybody whom nobody decided on; typing how many they are makes it deliberate. */
export function KeepRestForm({ keep, reviewId, rest }: KeepRestFormProps) {
  const t = useTranslations("access-reviews.rest");
  return (
    <Form action={keep} submitLabel={t("submit")} variant="secondary" scope="rest">
      {(state) => (
        <>
          <input type="hidden" name="reviewId" value={reviewId} />
          <div className="max-w-60">
            <TextField
              {...bindField(state, "count")}
              scope="rest"
              label={t("count")}
              help={t("countHelp", { count: rest })}
              inputMode="numeric"
              autoComplete="off"
              required
            />
          </div>
        </>
      )}
    </Form>
  );
}

/** Gives a review up. */
export function AbandonReviewForm({ abandon, reviewId }: { abandon: FormAction; reviewId: string }) {
  const t = useTranslations("access-reviews.abandon");
  return (
    <Form action={abandon} submitLabel={t("submit")} variant="danger">
      {(state) => (
        <>
          <input type="hidden" name="reviewId" value={reviewId} />
          <TextareaField {...bindField(state, "reason")} label={t("reason")} help={t("reasonHelp")} rows={3} required />
        </>
      )}
    </Form>
  );
}

type ReviewIntervalFormProps = { action: FormAction; months: number; min: number; max: number };

/** How often everybody's access is looked at. */
export function ReviewIntervalForm({ action, months, min, max }: ReviewIntervalFormProps) {
  const t = useTranslations("access-reviews.interval");
  return (
    <Form action={action} submitLabel={t("submit")} scope="review-interval">
      {(state) => (
        <TextField
          {...bindField(state, "months", String(months))}
          scope="review-interval"
          label={t("months")}
          help={t("monthsHelp", { min, max })}
          inputMode="numeric"
          required
        />
      )}
    </Form>
  );
}
