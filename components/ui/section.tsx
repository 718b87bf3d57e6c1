import type { ReactNode } from "react";
import { cn } from "#lib/kernel/cn.ts";

type SectionProps = {
  title: ReactNode;
  /** The heading's id, to link to. */
  id?: string | undefined;
  lede?: ReactNode;
  actions?: ReactNode;
  /** With a border around it; for a few things side by side. */
  boxed?: boolean | undefined;
  children?: ReactNode;
};

/** A part of a page under its own heading. */
export function Section({ title, id, lede, actions, boxed, children }: SectionProps) {
  return (
    <section aria-labelledby={id} className={cn(boxed && "rounded-md border p-4")}>
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div>
          <h2 id={id} className="font-semibold text-lg">
            {title}
          </h2>
          {lede && <p className="max-w-prose text-muted text-sm">{lede}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2 print:hidden">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** A bordered box without a heading of its own. */
export function Card({ children }: { children: ReactNode }) {
  return <div className="rounded-md border bg-raised p-4">{children}</div>;
}
