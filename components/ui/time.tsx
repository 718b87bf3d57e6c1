import type { ReactNode } from "react";

type TimeProps = {
  /** ISO 8601: a date, or a moment with its offset. */
  dateTime: string;
  /** The date or moment in full; shown on hover and in print, where the short form would leave doubt. */
  exact?: string | undefined;
  children: ReactNode;
};

export function Time({ dateTime, exact, children }: TimeProps) {
  const doubtful = exact !== undefined && exact !== children;
  return (
    <time
      className="whitespace-nowrap"
      dateTime={dateTime}
      title={doubtful ? exact : undefined}
      data-exact={doubtful ? exact : undefined}
    >
      {children}
    </time>
  );
}
