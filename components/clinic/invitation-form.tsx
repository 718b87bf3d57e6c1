"use client";

import { useTranslations } from "next-intl";
import { EmailField, JobTitleField, NameField, NewPasswordField } from "#components/clinic/account-fields.tsx";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { type Option, SelectField } from "#components/ui/select.tsx";

type InvitationFormProps = {
  action: FormAction;
  name: string;
  jobTitle: string;
  email: string;
  /** Whether they choose a password here: the email has no account yet, or one without. */
  needsPassword: boolean;
  passwordLengthMin: number;
  workforceTypes: readonly Option[];
  workforceType: string;
};

export function InvitationForm({ action, name, email, ...props }: InvitationFormProps) {
  const t = useTranslations("clinic");
  return (
    <Form
      action={action}
      submitLabel={t("invitation.submit")}
      pendingLabel={t("invitation.pending")}
      refusedTitle={t("invitation.refused")}
    >
      {(state) => (
        <>
          <NameField {...bindField(state, "name", name)} />
          <JobTitleField {...bindField(state, "jobTitle", props.jobTitle)} />
          <SelectField
            {...bindField(state, "workforceType", props.workforceType)}
            label={t("invitation.workforceType")}
            options={props.workforceTypes}
          />
          {props.needsPassword && (
            <>
              <EmailField defaultValue={email} readOnly />
              <NewPasswordField {...bindField(state, "password")} lengthMin={props.passwordLengthMin} />
            </>
          )}
        </>
      )}
    </Form>
  );
}
