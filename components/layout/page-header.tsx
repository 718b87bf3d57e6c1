import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

type PageHeaderProps = {
  title: ReactNode;
  /** One sentence on what the page is for. */
  lede?: ReactNode;
  /** The state of the record, beside its title. */
  status?: ReactNode;
  actions?: ReactNode;
  /** The list the record stands in. */
  back?: { href: string; label: string } | undefined;
};

export function PageHeader({ title, lede, status, actions, back }: PageHeaderProps) {
  return (
    <header className="mb-6">
      {back && (
        <Link
          prefetch={false}
          href={back.href}
          className="mb-1 inline-flex items-center gap-0.5 text-muted text-sm hover:text-ink print:hidden"
        >
          <ChevronLeft className="size-4" aria-hidden="true" />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="font-semibold text-2xl">{title}</h1>
            {status}
          </div>
          {lede && <p className="mt-1 max-w-prose text-muted">{lede}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2 print:hidden">{actions}</div>}
      </div>
    </header>
  );
}
