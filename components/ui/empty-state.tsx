import type { ReactNode } from "react";

type EmptyStateProps = {
  title: ReactNode;
  /** What belongs here. */
  children?: ReactNode;
  /** Why it is asked for. */
  why?: ReactNode;
  /** The one button. */
  action?: ReactNode;
};

export function EmptyState({ title, children, why, action }: EmptyStateProps) {
  return (
    <div className="rounded-md border border-dashed px-6 py-8">
      <p className="font-semibold">{title}</p>
      {children && <div className="mt-1 max-w-prose text-sm">{children}</div>}
      {why && <div className="mt-2 max-w-prose text-muted text-sm">{why}</div>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}
