"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { TextField } from "#components/ui/text-field.tsx";
import type { Locale } from "#lib/domain/context.ts";

type SignFormProps = {
  sign: FormAction;
  /** What stands on the page above: its version, the hash of its text, its language. */
  signing: { readonly versionId: string; readonly textSha256: string; readonly locale: Locale };
  /** The sentence that is signed, in the text's language. */
  statement: string;
  memberName: string;
};

/** One's name under the text that one has read. */
export function SignForm({ sign, signing, statement, memberName }: SignFormProps) {
  const t = useTranslations("policies.sign");
  return (
    <Form
      action={sign}
      submitLabel={t("submit")}
      pendingLabel={t("pending")}
      refusedTitle={t("refused")}
      guard={false}
      scope="sign"
    >
      {(state) => (
        <>
          <input type="hidden" name="versionId" value={signing.versionId} />
          <input type="hidden" name="textSha256" value={signing.textSha256} />
          <input type="hidden" name="locale" value={signing.locale} />
          <div>
            <p className="text-muted text-sm">{t("over")}</p>
            <p lang={signing.locale} className="mt-1 border-l-4 pl-3 font-medium">
              {statement}
            </p>
          </div>
          <div className="max-w-md">
            <TextField
              {...bindField(state, "typedName")}
              scope="sign"
              label={t("typedName")}
              help={t("typedNameHelp", { name: memberName })}
              autoComplete="off"
              spellCheck={false}
              required
            />
          </div>
        </>
      )}
    </Form>
  );
}
