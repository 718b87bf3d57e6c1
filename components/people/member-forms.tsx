"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";
import { OFFBOARDING_STATES, type OffboardingItemShown } from "#lib/domain/clinic/people/schema.ts";
import type { Role } from "#lib/domain/context.ts";
import { DescribedFields, type Place } from "./described-fields.tsx";

type Seen = { readonly id: string; readonly version: number };

function SeenFields({ member }: { member: Seen }) {
  return (
    <>
      <input type="hidden" name="memberId" value={member.id} />
      <input type="hidden" name="version" value={member.version} />
    </>
  );
}

type DescribeMemberFormProps = {
  describe: FormAction;
  member: Seen & {
    readonly jobTitle: string;
    readonly workforceType: string;
    readonly locationId: string | null;
    readonly tracks: readonly string[];
  };
  locations: readonly Place[];
};

/** What a member does here. */
export function DescribeMemberForm({ describe, member, locations }: DescribeMemberFormProps) {
  const t = useTranslations("people.describe");
  return (
    <Form action={describe} submitLabel={t("submit")}>
      {(state) => (
        <>
          <SeenFields member={member} />
          <DescribedFields state={state} locations={locations} initial={member} />
        </>
      )}
    </Form>
  );
}

type ChangeRoleFormProps = { change: FormAction; member: Seen & { readonly role: Role }; roles: readonly Role[] };

/** Another role, with the reason. */
export function ChangeRoleForm({ change, member, roles }: ChangeRoleFormProps) {
  const t = useTranslations("people");
  return (
    <Form action={change} submitLabel={t("changeRole.submit")}>
      {(state) => (
        <>
          <SeenFields member={member} />
          <RadioGroup
            {...bindField(state, "role", member.role)}
            label={t("field.role")}
            choices={roles.map((value) => ({ value, label: t(`role.${value}`), help: t(`roleHelp.${value}`) }))}
          />
          <TextareaField
            {...bindField(state, "reason")}
            label={t("field.reason")}
            help={t("changeRole.reasonHelp")}
            rows={3}
            required
          />
        </>
      )}
    </Form>
  );
}

type EndMemberFormProps = {
  end: FormAction;
  member: Seen;
  today: string;
  /** Products that the clinic uses: where they may have had an account. */
  products: readonly string[];
};

/** The last day, and what is to be seen to. */
export function EndMemberForm({ end, member, today, products }: EndMemberFormProps) {
  const t = useTranslations("people");
  return (
    <Form action={end} submitLabel={t("end.submit")} variant="danger">
      {(state) => (
        <>
          <SeenFields member={member} />
          <div className="max-w-60">
            <TextField
              {...bindField(state, "lastDay", today)}
              type="date"
              min={today}
              label={t("end.lastDay")}
              help={t("end.lastDayHelp")}
              required
            />
          </div>
          <TextareaField
            {...bindField(state, "reason")}
            label={t("field.reason")}
            help={t("end.reasonHelp")}
            rows={3}
            required
          />
          <TextareaField
            {...bindField(state, "accounts", products.join("\n"))}
            label={t("end.accounts")}
            labelNote={t("optional")}
            help={t("end.accountsHelp")}
            rows={6}
          />
        </>
      )}
    </Form>
  );
}

/** Takes back an end. */
export function ReinstateMemberForm({ reinstate, member }: { reinstate: FormAction; member: Seen }) {
  const t = useTranslations("people");
  return (
    <Form action={reinstate} submitLabel={t("reinstate.submit")}>
      {(state) => (
        <>
          <SeenFields member={member} />
          <TextareaField
            {...bindField(state, "reason")}
            label={t("field.reason")}
            help={t("reinstate.reasonHelp")}
            rows={3}
            required
          />
        </>
      )}
    </Form>
  );
}

type OffboardingFormProps = {
  settle: FormAction;
  ending: { readonly id: string; readonly version: number };
  items: readonly OffboardingItemShown[];
};

/** What is seen to when somebody leaves, each done, not needed or still open. */
export function OffboardingForm({ settle, ending, items }: OffboardingFormProps) {
  const t = useTranslations("people.offboarding");
  return (
    <Form action={settle} submitLabel={t("submit")}>
      {(state) => (
        <>
          <input type="hidden" name="endingId" value={ending.id} />
          <input type="hidden" name="version" value={ending.version} />
          {items.map(({ position, kind, subject, ...item }) => (
            <div key={position} className="space-y-2 border-t pt-4">
              <input type="hidden" name="position" value={position} />
              <RadioGroup
                {...bindField(state, `state-${position}`, item.state)}
                label={t(`kind.${kind}`, { subject })}
                choices={OFFBOARDING_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
                inline
              />
              <TextField
                {...bindField(state, `note-${position}`, item.note)}
                label={t("note", { what: t(`kind.${kind}`, { subject }) })}
                hideLabel
                placeholder={t("notePlaceholder")}
              />
            </div>
          ))}
        </>
      )}
    </Form>
  );
}
