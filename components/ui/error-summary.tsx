"use client";

import { useEffect, useRef } from "react";

export type FieldErrorLink = { fieldId: string; text: string };

type ErrorSummaryProps = {
  title: string;
  message?: string | undefined;
  errors?: readonly FieldErrorLink[] | undefined;
  /** Anything that is new after each try, so that a second failure is announced as the first was. */
  attempt?: unknown;
};

/** What stands between the person and a sent form, on top, with a link to each field. Takes the focus when it appears. */
export function ErrorSummary({ title, message, errors = [], attempt }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
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
                {error.text}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
