"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { type Option, SelectField } from "#components/ui/select.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { TextareaField } from "#components/ui/textarea.tsx";

type GrantExceptionFormProps = {
  grant: FormAction;
  toolId: string;
  people: readonly Option[];
  roles: readonly Option[];
  /** The last day that one can have which begins today, in words. */
  latest: string;
};

/** Lets a person or a role use the tool without patient data until a day. */
export function GrantExceptionForm({ grant, toolId, people, roles, latest }: GrantExceptionFormProps) {
  const t = useTranslations("exceptions.form");
  return (
    <Form action={grant} submitLabel={t("submit")} scope="grant">
      {(state) => (
        <div className="group/grant space-y-5">
          <input type="hidden" name="toolId" value={toolId} />
          <RadioGroup
            {...bindField(state, "holder")}
            scope="grant"
            label={t("holder")}
            inline
            choices={[
              { value: "person", label: t("holders.person") },
              { value: "role", label: t("holders.role") },
            ]}
          />
          {/* Without :has() both fields stay, and the one that was not chosen doesn't count. */}
          <div className="group-has-[input[value=role]:checked]/grant:hidden">
            <SelectField
              {...bindField(state, "memberId")}
              scope="grant"
              label={t("person")}
              placeholder={t("choosePerson")}
              options={people}
            />
          </div>
          <div className="group-has-[input[value=person]:checked]/grant:hidden">
            <SelectField
              {...bindField(state, "role")}
              scope="grant"
              label={t("role")}
              placeholder={t("chooseRole")}
              options={roles}
            />
          </div>
          <TextareaField
            {...bindField(state, "reason")}
            scope="grant"
            label={t("reason")}
            help={t("reasonHelp")}
            rows={3}
            required
          />
          <div className="grid gap-5 sm:max-w-md sm:grid-cols-2">
            <TextField
              {...bindField(state, "startsOn")}
              scope="grant"
              type="date"
              label={t("starts")}
              labelNote={t("optional")}
              help={t("startsHelp")}
            />
            <TextField
              {...bindField(state, "endsOn")}
              scope="grant"
              type="date"
              label={t("ends")}
              help={t("endsHelp", { latest })}
              required
            />
          </div>
        </div>
      )}
    </Form>
  );
}

type WithdrawExceptionFormProps = { withdraw: FormAction; exceptionId: string };

/** Ends an exception before its last day. */
export function WithdrawExceptionForm({ withdraw, exceptionId }: WithdrawExceptionFormProps) {
  const t = useTranslations("exceptions.withdraw");
  const scope = `withdraw-${exceptionId}`;
  return (
    <Form action={withdraw} submitLabel={t("submit")} variant="danger" scope={scope}>
      {(state) => (
        <>
          <input type="hidden" name="exceptionId" value={exceptionId} />
          <TextareaField
            {...bindField(state, "reason")}
            scope={scope}
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
