import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "#lib/kernel/cn.ts";

export type TabLink = { href: string; label: ReactNode; current: boolean; count?: number | undefined };

/** Views of one thing, each with its own address, so that a tab can be sent to somebody. */
export function TabLinks({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  return (
    <nav aria-label={label} className="border-b print:hidden">
      <ul className="-mb-px flex gap-x-5 overflow-x-auto">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              prefetch={false}
              href={tab.href}
              aria-current={tab.current ? "page" : undefined}
              className={cn(
                "-outline-offset-2 flex min-h-9 items-center gap-1.5 whitespace-nowrap border-b-2 py-1.5 text-sm",
                tab.current
                  ? "border-accent font-semibold text-ink"
                  : "border-transparent text-muted hover:border-line-strong hover:text-ink",
              )}
            >
              {tab.label}
              {tab.count !== undefined && <span className="font-normal text-muted">{tab.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
