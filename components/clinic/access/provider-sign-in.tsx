"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import type { FormAction } from "#components/ui/form-state.ts";

type ProviderSignInProps = {
  action: FormAction;
  provider: { readonly key: string; readonly name: string };
  /** The clinic at whose own address this is; empty at none. */
  clinic: string;
  /** The page to come back to. */
  next: string | null;
};

/** A button that sends the browser to whoever vouches for its person. */
export function ProviderSignIn({ action, provider, clinic, next }: ProviderSignInProps) {
  const t = useTranslations("sign-on");
  const refused = useTranslations("clinic.signIn");
  return (
    <Form
      action={action}
      guard={false}
      variant="secondary"
      submitLabel={t("with", { provider: provider.name })}
      pendingLabel={t("going")}
      refusedTitle={refused("refused")}
      scope={provider.key}
    >
      {() => (
        <>
          <input type="hidden" name="provider" value={provider.key} />
          <input type="hidden" name="clinic" value={clinic} />
          {next !== null && <input type="hidden" name="next" value={next} />}
        </>
      )}
    </Form>
  );
}
