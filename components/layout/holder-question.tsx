"use client";

import { useTranslations } from "next-intl";
import { bindField, type FormState } from "#components/ui/form-state.ts";
import { TextField } from "#components/ui/text-field.tsx";

type HolderQuestionProps = { state: FormState; hasPassword: boolean; scope?: string | undefined };

/** What shows that the account's holder sits here: the password, or where there is none a fresh sign-in. */
export function HolderQuestion({ state, hasPassword, scope }: HolderQuestionProps) {
  const t = useTranslations("account.password");
  if (!hasPassword) return <p className="text-muted text-sm">{t("freshSignIn")}</p>;
  return (
    <TextField
      {...bindField(state, "currentPassword")}
      scope={scope}
      label={t("current")}
      type="password"
      autoComplete="current-password"
      required
    />
  );
}
