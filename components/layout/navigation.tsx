"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "#lib/kernel/cn.ts";

export type NavigationItem = {
  href: string;
  label: string;
  /** An icon element, drawn on the server. */
  icon?: ReactNode;
  /** What waits there, with its words for a screen reader: { number: 3, label: "3 to decide" }. */
  waiting?: { number: number; label: string } | undefined;
  /** The start page, whose address is the beginning of all others. */
  exact?: boolean | undefined;
};

export type NavigationGroup = { key: string; label?: string | undefined; items: readonly NavigationItem[] };

/** The pages of the workspace; the one that is open is marked. */
export function Navigation({ groups }: { groups: readonly NavigationGroup[] }) {
  const current = currentHref(
    usePathname(),
    groups.flatMap((group) => group.items),
  );
  return (
    <div className="space-y-4">
      {groups.map((group) => (
        <div key={group.key}>
          {group.label && <p className="px-2.5 pb-1 font-medium text-muted text-xs">{group.label}</p>}
          <ul className="space-y-px">
            {group.items.map((item) => (
              <li key={item.href}>
                <NavigationLink item={item} current={item.href === current} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function NavigationLink({ item, current }: { item: NavigationItem; current: boolean }) {
  return (
    <Link
      prefetch={false}
      href={item.href}
      aria-current={current ? "page" : undefined}
      className={cn(
        "flex min-h-8 items-center gap-2.5 rounded-md px-2.5 text-sm pointer-coarse:min-h-11",
        "[&_svg]:size-4 [&_svg]:shrink-0",
        current ? "bg-accent-soft font-semibold text-accent" : "text-ink hover:bg-hover [&_svg]:text-muted",
      )}
    >
      {item.icon}
      <span className="min-w-0 flex-1">{item.label}</span>
      {item.waiting && (
        <span className="font-medium text-muted text-xs">
          <span aria-hidden="true">{item.waiting.number}</span>
          <span className="sr-only">{item.waiting.label}</span>
        </span>
      )}
    </Link>
  );
}

// Of a page and the one below it, only the one below is open.
function currentHref(path: string, items: readonly NavigationItem[]): string | undefined {
  const hrefs = items.filter((item) => isWithin(path, item)).map((item) => item.href);
  return hrefs.sort((a, b) => b.length - a.length)[0];
}

function isWithin(path: string, item: NavigationItem): boolean {
  return path === item.href || (!item.exact && path.startsWith(`${item.href}/`));
}
