import type { ReactNode } from "react";

// Drawn rather than typed: ◐ and ⊘ look different, or are missing, from one system font to the next.
const drawings = {
  tick: <path d="M3 8.5l3.2 3.2L13 4.8" fill="none" stroke="currentColor" strokeWidth="2" />,
  half: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.75" />
      <path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor" />
    </>
  ),
  barred: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.75" />
      <path d="M3.9 12.1l8.2-8.2" stroke="currentColor" strokeWidth="1.75" />
    </>
  ),
  question: (
    <>
      <path
        d="M5 5.6a3 3 0 1 1 4.4 2.6c-.9.5-1.4 1-1.4 2"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <circle cx="8" cy="13.2" r="1.25" fill="currentColor" />
    </>
  ),
  cross: <path d="M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4" stroke="currentColor" strokeWidth="2" />,
  dash: <path d="M3 8h10" stroke="currentColor" strokeWidth="2" />,
  dot: <circle cx="8" cy="8" r="4" fill="currentColor" />,
  ring: <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="2" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.75" />
      <path d="M8 4.6V8l2.4 1.6" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />
    </>
  ),
  triangle: (
    <>
      <path d="M8 2.2l6.3 11.3H1.7z" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinejoin="round" />
      <path d="M8 6.5v3.2M8 11.2v.9" stroke="currentColor" strokeWidth="1.75" />
    </>
  ),
} as const satisfies Record<string, ReactNode>;

export type ShapeName = keyof typeof drawings;

/** The small sign beside a state, so that it does not hang on its colour. */
export function Shape({ name }: { name: ShapeName }) {
  return (
    <svg viewBox="0 0 16 16" className="size-3.5 shrink-0" aria-hidden="true">
      {drawings[name]}
    </svg>
  );
}
