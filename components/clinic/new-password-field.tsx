"use client";

import { useTranslations } from "next-intl";
import type { FieldBinding } from "#components/ui/form-state.ts";
import { TextField } from "#components/ui/text-field.tsx";

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
