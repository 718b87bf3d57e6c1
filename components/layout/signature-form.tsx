"use client";

import { useTranslations } from "next-intl";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction } from "#components/ui/form-state.ts";
import { TextField } from "#components/ui/text-field.tsx";

type SignatureFormProps = {
  sign: FormAction;
  /** Where its words stand: `submit`, `pending`, `refused`, `over`, `typedName`, `typedNameHelp`. */
  words: string;
  /** What stands on the page above: which text, its hash, its language. */
  signing: Readonly<Record<string, string>> & { readonly textSha256: string; readonly locale: string };
  /** The sentence that is signed, in the text's language. */
  statement: string;
  memberName: string;
};

/** One's name under the text that one has read. */
export function SignatureForm({ sign, words, signing, statement, memberName }: SignatureFormProps) {
  const t = useTranslations(words);
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
          {Object.entries(signing).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
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
