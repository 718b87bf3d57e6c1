"use client";

import { useTranslations } from "next-intl";
import { NewPasswordField } from "#components/clinic/new-password-field.tsx";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { type Option, SelectField } from "#components/ui/select.tsx";
import { TextField } from "#components/ui/text-field.tsx";

type InvitationFormProps = {
  action: FormAction;
  name: string;
  email: string;
  /** Whether the email has no account yet, so that one is made here. */
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
          <TextField
            {...bindField(state, "name", name)}
            label={t("account.name")}
            help={t("account.nameHelp")}
            autoComplete="name"
            required
          />
          <TextField
            {...bindField(state, "jobTitle")}
            label={t("account.jobTitle")}
            labelNote={t("account.optional")}
            autoComplete="organization-title"
          />
          <SelectField
            {...bindField(state, "workforceType", props.workforceType)}
            label={t("invitation.workforceType")}
            options={props.workforceTypes}
          />
          {props.needsPassword && (
            <>
              {/* Shown so that a password manager knows under which name to keep the password. */}
              <TextField
                name="email"
                label={t("account.email")}
                type="email"
                autoComplete="username"
                defaultValue={email}
                readOnly
              />
              <NewPasswordField {...bindField(state, "password")} lengthMin={props.passwordLengthMin} />
            </>
          )}
        </>
      )}
    </Form>
  );
}
