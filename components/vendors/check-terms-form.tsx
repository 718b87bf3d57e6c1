"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Form } from "#components/layout/form.tsx";
import { bindField, type FormAction, type FormState } from "#components/ui/form-state.ts";
import { Progress } from "#components/ui/progress.tsx";
import { RadioGroup } from "#components/ui/radio-group.tsx";
import { TextField } from "#components/ui/text-field.tsx";
import { TERM_ANSWERS, TERM_GROUPS } from "#lib/domain/vendors/baas/schema.ts";

/** A term as the form asks for it, in the reader's language. */
export type TermAsked = {
  readonly key: string;
  readonly group: (typeof TERM_GROUPS)[number];
  readonly title: string;
  readonly text: string;
  readonly lookFor: string;
  readonly citations: readonly string[];
  readonly mayNotApply: boolean;
  /** From the check before; the answer itself is never given beforehand. */
  readonly clause: string;
  readonly note: string;
};

type CheckTermsFormProps = {
  check: FormAction;
  versionId: string;
  /** The number of the newest check; 0 where there is none. */
  newest: number;
  terms: readonly TermAsked[];
  clauseLengthMax: number;
  noteLengthMax: number;
};

/** The whole checklist on one page: each term with what to look for, an answer, a clause and a note. */
export function CheckTermsForm({ check, versionId, newest, terms, ...lengths }: CheckTermsFormProps) {
  const t = useTranslations("vendors");
  return (
    <Form action={check} submitLabel={t("check.submit")}>
      {(state) => (
        <Answered total={terms.length} state={state}>
          <input type="hidden" name="versionId" value={versionId} />
          <input type="hidden" name="newest" value={newest} />
          {TERM_GROUPS.map((group) => (
            <section key={group} aria-labelledby={`group-${group}`} className="space-y-2">
              <h2 id={`group-${group}`} className="font-semibold text-lg">
                {t(`group.${group}`)}
              </h2>
              <p className="max-w-prose text-muted text-sm">{t(`groupLede.${group}`)}</p>
              <ol>
                {terms.map((term, index) =>
                  term.group === group ? (
                    <TermRow key={term.key} term={term} number={index + 1} state={state} {...lengths} />
                  ) : null,
                )}
              </ol>
            </section>
          ))}
        </Answered>
      )}
    </Form>
  );
}

type AnsweredProps = { total: number; state: FormState; children: ReactNode };

/** How many terms are answered, kept in sight while the page scrolls below it. */
function Answered({ total, state, children }: AnsweredProps) {
  const t = useTranslations("vendors.check");
  const box = useRef<HTMLDivElement>(null);
  const [done, setDone] = useState(() => countTyped(state));
  const count = () => setDone(box.current?.querySelectorAll("input[name^=answer-]:checked").length ?? 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a form that came back holds what was chosen before
  useEffect(count, [state]);
  return (
    <div
      ref={box}
      onChange={count}
      className="space-y-8 [&_input]:scroll-mt-40 [&_input]:scroll-mb-8 [&_summary]:scroll-mt-40"
    >
      <div className="sticky top-0 z-10 -mx-1 border-b bg-surface px-1 py-2 lg:top-13">
        <Progress label={t("progress")} text={t("progressText", { done, total })} value={done} max={total} />
      </div>
      {children}
    </div>
  );
}

function countTyped(state: FormState): number {
  return Object.keys(state.values ?? {}).filter((name) => name.startsWith("answer-")).length;
}

type TermRowProps = {
  term: TermAsked;
  number: number;
  state: FormState;
  clauseLengthMax: number;
  noteLengthMax: number;
};

function TermRow({ term, number, state, clauseLengthMax, noteLengthMax }: TermRowProps) {
  const t = useTranslations("vendors");
  const { key, title } = term;
  // Read aloud with each field: three times twenty-one fields of the same name tell nothing apart.
  const of = (label: string) => (
    <>
      {label}
      <span className="sr-only">: {title}</span>
    </>
  );
  return (
    <li className="border-t py-5 first:border-t-0">
      <h3 id={`term-${key}`} className="font-medium">
        {t("check.term", { number, title })}
      </h3>
      <p className="mt-1 max-w-prose text-sm">{term.text}</p>
      {term.citations.length > 0 && <p className="mt-1 text-muted text-xs">{term.citations.join(" · ")}</p>}
      <details className="mt-1 text-sm">
        <summary className="w-fit cursor-pointer text-accent">
          {t("check.lookFor")}
          <span className="sr-only">: {title}</span>
        </summary>
        <p className="mt-1 max-w-prose">{term.lookFor}</p>
      </details>
      <div className="mt-3 grid gap-x-6 gap-y-3 md:grid-cols-[20rem_9rem_minmax(0,1fr)]">
        <input type="hidden" name="term" value={key} />
        <RadioGroup
          {...bindField(state, `answer-${key}`)}
          inline
          label={of(t("check.answer"))}
          choices={TERM_ANSWERS.filter((answer) => answer !== "not_applicable" || term.mayNotApply).map((value) => ({
            value,
            label: t(`answer.${value}`),
          }))}
        />
        <TextField
          {...bindField(state, `clause-${key}`, term.clause)}
          label={of(t("check.clause"))}
          maxLength={clauseLengthMax}
        />
        <TextField
          {...bindField(state, `note-${key}`, term.note)}
          label={of(t("check.note"))}
          maxLength={noteLengthMax}
        />
      </div>
    </li>
  );
}
