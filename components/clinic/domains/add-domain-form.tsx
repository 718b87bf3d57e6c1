"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { type Option, SelectField } from "#components/ui/select.tsx";
import { TextField } from "#components/ui/text-field.tsx";

type AddDomainFormProps = { add: FormAction; providers: readonly Option[] };

/** Which domain, and who vouches for its people. */
export function AddDomainForm({ add, providers }: AddDomainFormProps) {
  const t = useTranslations("domains");
  return (
    <Form action={add} submitLabel={t("add")} scope="add-domain">
      {(state) => (
        <>
          <TextField
            {...bindField(state, "domain")}
            scope="add-domain"
            label={t("domain")}
            help={t("domainHelp")}
            autoCapitalize="none"
            spellCheck={false}
            required
          />
          <SelectField
            {...bindField(state, "provider")}
            scope="add-domain"
            label={t("provider")}
            placeholder={t("providerPlaceholder")}
            options={providers}
            required
          />
          {providers.some(({ value }) => value === "entra") && (
            <TextField
              {...bindField(state, "tenant")}
              scope="add-domain"
              label={t("tenant")}
              help={t("tenantHelp")}
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </>
      )}
    </Form>
  );
}
