"use client";

import { useTranslations } from "next-intl";
import type { FieldBinding } from "#components/ui/form-state.ts";
import { TextField } from "#components/ui/text-field.tsx";

// The fields of a person, as every form that asks for them has them.

export function NameField(binding: FieldBinding) {
  const t = useTranslations("clinic.account");
  return <TextField {...binding} label={t("name")} help={t("nameHelp")} autoComplete="name" required />;
}

export function JobTitleField(binding: FieldBinding) {
  const t = useTranslations("clinic.account");
  return <TextField {...binding} label={t("jobTitle")} labelNote={t("optional")} autoComplete="organization-title" />;
}

type EmailFieldProps = Partial<FieldBinding> & {
  /** Shown so that a password manager knows under which name to keep the password. */
  readOnly?: boolean | undefined;
};

export function EmailField({ readOnly, ...binding }: EmailFieldProps) {
  const t = useTranslations("clinic.account");
  return (
    <TextField
      name="email"
      {...binding}
      label={t("email")}
      type="email"
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      required={!readOnly}
      readOnly={readOnly}
    />
  );
}

export function PasswordField(binding: FieldBinding) {
  const t = useTranslations("clinic.account");
  return <TextField {...binding} label={t("password")} type="password" autoComplete="current-password" required />;
}

type NewPasswordFieldProps = FieldBinding & { lengthMin: number };

/** No rules of composition, and pasting is welcome: NIST SP 800-63B-4, 3.1.1.2. */
export function NewPasswordField({ lengthMin, ...binding }: NewPasswordFieldProps) {
  const t = useTranslations("clinic.account");
  return (
    <TextField
      {...binding}
      label={t("newPassword")}
      help={t("newPasswordHelp", { min: lengthMin })}
      type="password"
      autoComplete="new-password"
      required
    />
  );
}
