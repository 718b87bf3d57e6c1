"use client";

import { useTranslations } from "next-intl";
import { useActionState, useId } from "react";
import { Refused } from "#components/layout/refused.tsx";
import type { FormAction } from "#components/ui/form-state.ts";
import { Section } from "#components/ui/section.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

export type DemoClinic = {
  readonly slug: string;
  readonly clinicName: string;
  readonly people: ReadonlyArray<{ readonly email: string; readonly name: string; readonly roleLabel: string }>;
};

type DemoPeopleProps = {
  action: FormAction;
  clinics: readonly DemoClinic[];
  /** The page to come back to. */
  next: string | null;
};

/** The people of the demo, one button each. */
export function DemoPeople({ action, clinics, next }: DemoPeopleProps) {
  const t = useTranslations("clinic");
  const [state, submit] = useActionState(action, {});
  const id = useId();
  return (
    <Section title={t("demo.title")} id={id} lede={t("demo.lede")} boxed>
      <form action={submit} className="space-y-5">
        <Refused state={state} title={t("demo.refused")} />
        {next !== null && <input type="hidden" name="next" value={next} />}
        {clinics.map((clinic) => (
          <fieldset key={clinic.slug}>
            <legend className="mb-2 font-medium text-sm">{clinic.clinicName}</legend>
            <ul className="space-y-2">
              {clinic.people.map((person) => (
                <li key={person.email}>
                  <SubmitButton
                    variant="secondary"
                    name="person"
                    value={`${clinic.slug} ${person.email}`}
                    pendingLabel={t("signIn.pending")}
                    className="w-full justify-start"
                  >
                    {person.name} <span className="font-normal text-muted">· {person.roleLabel}</span>
                  </SubmitButton>
                </li>
              ))}
            </ul>
          </fieldset>
        ))}
      </form>
    </Section>
  );
}
