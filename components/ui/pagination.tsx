import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { cn } from "#lib/kernel/cn.ts";
import { LinkButton } from "./link-button.tsx";

export type PageLink = { page: number; href: string; label: string; current: boolean };

type PaginationProps = {
  label: string;
  /** In order; a jump in the numbers is shown as a gap. */
  pages: readonly PageLink[];
  previous?: { href: string; label: string } | undefined;
  next?: { href: string; label: string } | undefined;
};

export function Pagination({ label, pages, previous, next }: PaginationProps) {
  return (
    <nav aria-label={label} className="flex flex-wrap items-center gap-2 print:hidden">
      {previous && (
        <LinkButton href={previous.href} size="small" rel="prev">
          <ChevronLeft aria-hidden="true" />
          {previous.label}
        </LinkButton>
      )}
      <ul className="flex flex-wrap items-center gap-1">
        {pages.map((entry, index) => (
          <li key={entry.page} className="flex items-center gap-1">
            {index > 0 && entry.page > (pages[index - 1]?.page ?? 0) + 1 && <span className="text-muted">…</span>}
            <Link
              prefetch={false}
              href={entry.href}
              aria-label={entry.label}
              aria-current={entry.current ? "page" : undefined}
              className={cn(
                "flex min-h-7 min-w-7 items-center justify-center rounded-md px-1.5 text-sm pointer-coarse:min-h-9 pointer-coarse:min-w-9",
                entry.current ? "bg-accent-soft font-semibold text-accent" : "text-muted hover:bg-hover hover:text-ink",
              )}
            >
              {entry.page}
            </Link>
          </li>
        ))}
      </ul>
      {next && (
        <LinkButton href={next.href} size="small" rel="next">
          {next.label}
          <ChevronRight aria-hidden="true" />
        </LinkButton>
      )}
    </nav>
  );
}
