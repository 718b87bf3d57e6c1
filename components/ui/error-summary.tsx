"use client";

import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { fieldLabelOf } from "./field.tsx";

export type FieldErrorLink = { fieldId: string; text: string };

type ErrorSummaryProps = {
  title: string;
  message?: string | undefined;
  errors?: readonly FieldErrorLink[] | undefined;
  /** The way on, if there is one. */
  actions?: ReactNode;
  /** Anything that is new after each try, so that a second failure is announced as the first was. */
  attempt?: unknown;
};

/** What stands between the person and a sent form, on top, with a link to each field. Takes the focus when it appears. */
export function ErrorSummary({ title, message, errors = [], actions, attempt }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  const [labels, setLabels] = useState<ReadonlyMap<string, string>>(new Map());
  // Each line names its field as the page does; before the page can be read it goes without.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the errors are another attempt's only when the attempt is
  useLayoutEffect(() => setLabels(new Map(errors.map(({ fieldId }) => [fieldId, fieldLabelOf(fieldId)]))), [attempt]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is the reason to take the focus again
  useEffect(() => box.current?.focus(), [attempt]);
  if (!message && errors.length === 0) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      data-tone="critical"
      className="rounded-md border-2 border-critical px-4 py-3 outline-none"
    >
      <h2 className="font-semibold">{title}</h2>
      {message && <p className="mt-1">{message}</p>}
      {errors.length > 0 && (
        <ul className="mt-1 space-y-1">
          {errors.map((error) => (
            <li key={error.fieldId}>
              <a href={`#${error.fieldId}`} className="font-medium text-critical underline underline-offset-2">
                {labels.get(error.fieldId) && `${labels.get(error.fieldId)} `}
                {error.text}
              </a>
            </li>
          ))}
        </ul>
      )}
      {actions && <div className="mt-3 flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
}
